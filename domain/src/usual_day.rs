//! A booth's day, as a bar shows it.

use crate::usual::clip;
use crate::{Interval, LocalDay, Observation, Occupancy, Opening, ServiceHours, UtcMs};
use serde::{Deserialize, Serialize};

/// The service hours of a day, and what is known of them so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayStrip {
    /// When service begins.
    pub opens_at: UtcMs,
    /// When it ends.
    pub closes_at: UtcMs,
    /// From the opening to now, without gap or overlap; no two neighbours alike.
    pub parts: Vec<DayPart>,
    /// The whole hours within, in order.
    pub hours: Vec<HourTick>,
    /// Occupied so far.
    pub occupied_ms: u64,
    /// Occupied or free so far.
    pub known_ms: u64,
}

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayPart {
    /// The first instant.
    pub from: UtcMs,
    /// The first instant after it.
    pub until: UtcMs,
    /// What was known.
    pub known: Known,
}

/// What was known of a part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Known {
    /// Nobody was there.
    Free,
    /// Somebody was there.
    Occupied,
    /// Nothing, whatever the reason.
    Unknown,
}

impl Known {
    /// The word used in the markup.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Occupied => "occupied",
            Self::Unknown => "unknown",
        }
    }
}

impl From<Observation> for Known {
    fn from(observation: Observation) -> Self {
        match observation {
            Observation::Sensed(Occupancy::Free) => Self::Free,
            Observation::Sensed(Occupancy::Occupied) => Self::Occupied,
            Observation::Unknown(_) => Self::Unknown,
        }
    }
}

/// A whole hour on the site's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourTick {
    /// 0 to 24.
    pub hour: u8,
    /// When it strikes.
    pub at: UtcMs,
}

impl DayStrip {
    pub(crate) fn of(
        intervals: &[Interval],
        hours: &ServiceHours,
        (now, day): (UtcMs, LocalDay),
        to_utc: &dyn Fn(Opening) -> UtcMs,
    ) -> Option<Self> {
        let (opens_min, closes_min) = hours.minutes_of(day)?;
        // Minute 1440 is the midnight of the next day, also on days of another length.
        let at = |minute: u16| match minute {
            ..1440 => to_utc(Opening { day, minute }),
            _ => to_utc(Opening { day: LocalDay(day.0 + 1), minute: minute - 1440 }),
        };
        let (opens_at, closes_at) = (at(opens_min), at(closes_min));
        let parts = join(intervals, opens_at, closes_at.min(now));
        let tick = |hour: u16| u8::try_from(hour).ok().map(|tick| HourTick { hour: tick, at: at(hour * 60) });
        let hours = (opens_min.div_ceil(60)..=closes_min / 60).filter_map(tick).collect();
        let sum = |known: Known| {
            let of_kind = parts.iter().filter(|part| part.known == known);
            of_kind.map(|part| part.until.since(part.from)).sum::<u64>()
        };
        let occupied_ms = sum(Known::Occupied);
        let known_ms = occupied_ms + sum(Known::Free);
        Some(Self { opens_at, closes_at, parts, hours, occupied_ms, known_ms })
    }
}

/// The intervals within a span; all that is unknown looks alike.
fn join(intervals: &[Interval], from: UtcMs, until: UtcMs) -> Vec<DayPart> {
    let mut parts: Vec<DayPart> = Vec::new();
    for interval in intervals.iter().filter_map(|interval| clip(interval, from, until)) {
        let known = Known::from(interval.observation);
        match parts.last_mut() {
            Some(last) if last.known == known => last.until = interval.until,
            _ => parts.push(DayPart { from: interval.from, until: interval.until, known }),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::UnknownReason;

    const HOUR: i64 = 3_600_000;
    const MONDAY: LocalDay = LocalDay(4);

    /// A site in UTC whose clock goes from 2 to 3 o'clock at once on Monday.
    fn to_utc(opening: Opening) -> UtcMs {
        let local = i64::from(opening.day.0) * 24 * HOUR + i64::from(opening.minute) * 60_000;
        let change = (i64::from(MONDAY.0) * 24 + 2) * HOUR;
        UtcMs(if local <= change { local } else { (local - HOUR).max(change) })
    }

    fn interval(from_h: i64, until_h: i64, observation: Observation) -> Interval {
        let midnight = i64::from(MONDAY.0) * 24;
        Interval { from: UtcMs((midnight + from_h) * HOUR), until: UtcMs((midnight + until_h) * HOUR), observation }
    }

    #[test]
    fn a_day_of_23_hours() {
        let intervals = [
            interval(-5, 1, Observation::Sensed(Occupancy::Free)),
            interval(1, 4, Observation::Unknown(UnknownReason::Off)),
            interval(4, 5, Observation::Unknown(UnknownReason::Late)),
            interval(5, 9, Observation::Sensed(Occupancy::Occupied)),
        ];
        let now = intervals[3].until;
        let strip = DayStrip::of(&intervals, &ServiceHours::ALWAYS, (now, MONDAY), &to_utc).expect("served");
        assert_eq!(strip.closes_at.since(strip.opens_at), 23 * 3_600_000);
        let kinds: Vec<_> = strip.parts.iter().map(|part| part.known).collect();
        assert_eq!(kinds, [Known::Free, Known::Unknown, Known::Occupied]);
        assert_eq!((strip.occupied_ms, strip.known_ms), (4 * 3_600_000, 5 * 3_600_000));
        assert_eq!(strip.parts[0].from, strip.opens_at);
        assert_eq!(strip.hours.len(), 25);
        assert_eq!((strip.hours[2].at, strip.hours[24].at), (strip.hours[3].at, strip.closes_at));
    }

    #[test]
    fn a_day_before_its_opening_and_a_day_without_one() {
        let hours = ServiceHours::new(0b001_1111, 9 * 60 + 30, 21 * 60).expect("hours");
        let free = [interval(0, 8, Observation::Sensed(Occupancy::Free))];
        let strip = DayStrip::of(&free, &hours, (free[0].until, MONDAY), &to_utc).expect("served");
        assert_eq!((strip.parts.len(), strip.known_ms), (0, 0));
        assert_eq!(strip.hours.iter().map(|tick| tick.hour).collect::<Vec<_>>(), (10..=21).collect::<Vec<_>>());
        let sunday = LocalDay(MONDAY.0 - 1);
        assert_eq!(DayStrip::of(&free, &hours, (free[0].until, sunday), &to_utc), None);
    }
}
