//! The state of every booth, kept from readings and from time passing.

use crate::{
    Booth, BoothNumber, BoothState, BoothStatus, FloorNumber, Moment, MonoMs, Observation, Occupancy, PresenceFilter,
    PresenceRule, UnknownReason, UtcMs,
};
use std::collections::BTreeMap;

/// One raw sample of one booth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The booth.
    pub booth: BoothNumber,
    /// Whether its sensor was high: movement.
    pub high: bool,
}

/// A line of history: from this instant on, this was known of the booth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// The booth.
    pub booth: BoothNumber,
    /// From when.
    pub at: UtcMs,
    /// What was known.
    pub observation: Observation,
}

/// A booth is shown differently from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusChange {
    /// What it is shown as.
    pub booth: BoothState,
    /// What history keeps of it.
    pub transition: Transition,
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

/// The live state of a building's booths.
///
/// A booth is free or occupied only on the word of a reading that is still fresh; everything else is a kind of grey.
/// Deadlines run on the steady clock, so setting the wall clock colours nothing and greys nothing.
#[derive(Debug)]
pub struct Tracker {
    booths: BTreeMap<BoothNumber, Tracked>,
    open: bool,
}

#[derive(Debug)]
struct Tracked {
    floor: FloorNumber,
    filter: PresenceFilter,
    /// Since when the filter has said what it says.
    decided_at: UtcMs,
    contact: Contact,
    shown: BoothStatus,
    shown_since_at: UtcMs,
}

/// When a booth's board was heard of, and until when that is good.
#[derive(Debug, Clone, Copy)]
enum Contact {
    Never { resumable_until: MonoMs },
    Heard { at: MonoMs, fresh_until: MonoMs },
    Asleep { late_at: MonoMs },
}

impl Tracker {
    /// The longest silence over which a filter's window is still worth something: the length of the default window.
    pub const RESUME_MAX_MS: u64 = 30_000;

    /// Watches `booths`, all unknown since `now`, within the service hours if `open`.
    #[must_use]
    pub fn new(booths: &[Booth], open: bool, now: Moment) -> Self {
        let shown = if open { BoothStatus::Unknown } else { BoothStatus::Off };
        let track = |booth: &Booth| (booth.number, Tracked::new(booth.floor, booth.presence_rule, shown, now));
        Self { booths: booths.iter().map(track).collect(), open }
    }

    /// Remembers what was known when the server stopped. It shows only once the booth's board speaks again, and no
    /// later than [`Self::RESUME_MAX_MS`] after the stop.
    pub fn resume(&mut self, priors: &[Prior], now: Moment) {
        for prior in priors {
            let left_ms = Self::RESUME_MAX_MS.saturating_sub(now.at.since(prior.until_at));
            if let Some(booth) = self.booths.get_mut(&prior.booth) {
                booth.contact = Contact::Never { resumable_until: now.mono.plus(left_ms) };
                booth.filter = PresenceFilter::resumed(booth.filter.rule(), prior.occupancy);
                booth.decided_at = prior.since_at;
            }
        }
    }

    /// Takes the readings of one report, which stay fresh for `fresh_for_ms`. Unknown booths are passed over; see
    /// [`Self::watches`].
    pub fn record(&mut self, readings: &[Reading], fresh_for_ms: u64, now: Moment) -> Vec<StatusChange> {
        for reading in readings {
            if let Some(booth) = self.booths.get_mut(&reading.booth) {
                booth.sample(reading.high, fresh_for_ms, now);
            }
        }
        let numbers = readings.iter().map(|reading| reading.booth);
        self.refresh(numbers, now)
    }

    /// The board of these booths was told to sleep and said that it will; late when nothing is heard of it for
    /// `late_after_ms`.
    pub fn sleep(&mut self, booths: &[BoothNumber], late_after_ms: u64, now: Moment) -> Vec<StatusChange> {
        for number in booths {
            if let Some(booth) = self.booths.get_mut(number) {
                booth.contact = Contact::Asleep { late_at: now.mono.plus(late_after_ms) };
            }
        }
        self.refresh(booths.iter().copied(), now)
    }

    /// Lets time pass: greys what is not fresh any more, and follows the service hours.
    pub fn tick(&mut self, open: bool, now: Moment) -> Vec<StatusChange> {
        self.open = open;
        self.booths.iter_mut().filter_map(|(number, booth)| booth.refresh(*number, open, now)).collect()
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

    /// The last lines of history before the server stops: nothing is known from now on.
    #[must_use]
    pub fn closing_transitions(&self, now: UtcMs) -> Vec<Transition> {
        let known = self.booths.iter().filter(|(_, booth)| booth.shown.is_known());
        let observation = Observation::Unknown(UnknownReason::Stopped);
        known.map(|(number, _)| Transition { booth: *number, at: now, observation }).collect()
    }

    fn refresh(&mut self, numbers: impl Iterator<Item = BoothNumber>, now: Moment) -> Vec<StatusChange> {
        let open = self.open;
        numbers.filter_map(|number| self.booths.get_mut(&number)?.refresh(number, open, now)).collect()
    }
}

impl Tracked {
    fn new(floor: FloorNumber, rule: PresenceRule, shown: BoothStatus, now: Moment) -> Self {
        Self {
            floor,
            filter: PresenceFilter::new(rule),
            decided_at: now.at,
            contact: Contact::Never { resumable_until: now.mono },
            shown,
            shown_since_at: now.at,
        }
    }

    fn sample(&mut self, high: bool, fresh_for_ms: u64, now: Moment) {
        if !self.contact.reaches(now.mono) {
            self.filter = PresenceFilter::new(self.filter.rule());
        }
        self.contact = Contact::Heard { at: now.mono, fresh_until: now.mono.plus(fresh_for_ms) };
        let before = self.filter.occupancy();
        if self.filter.push(high) != before {
            self.decided_at = now.at;
        }
    }

    fn status(&self, open: bool, now: MonoMs) -> BoothStatus {
        if !open {
            return BoothStatus::Off;
        }
        match self.contact {
            Contact::Never { .. } => BoothStatus::Unknown,
            Contact::Asleep { late_at } if now < late_at => BoothStatus::Asleep,
            Contact::Heard { fresh_until, .. } if now < fresh_until => {
                self.filter.occupancy().map_or(BoothStatus::Unknown, BoothStatus::from)
            }
            Contact::Asleep { .. } | Contact::Heard { .. } => BoothStatus::Late,
        }
    }

    fn refresh(&mut self, number: BoothNumber, open: bool, now: Moment) -> Option<StatusChange> {
        let status = self.status(open, now.mono);
        if status == self.shown {
            return None;
        }
        self.shown = status;
        self.shown_since_at = if status.is_known() { self.decided_at } else { now.at };
        let observation = Observation::from(status);
        Some(StatusChange {
            booth: self.state(number),
            transition: Transition { booth: number, at: now.at, observation },
        })
    }

    fn state(&self, number: BoothNumber) -> BoothState {
        BoothState { number, floor: self.floor, status: self.shown, since_at: self.shown_since_at }
    }
}

impl Contact {
    /// Whether what was known at the last contact can be gone on from.
    fn reaches(self, now: MonoMs) -> bool {
        match self {
            Self::Never { resumable_until } => now <= resumable_until,
            Self::Heard { at, .. } => now.since(at) <= Tracker::RESUME_MAX_MS,
            Self::Asleep { .. } => false,
        }
    }
}

#[cfg(test)]
#[path = "tracker_tests.rs"]
mod tests;
