//! The live state: one tracker behind one lock, and everybody who wants to know.

use crate::{Clock, Counters, HistoryQueue};
use domain::{BoothNumber, BoothState, Moment, Reading, ServiceHours, StatusChange, Tracker};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Who is told of every change of status.
pub trait Audience: Send + Sync {
    /// Hears of changes, in order, and when the answer that made them was received; time passing receives none. Called
    /// with the live state locked: it must not block, and must not call [`Live`].
    fn publish(&self, changes: &[StatusChange], received: Option<Instant>);
}

/// The live state of all booths, shared by all sessions.
pub struct Live {
    tracker: Mutex<Tracker>,
    hours: ServiceHours,
    clock: Arc<dyn Clock>,
    audience: Arc<dyn Audience>,
    history: HistoryQueue,
}

impl Live {
    /// Shares `tracker`: its changes go to `audience` and to `history`.
    #[must_use]
    pub fn new(
        tracker: Tracker,
        hours: ServiceHours,
        clock: Arc<dyn Clock>,
        audience: Arc<dyn Audience>,
        history: HistoryQueue,
    ) -> Self {
        Self { tracker: Mutex::new(tracker), hours, clock, audience, history }
    }

    /// Takes the readings of one report, which was `received` then and stays fresh for `fresh_for_ms` from now; returns
    /// the booths that nobody watches.
    pub fn record(&self, readings: &[Reading], fresh_for_ms: u64, received: Instant) -> Vec<BoothNumber> {
        let mut unwatched: Vec<BoothNumber> = Vec::new();
        self.change(Some(received), |tracker, now| {
            let booths = readings.iter().map(|reading| reading.booth);
            unwatched.extend(booths.filter(|booth| !tracker.watches(*booth)));
            tracker.record(readings, fresh_for_ms, now)
        });
        self.counters().readings.add(readings.len() - unwatched.len());
        self.counters().readings_unwatched.add(unwatched.len());
        unwatched
    }

    /// The board of these booths sleeps; they are late when nothing is heard of it for `late_after_ms`.
    pub fn sleep(&self, booths: &[BoothNumber], late_after_ms: u64) {
        self.change(None, |tracker, now| tracker.sleep(booths, late_after_ms, now));
    }

    /// Lets time pass.
    pub fn tick(&self) {
        let open = self.is_open();
        self.change(None, |tracker, now| tracker.tick(open, now));
    }

    /// Whether it is within the service hours.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.hours.is_open(self.clock.local(self.clock.now().at))
    }

    /// Seconds until the service hours begin: 0 within them, `None` when they never do.
    #[must_use]
    pub fn until_open_s(&self) -> Option<u32> {
        self.hours.until_open_s(self.clock.local(self.clock.now().at))
    }

    /// All booths as they are shown now, by number.
    #[must_use]
    pub fn states(&self) -> Vec<BoothState> {
        self.lock().states().collect()
    }

    /// What has been counted.
    #[must_use]
    pub fn counters(&self) -> &Counters {
        self.history.counters()
    }

    /// The server stops: from now on history knows nothing of the booths, and its writer ends once it has stored all.
    pub fn close(&self) {
        let tracker = self.lock();
        self.history.push(tracker.closing_transitions(self.clock.now().at));
        self.history.close();
    }

    /// Tells everybody of changes while the lock is held, so that all hear of them in the same order.
    fn change(&self, received: Option<Instant>, make: impl FnOnce(&mut Tracker, Moment) -> Vec<StatusChange>) {
        let mut tracker = self.lock();
        let changes = make(&mut tracker, self.clock.now());
        if !changes.is_empty() {
            self.audience.publish(&changes, received);
            self.history.push(changes.iter().map(|change| change.transition));
        }
    }

    /// A panic elsewhere leaves the tracker whole: each of its steps is complete in itself.
    fn lock(&self) -> MutexGuard<'_, Tracker> {
        self.tracker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[path = "live_tests.rs"]
mod tests;
