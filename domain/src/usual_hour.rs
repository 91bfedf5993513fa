//! How often a booth is free at an hour of a weekday.

use crate::usual::clip;
use crate::{Interval, LocalDay, LocalMoment, Opening, Totals, UtcMs};
use serde::{Deserialize, Serialize};

/// How many weeks are looked at.
pub(crate) const WEEKS: i32 = 8;

/// The same hour of the same weekday, over the last weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourShare {
    /// The hour on the site's clock, 0 to 23.
    pub hour: u8,
    /// The weekday, by the day that it is.
    pub day: LocalDay,
    /// How much of what is known the booth was free, 0 to 100, rounded.
    pub free_percent: u8,
    /// The days of which at least half of the hour is known.
    pub days_known: u8,
    /// The days that were looked at.
    pub days: u8,
}

impl HourShare {
    pub(crate) fn of(intervals: &[Interval], local: LocalMoment, to_utc: &dyn Fn(Opening) -> UtcMs) -> Option<Self> {
        let hour = local.second_of_day / 3600;
        let minute = u16::try_from(hour * 60).ok()?;
        let totals = |week: i32| {
            let day = LocalDay(local.day.0 - 7 * week);
            // The next hour's beginning: it is an instant also when this hour is left out or comes twice.
            let next = match minute + 60 {
                1440 => Opening { day: LocalDay(day.0 + 1), minute: 0 },
                next => Opening { day, minute: next },
            };
            let (from, until) = (to_utc(Opening { day, minute }), to_utc(next));
            let within: Vec<_> = intervals.iter().filter_map(|interval| clip(interval, from, until)).collect();
            let Totals { free_ms, occupied_ms, .. } = Totals::of(&within);
            let known_ms = free_ms + occupied_ms;
            (from < until && known_ms * 2 >= until.since(from)).then_some((free_ms, known_ms))
        };
        let known: Vec<_> = (1..=WEEKS).filter_map(totals).collect();
        let days_known = u8::try_from(known.len()).ok()?;
        let days = u8::try_from(WEEKS).ok()?;
        let sum = known.iter().fold((0, 0), |sum, day| (sum.0 + day.0, sum.1 + day.1));
        let free_percent = u8::try_from((sum.0 * 100 + sum.1 / 2).checked_div(sum.1)?).ok()?;
        let hour = u8::try_from(hour).ok()?;
        (days_known * 2 >= days).then_some(Self { hour, day: local.day, free_percent, days_known, days })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Observation, Occupancy, UnknownReason};

    const HOUR: i64 = 3_600_000;
    /// A Tuesday.
    const TODAY: LocalDay = LocalDay(61);

    fn utc(opening: Opening) -> UtcMs {
        UtcMs(i64::from(opening.day.0) * 24 * HOUR + i64::from(opening.minute) * 60_000)
    }

    /// For each week back from the last: minutes from 14 o'clock on that are free, then occupied; the rest is unknown.
    fn share(weeks: &[(i64, i64)]) -> Option<(u8, u8)> {
        let day = |(week, (free, occupied)): (i32, &(i64, i64))| {
            let from = utc(Opening { day: LocalDay(TODAY.0 - 7 * week), minute: 14 * 60 }).0;
            let spans = [
                (0, *free, Observation::Sensed(Occupancy::Free)),
                (*free, free + occupied, Observation::Sensed(Occupancy::Occupied)),
                (free + occupied, 600, Observation::Unknown(UnknownReason::Off)),
            ];
            spans.map(|(start, end, observation)| Interval {
                from: UtcMs(from + start * 60_000),
                until: UtcMs(from + end * 60_000),
                observation,
            })
        };
        let intervals: Vec<_> = (1..).zip(weeks).flat_map(day).collect();
        let local = LocalMoment { day: TODAY, second_of_day: 14 * 3600 + 59 * 60 };
        HourShare::of(&intervals, local, &utc).map(|share| (share.free_percent, share.days_known))
    }

    type Case<'a> = (&'a [(i64, i64)], Option<(u8, u8)>);

    #[test]
    fn shares() {
        let cases: [Case<'_>; 7] = [
            (&[], None),
            (&[(60, 0); 8], Some((100, 8))),
            (&[(0, 60); 8], Some((0, 8))),
            (&[(60, 0), (0, 60), (60, 0), (60, 0)], Some((75, 4))),
            (&[(60, 0); 3], None),
            // Too little is known of five of the days.
            (&[(60, 0), (60, 0), (60, 0), (10, 10), (29, 0), (0, 29), (0, 0), (1, 1)], None),
            // Half an hour is enough, and counts for half.
            (&[(30, 0), (0, 60), (0, 60), (0, 60)], Some((14, 4))),
        ];
        for (weeks, expect) in cases {
            assert_eq!(share(weeks), expect, "{weeks:?}");
        }
    }

    #[test]
    fn an_hour_that_the_clock_left_out_is_not_known() {
        let always = [Interval { from: UtcMs(0), until: utc(Opening { day: TODAY, minute: 0 }), observation: FREE }];
        const FREE: Observation = Observation::Sensed(Occupancy::Free);
        let left_out = |opening: Opening| match opening {
            Opening { day: LocalDay(47), minute: 120 } => utc(Opening { minute: 180, ..opening }),
            _ => utc(opening),
        };
        let local = LocalMoment { day: TODAY, second_of_day: 2 * 3600 };
        assert_eq!(HourShare::of(&always, local, &left_out).map(|share| share.days_known), Some(7));
        assert_eq!(HourShare::of(&always, local, &utc).map(|share| share.days_known), Some(8));
    }
}
