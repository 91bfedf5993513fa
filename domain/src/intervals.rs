//! History as half-open intervals, and what they add up to.

use crate::{Observation, Occupancy, Transition, UnknownReason, UtcMs};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// From `from` on and before `until`, this was known of a booth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// The first instant.
    pub from: UtcMs,
    /// The first instant after it.
    pub until: UtcMs,
    /// What was known.
    pub observation: Observation,
}

/// The intervals from `from` to before `until`, without gap or overlap, none empty, no two neighbours alike. `before` is
/// what was known at `from`; `transitions` are those of one booth within, in order.
#[must_use]
pub fn list_intervals(
    before: Option<Observation>,
    transitions: &[Transition],
    from: UtcMs,
    until: UtcMs,
) -> Vec<Interval> {
    let mut intervals: Vec<Interval> = Vec::new();
    let mut push = |from: UtcMs, until: UtcMs, observation: Observation| {
        if from >= until {
            return;
        }
        match intervals.last_mut() {
            Some(last) if last.observation == observation => last.until = until,
            _ => intervals.push(Interval { from, until, observation }),
        }
    };
    let mut known = before.unwrap_or(Observation::Unknown(UnknownReason::NoData));
    let mut known_from = from;
    for transition in transitions {
        let at = transition.at.clamp(known_from, until.max(known_from));
        push(known_from, at, known);
        (known, known_from) = (transition.observation, at);
    }
    push(known_from, until, known);
    intervals
}

/// How long what was known, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Free.
    pub free_ms: u64,
    /// Occupied.
    pub occupied_ms: u64,
    /// Unknown, by reason.
    pub unknown_ms: BTreeMap<UnknownReason, u64>,
}

impl Totals {
    /// Adds up intervals.
    #[must_use]
    pub fn of(intervals: &[Interval]) -> Self {
        let mut totals = Self::default();
        for interval in intervals {
            let length_ms = interval.until.since(interval.from);
            *match interval.observation {
                Observation::Sensed(Occupancy::Free) => &mut totals.free_ms,
                Observation::Sensed(Occupancy::Occupied) => &mut totals.occupied_ms,
                Observation::Unknown(reason) => totals.unknown_ms.entry(reason).or_default(),
            } += length_ms;
        }
        totals
    }

    /// All of it.
    #[must_use]
    pub fn sum_ms(&self) -> u64 {
        self.free_ms + self.occupied_ms + self.unknown_ms.values().sum::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BoothNumber;

    const FREE: Observation = Observation::Sensed(Occupancy::Free);
    const OCCUPIED: Observation = Observation::Sensed(Occupancy::Occupied);
    const NO_DATA: Observation = Observation::Unknown(UnknownReason::NoData);

    fn check(before: Option<Observation>, transitions: &[(i64, Observation)], expect: &[(i64, i64, Observation)]) {
        let transition =
            |&(at, observation): &(i64, Observation)| Transition { booth: BoothNumber(42), at: UtcMs(at), observation };
        let transitions: Vec<_> = transitions.iter().map(transition).collect();
        let intervals = list_intervals(before, &transitions, UtcMs(100), UtcMs(200));
        let found: Vec<_> = intervals.iter().map(|i| (i.from.0, i.until.0, i.observation)).collect();
        assert_eq!(found, expect, "{transitions:?}");
        assert_eq!(Totals::of(&intervals).sum_ms(), 100, "{transitions:?}");
    }

    #[test]
    fn intervals_fill_their_span() {
        check(None, &[], &[(100, 200, NO_DATA)]);
        check(Some(FREE), &[], &[(100, 200, FREE)]);
        check(Some(FREE), &[(150, OCCUPIED)], &[(100, 150, FREE), (150, 200, OCCUPIED)]);
        check(None, &[(100, FREE)], &[(100, 200, FREE)]);
        check(Some(FREE), &[(120, FREE), (130, OCCUPIED)], &[(100, 130, FREE), (130, 200, OCCUPIED)]);
        // Several of one instant: the last one counts.
        check(Some(FREE), &[(120, OCCUPIED), (120, NO_DATA)], &[(100, 120, FREE), (120, 200, NO_DATA)]);
        // Rows out of order, as an older version may have left them, never make a negative interval.
        check(Some(FREE), &[(150, OCCUPIED), (120, FREE)], &[(100, 200, FREE)]);
    }

    #[test]
    fn totals() {
        let intervals = list_intervals(
            Some(FREE),
            &[
                Transition { booth: BoothNumber(42), at: UtcMs(110), observation: OCCUPIED },
                Transition { booth: BoothNumber(42), at: UtcMs(130), observation: NO_DATA },
            ],
            UtcMs(100),
            UtcMs(200),
        );
        let totals = Totals::of(&intervals);
        assert_eq!((totals.free_ms, totals.occupied_ms), (10, 20));
        assert_eq!(totals.unknown_ms, BTreeMap::from([(UnknownReason::NoData, 70)]));
    }
}
