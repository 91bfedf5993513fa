//! Detectors that say what cannot be: always, never, or all the time something else.

use crate::{BoothNumber, FloorNumber, Interval, MonoMs, Observation, Occupancy};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// So far back changes are counted.
const FLAPS_WITHIN_MS: u64 = 30 * 60_000;
/// From so many on a booth flaps: six people in half an hour.
const FLAPS_MIN: usize = 12;
/// And does so until there are fewer than these.
const FLAPS_AGAIN_MIN: usize = 6;

/// Counts how often booths change between free and occupied.
#[derive(Debug, Default)]
pub struct FlapWatch {
    booths: BTreeMap<BoothNumber, Changes>,
    flapping: BTreeSet<BoothNumber>,
}

#[derive(Debug)]
struct Changes {
    known: Occupancy,
    at: VecDeque<MonoMs>,
}

impl FlapWatch {
    /// So long it has to watch before it knows of what was wrong before.
    pub const LEARNS_FOR_MS: u64 = FLAPS_WITHIN_MS;

    /// What is sensed of a booth now. To be told every few seconds, and only what is known.
    pub fn note(&mut self, booth: BoothNumber, occupancy: Occupancy, now: MonoMs) {
        let changes = self.booths.entry(booth).or_insert_with(|| Changes { known: occupancy, at: VecDeque::new() });
        if std::mem::replace(&mut changes.known, occupancy) != occupancy {
            changes.at.push_back(now);
        }
    }

    /// The booths that flap, with the number of their changes.
    pub fn list(&mut self, now: MonoMs) -> Vec<(BoothNumber, usize)> {
        let mut flapping = Vec::new();
        for (booth, changes) in &mut self.booths {
            while changes.at.front().is_some_and(|at| now.since(*at) >= FLAPS_WITHIN_MS) {
                changes.at.pop_front();
            }
            let min = if self.flapping.contains(booth) { FLAPS_AGAIN_MIN } else { FLAPS_MIN };
            if changes.at.len() >= min {
                flapping.push((*booth, changes.at.len()));
            }
        }
        self.flapping = flapping.iter().map(|(booth, _)| *booth).collect();
        flapping
    }

    /// Forgets booths that are no more.
    pub fn keep_only(&mut self, booths: &BTreeSet<BoothNumber>) {
        self.booths.retain(|booth, _| booths.contains(booth));
    }
}

/// What a booth's history comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DetectorPast {
    /// The booth.
    pub booth: BoothNumber,
    /// Where it stands.
    pub floor: FloorNumber,
    /// How long it was occupied since it was last free.
    pub occupied_ms: u64,
    /// How long it was free since it was last occupied.
    pub free_ms: u64,
    /// How often it has become occupied.
    pub stays: usize,
}

/// How a detector is stuck, with the hours that show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stuck {
    /// Occupied for so many hours of service, without a break.
    Occupied(u64),
    /// Never occupied in so many hours of service.
    Free(u64),
}

/// Longer than this nobody sits in a box: a working day. Outside the service hours nothing is sensed, so a night does not count.
const OCCUPIED_MIN_MS: u64 = 8 * HOUR_MS;
/// A box that nobody uses for three days of ten hours is worth a look,
const FREE_MIN_MS: u64 = 30 * HOUR_MS;
/// if at least half of the floor's others were used as often as this meanwhile.
const STAYS_MIN: usize = 3;
const HOUR_MS: u64 = 3_600_000;

impl DetectorPast {
    /// Days of history that are worth looking at.
    pub const DAYS: u64 = 7;

    /// Sums up a booth's intervals, oldest first. What is not known neither counts nor ends anything.
    #[must_use]
    pub fn of(booth: BoothNumber, floor: FloorNumber, intervals: &[Interval]) -> Self {
        let mut past = Self { booth, floor, occupied_ms: 0, free_ms: 0, stays: 0 };
        let mut was_occupied = false;
        for interval in intervals {
            let length_ms = interval.until.since(interval.from);
            match interval.observation {
                Observation::Sensed(Occupancy::Occupied) => {
                    past.stays += usize::from(!was_occupied);
                    (past.occupied_ms, past.free_ms, was_occupied) = (past.occupied_ms + length_ms, 0, true);
                }
                Observation::Sensed(Occupancy::Free) => {
                    (past.free_ms, past.occupied_ms, was_occupied) = (past.free_ms + length_ms, 0, false);
                }
                Observation::Unknown(_) => {}
            }
        }
        past
    }
}

/// The detectors that are stuck.
#[must_use]
pub fn list_stuck(pasts: &[DetectorPast]) -> Vec<(BoothNumber, Stuck)> {
    let judge = |past: &DetectorPast| {
        if past.occupied_ms >= OCCUPIED_MIN_MS {
            return Some(Stuck::Occupied(past.occupied_ms / HOUR_MS));
        }
        let is_unused = past.free_ms >= FREE_MIN_MS && past.stays == 0;
        (is_unused && are_neighbours_used(past, pasts)).then_some(Stuck::Free(past.free_ms / HOUR_MS))
    };
    pasts.iter().filter_map(|past| judge(past).map(|stuck| (past.booth, stuck))).collect()
}

fn are_neighbours_used(of: &DetectorPast, pasts: &[DetectorPast]) -> bool {
    let (mut used, mut others) = (0, 0);
    for past in pasts.iter().filter(|past| past.floor == of.floor && past.booth != of.booth) {
        others += 1;
        used += usize::from(past.stays >= STAYS_MIN);
    }
    used > 0 && used * 2 >= others
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{UnknownReason, UtcMs};

    /// Hours as `o8 f2 u5`: occupied, free, unknown.
    fn past(booth: u32, text: &str) -> DetectorPast {
        let mut from = UtcMs(0);
        let interval = |word: &str| {
            let (sign, hours) = word.split_at(1);
            let observation = match sign {
                "o" => Observation::Sensed(Occupancy::Occupied),
                "f" => Observation::Sensed(Occupancy::Free),
                _ => Observation::Unknown(UnknownReason::Off),
            };
            let until = from.plus(hours.parse::<u64>().expect("hours") * HOUR_MS);
            let begins = std::mem::replace(&mut from, until);
            Interval { from: begins, until, observation }
        };
        let intervals: Vec<_> = text.split_whitespace().map(interval).collect();
        DetectorPast::of(BoothNumber(booth), FloorNumber(4), &intervals)
    }

    fn check(pasts: &[&str], expect: &[(u32, Stuck)]) {
        let pasts: Vec<_> = (40..).zip(pasts).map(|(booth, text)| past(booth, text)).collect();
        let expect: Vec<_> = expect.iter().map(|(booth, stuck)| (BoothNumber(*booth), *stuck)).collect();
        assert_eq!(list_stuck(&pasts), expect, "{pasts:?}");
    }

    const USED: &str = "f9 o1 u14 f8 o1 f1 u14 o2 f8";

    #[test]
    fn always_occupied() {
        check(&["f1 o7"], &[]);
        check(&["f1 o8"], &[(40, Stuck::Occupied(8))]);
        // The night is not counted, and ends nothing.
        check(&["f1 o5 u14 o4"], &[(40, Stuck::Occupied(9))]);
        check(&["o9 f1"], &[]);
    }

    #[test]
    fn never_occupied() {
        check(&["f10 u14 f10 u14 f10", USED, USED], &[(40, Stuck::Free(30))]);
        check(&["f10 u14 f10 u14 f9", USED, USED], &[]);
        // Nobody was there, and no neighbour says otherwise.
        check(&["f30", "f30", "f30"], &[]);
        check(&["f30"], &[]);
        check(&["f30", USED, "f30", "f30"], &[]);
        check(&["o1 f30", USED, USED], &[]);
    }

    #[test]
    fn flapping() {
        let mut watch = FlapWatch::default();
        let booth = BoothNumber(42);
        let mut now = MonoMs(0);
        let mut turn = |watch: &mut FlapWatch, times: usize| {
            for i in 0..times {
                now = now.plus(20_000);
                watch.note(booth, if i % 2 == 0 { Occupancy::Occupied } else { Occupancy::Free }, now);
            }
            now
        };
        watch.note(booth, Occupancy::Free, MonoMs(0));
        let at = turn(&mut watch, 11);
        assert!(watch.list(at).is_empty());
        watch.note(booth, Occupancy::Occupied, at);
        watch.note(booth, Occupancy::Free, at);
        assert_eq!(watch.list(at), [(booth, 12)]);
        // Six of the twelve are older than half an hour by then; fewer than those and it is over.
        assert_eq!(watch.list(MonoMs(6 * 20_000 + FLAPS_WITHIN_MS)), [(booth, 6)]);
        assert!(watch.list(MonoMs(7 * 20_000 + FLAPS_WITHIN_MS)).is_empty());
        watch.keep_only(&BTreeSet::new());
        assert!(watch.booths.is_empty());
    }
}
