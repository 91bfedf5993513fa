//! What is usual of a booth, from what history knows of it. What was not known counts for nothing.

use crate::usual_day::DayStrip;
use crate::usual_hour::{HourShare, WEEKS};
use crate::{BoothStatus, Interval, LocalDay, LocalMoment, Observation, Occupancy, Opening, ServiceHours, UtcMs};
use serde::{Deserialize, Serialize};

/// What a card tells of a booth's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usual {
    /// How long an occupation takes: the median of those of the last 28 days; none of fewer than five.
    pub typical_ms: Option<u64>,
    /// Today's service hours; none on a day without.
    pub today: Option<DayStrip>,
    /// How often it is free at this hour of this weekday; none when less than half of those hours is known.
    pub this_hour: Option<HourShare>,
}

/// How far back the length of an occupation is looked for.
const LENGTH_DAYS: u64 = 28;
const DAY_MS: u64 = 86_400_000;

impl Usual {
    /// The instant from which on history is needed: midnight, so many weeks ago.
    #[must_use]
    pub fn needs_from(local: LocalMoment, to_utc: &dyn Fn(Opening) -> UtcMs) -> UtcMs {
        to_utc(Opening { day: LocalDay(local.day.0 - 7 * WEEKS), minute: 0 })
    }

    /// What is usual at `now`, which is `local` at the site, by intervals of one booth up to now. `to_utc` tells the instants
    /// of the site's clock.
    #[must_use]
    pub fn of(
        intervals: &[Interval],
        hours: &ServiceHours,
        (now, local): (UtcMs, LocalMoment),
        to_utc: &dyn Fn(Opening) -> UtcMs,
    ) -> Self {
        Self {
            typical_ms: Lengths::of(intervals, now).typical_ms(),
            today: DayStrip::of(intervals, hours, (now, local.day), to_utc),
            this_hour: HourShare::of(intervals, local, to_utc),
        }
    }
}

/// How long completed occupations took, in milliseconds, the shortest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lengths(Vec<u64>);

impl Lengths {
    /// Fewer say nothing.
    const COUNT_MIN: usize = 5;

    /// Those that ended within the 28 days before `now`. Of an occupation is known how long it took when the booth was known
    /// to be free right before it and right after it.
    #[must_use]
    pub fn of(intervals: &[Interval], now: UtcMs) -> Self {
        const FREE: Observation = Observation::Sensed(Occupancy::Free);
        const OCCUPIED: Observation = Observation::Sensed(Occupancy::Occupied);
        let first = now.minus(LENGTH_DAYS * DAY_MS);
        let complete = intervals.windows(3).filter_map(|three| match three {
            [before, during, after]
                if [before.observation, during.observation, after.observation] == [FREE, OCCUPIED, FREE] =>
            {
                (during.until >= first).then(|| during.until.since(during.from))
            }
            _ => None,
        });
        let mut lengths: Vec<u64> = complete.collect();
        lengths.sort_unstable();
        Self(lengths)
    }

    /// The median.
    #[must_use]
    pub fn typical_ms(&self) -> Option<u64> {
        median(&self.0)
    }

    /// How much longer an occupation of this length usually takes: the median of those that took longer, less what has
    /// passed. None when too few took longer.
    #[must_use]
    pub fn remaining_ms(&self, elapsed_ms: u64) -> Option<u64> {
        let longer = self.0.partition_point(|length| *length <= elapsed_ms);
        median(&self.0[longer..]).map(|length| length - elapsed_ms)
    }

    /// The same for a booth as it is seen; none of one that is not occupied.
    #[must_use]
    pub fn remaining_of(&self, status: BoothStatus, since_at: UtcMs, now: UtcMs) -> Option<u64> {
        (status == BoothStatus::Occupied).then(|| self.remaining_ms(now.since(since_at))).flatten()
    }
}

fn median(sorted: &[u64]) -> Option<u64> {
    let middle = sorted.len() / 2;
    match sorted.len() {
        count if count < Lengths::COUNT_MIN => None,
        count if count % 2 == 1 => Some(sorted[middle]),
        _ => Some(u64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

/// The part of an interval within a span; none when there is none.
pub(crate) fn clip(interval: &Interval, from: UtcMs, until: UtcMs) -> Option<Interval> {
    let (start, end) = (interval.from.max(from), interval.until.min(until));
    (start < end).then_some(Interval { from: start, until: end, observation: interval.observation })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::UnknownReason;

    const MINUTE: i64 = 60_000;

    /// Minutes with a letter: `f` free, `o` occupied, `?` unknown.
    fn intervals(text: &str) -> Vec<Interval> {
        let mut at = 0;
        let interval = |part: &str| {
            let (minutes, letter) = part.split_at(part.len() - 1);
            let observation = match letter {
                "f" => Observation::Sensed(Occupancy::Free),
                "o" => Observation::Sensed(Occupancy::Occupied),
                _ => Observation::Unknown(UnknownReason::Late),
            };
            let from = UtcMs(at);
            at += minutes.parse::<i64>().expect("minutes") * MINUTE;
            Interval { from, until: UtcMs(at), observation }
        };
        text.split(' ').map(interval).collect()
    }

    fn lengths(text: &str) -> Lengths {
        let intervals = intervals(text);
        Lengths::of(&intervals, intervals.last().expect("some").until)
    }

    fn minutes(ms: Option<u64>) -> Option<u64> {
        ms.map(|ms| ms / 60_000)
    }

    #[test]
    fn typical_lengths() {
        let cases = [
            ("1f 9o 1f 9o 1f 9o 1f 9o 1f", None),
            ("1f 5o 1f 1o 1f 9o 1f 7o 1f 3o 1f", Some(5)),
            ("1f 5o 1f 1o 1f 9o 1f 7o 1f 3o 1f 7o 1f", Some(6)),
            // The first has no beginning, the last no end, and two are cut by what is unknown.
            ("50o 1f 5o 1f 1o 1f 9o 1f 7o 1f 3o 1f 80o 1? 90o 1f 70o", Some(5)),
            ("1f 5o 1? 1o 1? 9o 1? 7o 1? 3o 1f", None),
        ];
        for (text, expect) in cases {
            assert_eq!(minutes(lengths(text).typical_ms()), expect, "{text}");
        }
    }

    #[test]
    fn only_the_last_28_days_count() {
        let old = lengths("1f 9o 1f 9o 1f 9o 1f 9o 1f 9o 60000f");
        assert_eq!(old.typical_ms(), None);
    }

    #[test]
    fn what_usually_remains() {
        let lengths = lengths("1f 10o 1f 20o 1f 30o 1f 40o 1f 50o 1f 60o 1f 70o 1f");
        let cases = [(0, Some(40)), (10, Some(35)), (25, Some(25)), (35, None), (1_000, None)];
        for (elapsed, expect) in cases {
            assert_eq!(minutes(lengths.remaining_ms(elapsed * 60_000)), expect, "{elapsed}");
        }
        let since = |status| lengths.remaining_of(status, UtcMs(0), UtcMs(10 * MINUTE));
        assert_eq!(minutes(since(BoothStatus::Occupied)), Some(35));
        assert_eq!(since(BoothStatus::Late), None);
    }
}
