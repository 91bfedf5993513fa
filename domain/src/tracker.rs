//! The state of every booth, kept from readings and from time passing.

use crate::evidence::Evidence;
use crate::{
    Booth, BoothNumber, BoothState, BoothStatus, FloorNumber, Moment, MonoMs, Observation, Occupancy, PresenceRule,
    UtcMs,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One raw sample of one booth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The booth.
    pub booth: BoothNumber,
    /// Whether its sensor was high: movement.
    pub high: bool,
}

/// A sensor of the building: one channel of one board. Whoever knows the wiring numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SensorId(pub u32);

/// What a sensor has counted over its board's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SensorCount {
    /// The booth that it looks at.
    pub booth: BoothNumber,
    /// The sensor.
    pub sensor: SensorId,
    /// High samples of the window.
    pub high_samples: u16,
    /// Samples taken so far, the whole window at most.
    pub seen_samples: u16,
    /// Length of the window, in samples; above zero.
    pub window_samples: u16,
}

/// A line of history: from this instant on, this was known of the booth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transition {
    /// The booth.
    pub booth: BoothNumber,
    /// From when.
    pub at: UtcMs,
    /// What was known.
    pub observation: Observation,
}

/// What was known of a booth a moment before the server started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prior {
    /// The booth.
    pub booth: BoothNumber,
    /// What was sensed.
    pub occupancy: Occupancy,
    /// Since when.
    pub since_at: UtcMs,
    /// Until when: when the server stopped.
    pub until_at: UtcMs,
}

/// Whether the site is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// It is.
    Open,
    /// It is not.
    Closed {
        /// When it will be; none when nobody knows.
        opens_at: Option<UtcMs>,
    },
}

/// The live state of a building's booths.
///
/// A booth is free or occupied only on the word of a reading that is still fresh; everything else is a kind of grey.
/// Deadlines run on the steady clock, so setting the wall clock colours nothing and greys nothing.
#[derive(Debug)]
pub struct Tracker {
    booths: BTreeMap<BoothNumber, Tracked>,
    service: Service,
}

#[derive(Debug)]
struct Tracked {
    floor: FloorNumber,
    evidence: Evidence,
    /// Since when the evidence has said what it says.
    decided_at: UtcMs,
    /// Whether it said that somebody was there until then.
    left: bool,
    contact: Contact,
    shown: BoothStatus,
    shown_since_at: UtcMs,
    shown_until_at: Option<UtcMs>,
}

/// When a booth's board was heard of, and until when that is good.
#[derive(Debug, Clone, Copy)]
enum Contact {
    Never { resumable_until: MonoMs },
    Heard { at: MonoMs, fresh_until: MonoMs },
    Asleep { late_at: MonoMs, until_at: UtcMs },
}

impl Tracker {
    /// The longest silence over which samples are still worth something: the length of the default window.
    pub const RESUME_MAX_MS: u64 = 30_000;

    /// Watches `booths`, all unknown since `now`.
    #[must_use]
    pub fn new(booths: &[Booth], service: Service, now: Moment) -> Self {
        let track = |booth: &Booth| (booth.number, Tracked::new(booth.floor, booth.presence_rule, service, now));
        Self { booths: booths.iter().map(track).collect(), service }
    }

    /// Remembers what was known when the server stopped. It shows only once the booth's board speaks again, and no
    /// later than [`Self::RESUME_MAX_MS`] after the stop.
    pub fn resume(&mut self, priors: &[Prior], now: Moment) {
        for prior in priors {
            let left_ms = Self::RESUME_MAX_MS.saturating_sub(now.at.since(prior.until_at));
            if let Some(booth) = self.booths.get_mut(&prior.booth) {
                booth.contact = Contact::Never { resumable_until: now.mono.plus(left_ms) };
                booth.evidence = Evidence::resumed(booth.evidence.rule(), prior.occupancy);
                (booth.decided_at, booth.left) = (prior.since_at, false);
            }
        }
    }

    /// Watches these booths from now on. What is known of a booth stays, also where it goes by another rule from now on, unless it is
    /// in `anew`: its number is another booth's by now, or something else watches it. Returns the booths that are unknown since `now` because of that; those that are
    /// watched no more are not told.
    pub fn rearrange(&mut self, booths: &[Booth], anew: &BTreeSet<BoothNumber>, now: Moment) -> Vec<BoothState> {
        let mut known = std::mem::take(&mut self.booths);
        let mut changed = Vec::new();
        for booth in booths {
            let number = booth.number;
            let kept = known.remove(&number).filter(|_| !anew.contains(&number));
            let tracked = match kept {
                Some(mut kept) => {
                    kept.evidence.follow(booth.presence_rule);
                    Tracked { floor: booth.floor, ..kept }
                }
                None => {
                    let tracked = Tracked::new(booth.floor, booth.presence_rule, self.service, now);
                    changed.push(tracked.state(number));
                    tracked
                }
            };
            self.booths.insert(number, tracked);
        }
        changed
    }

    /// Takes the readings of one report, which stay fresh for `fresh_for_ms`; returns the booths that look different
    /// now. Unknown booths are passed over; see [`Self::watches`].
    pub fn record(&mut self, readings: &[Reading], fresh_for_ms: u64, now: Moment) -> Vec<BoothState> {
        for reading in readings {
            if let Some(booth) = self.booths.get_mut(&reading.booth) {
                booth.sample(reading.high, fresh_for_ms, now);
            }
        }
        self.refresh(readings.iter().map(|reading| reading.booth), now)
    }

    /// Takes the counts of one report, which was made `age_ms` ago and stays fresh for `fresh_for_ms` from then on;
    /// returns the booths that look different now. What is older than what is known, or not fresh any more, colours
    /// nothing.
    pub fn record_counts(
        &mut self,
        counts: &[SensorCount],
        age_ms: u64,
        fresh_for_ms: u64,
        now: Moment,
    ) -> Vec<BoothState> {
        if age_ms >= fresh_for_ms {
            return Vec::new();
        }
        for count in counts {
            if let Some(booth) = self.booths.get_mut(&count.booth) {
                booth.count(count, age_ms, fresh_for_ms, now);
            }
        }
        self.refresh(counts.iter().map(|count| count.booth), now)
    }

    /// The board of these booths was told to sleep until `until_at` and said that it will; late when nothing is heard
    /// of it for `late_after_ms`.
    pub fn sleep(
        &mut self,
        booths: &[BoothNumber],
        until_at: UtcMs,
        late_after_ms: u64,
        now: Moment,
    ) -> Vec<BoothState> {
        for number in booths {
            if let Some(booth) = self.booths.get_mut(number) {
                booth.contact = Contact::Asleep { late_at: now.mono.plus(late_after_ms), until_at };
            }
        }
        self.refresh(booths.iter().copied(), now)
    }

    /// Lets time pass: greys what is not fresh any more, and follows the service hours.
    pub fn tick(&mut self, service: Service, now: Moment) -> Vec<BoothState> {
        self.service = service;
        self.booths.iter_mut().filter_map(|(number, booth)| booth.refresh(*number, service, now)).collect()
    }

    /// Whether it knows the booth.
    #[must_use]
    pub fn watches(&self, number: BoothNumber) -> bool {
        self.booths.contains_key(&number)
    }

    /// All booths as they are shown now, by number.
    pub fn states(&self) -> impl Iterator<Item = BoothState> {
        self.booths.iter().map(|(number, booth)| booth.state(*number))
    }

    /// What is known of all booths now, by number.
    #[must_use]
    pub fn observations(&self) -> Vec<(BoothNumber, Observation)> {
        self.booths.iter().map(|(number, booth)| (*number, Observation::from(booth.shown))).collect()
    }

    fn refresh(&mut self, numbers: impl Iterator<Item = BoothNumber>, now: Moment) -> Vec<BoothState> {
        let service = self.service;
        numbers.filter_map(|number| self.booths.get_mut(&number)?.refresh(number, service, now)).collect()
    }
}

impl Tracked {
    fn new(floor: FloorNumber, rule: PresenceRule, service: Service, now: Moment) -> Self {
        let mut tracked = Self {
            floor,
            evidence: Evidence::new(rule),
            decided_at: now.at,
            left: false,
            contact: Contact::Never { resumable_until: now.mono },
            shown: BoothStatus::Unknown,
            shown_since_at: now.at,
            shown_until_at: None,
        };
        tracked.show(service, now);
        tracked
    }

    fn sample(&mut self, high: bool, fresh_for_ms: u64, now: Moment) {
        self.forget_if_too_long_ago(now.mono);
        self.contact = Contact::Heard { at: now.mono, fresh_until: now.mono.plus(fresh_for_ms) };
        let before = self.evidence.occupancy();
        self.evidence.sample(high);
        self.note_decision(before, now.at);
    }

    fn count(&mut self, count: &SensorCount, age_ms: u64, fresh_for_ms: u64, now: Moment) {
        let at = now.mono.minus(age_ms);
        self.forget_if_too_long_ago(at);
        let fresh_until = at.plus(fresh_for_ms);
        let before = self.evidence.occupancy();
        if !self.evidence.count(count, at, fresh_until) {
            return;
        }
        self.contact = self.contact.heard(at, fresh_until);
        self.note_decision(before, now.at.minus(age_ms));
    }

    /// Something may have come after which the evidence says something else than `before`.
    fn note_decision(&mut self, before: Option<Occupancy>, at: UtcMs) {
        let occupancy = self.evidence.occupancy();
        if occupancy != before {
            self.decided_at = at;
            self.left = (before, occupancy) == (Some(Occupancy::Occupied), Some(Occupancy::Free));
        }
    }

    fn forget_if_too_long_ago(&mut self, now: MonoMs) {
        if !self.contact.reaches(now) {
            self.evidence = Evidence::new(self.evidence.rule());
        }
    }

    fn status(&self, service: Service, now: MonoMs) -> BoothStatus {
        if service != Service::Open {
            return BoothStatus::Off;
        }
        match self.contact {
            Contact::Never { .. } => BoothStatus::Unknown,
            Contact::Asleep { late_at, .. } if now < late_at => BoothStatus::Asleep,
            Contact::Heard { fresh_until, .. } if now < fresh_until => {
                self.evidence.occupancy().map_or(BoothStatus::Unknown, BoothStatus::from)
            }
            Contact::Asleep { .. } | Contact::Heard { .. } => BoothStatus::Late,
        }
    }

    /// Until when what is shown is expected to last.
    fn until_at(&self, status: BoothStatus, service: Service) -> Option<UtcMs> {
        match (status, service, self.contact) {
            (BoothStatus::Off, Service::Closed { opens_at }, _) => opens_at,
            (BoothStatus::Asleep, _, Contact::Asleep { until_at, .. }) => Some(until_at),
            _ => None,
        }
    }

    /// Shows what is so now; whether that is something new.
    fn show(&mut self, service: Service, now: Moment) -> bool {
        let before = self.evidence.occupancy();
        self.evidence.expire(now.mono);
        if self.evidence.occupancy() != before {
            // A sensor that has fallen silent has seen nobody leave.
            (self.decided_at, self.left) = (now.at, false);
        }
        let status = self.status(service, now.mono);
        let until_at = self.until_at(status, service);
        if (status, until_at) == (self.shown, self.shown_until_at) {
            return false;
        }
        if status != self.shown {
            self.shown_since_at = if status.is_known() { self.decided_at } else { now.at };
        }
        (self.shown, self.shown_until_at) = (status, until_at);
        true
    }

    fn refresh(&mut self, number: BoothNumber, service: Service, now: Moment) -> Option<BoothState> {
        self.show(service, now).then(|| self.state(number))
    }

    fn state(&self, number: BoothNumber) -> BoothState {
        let Self { floor, shown: status, shown_since_at: since_at, shown_until_at: until_at, .. } = *self;
        BoothState { number, floor, status, since_at, until_at, left: self.left && status == BoothStatus::Free }
    }
}

impl Contact {
    /// Whether what was known at the last contact can be gone on from.
    fn reaches(self, now: MonoMs) -> bool {
        match self {
            Self::Never { resumable_until } => now <= resumable_until,
            // A report that is fresh is gone on from, however seldom its board speaks.
            Self::Heard { at, fresh_until } => now.since(at) <= Tracker::RESUME_MAX_MS || now <= fresh_until,
            Self::Asleep { .. } => false,
        }
    }

    /// After a report of then. Where several sensors look at a booth, the one that was heard last counts.
    fn heard(self, at: MonoMs, fresh_until: MonoMs) -> Self {
        match self {
            Self::Heard { at: last, fresh_until: fresh } => {
                Self::Heard { at: last.max(at), fresh_until: fresh.max(fresh_until) }
            }
            Self::Never { .. } | Self::Asleep { .. } => Self::Heard { at, fresh_until },
        }
    }
}

#[cfg(test)]
#[path = "tracker_tests.rs"]
mod tests;
