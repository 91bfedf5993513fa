//! The live state: one tracker behind one lock, and everybody who wants to know.

use crate::journal::Receipt;
use crate::{Boards, Clock, Counters, JournalQueue};
use domain::{
    BoardEvent, BoothNumber, BoothState, Building, Chronicle, Moment, MonoMs, Reading, Record, SensorCount, Service,
    ServiceHours, Tracker, Transition, UtcMs,
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Instant;

/// Who is told of every change of status.
pub trait Audience: Send + Sync {
    /// Hears of the booths that look different now, in order, and when the answer that made them so was received; time
    /// passing receives none. Called with the live state locked: it must not block, and must not call [`Live`].
    fn publish(&self, changes: &[BoothState], received: Option<Instant>);
}

/// The live state of all booths, shared by all sessions.
pub struct Live {
    inner: Mutex<Inner>,
    hours: RwLock<ServiceHours>,
    clock: Arc<dyn Clock>,
    audience: Arc<dyn Audience>,
    journal: JournalQueue,
    boards: Arc<Boards>,
}

struct Inner {
    tracker: Tracker,
    chronicle: Chronicle,
    /// When something was last given to the journal.
    journalled: MonoMs,
    /// What sessions know of the service hours.
    service: Service,
}

/// An event of a board, and what it means for booths.
pub(crate) struct Sensed<'a> {
    pub(crate) event: BoardEvent,
    pub(crate) counts: &'a [SensorCount],
    pub(crate) age_ms: u64,
    pub(crate) fresh_for_ms: u64,
}

/// While nothing else is kept, it is kept so often that the server is alive: so long at most is what a crash leaves in
/// doubt.
const ALIVE_EVERY_MS: u64 = 5_000;

impl Live {
    /// Shares `tracker`: its changes go to `audience`, and by way of `chronicle` to `journal`.
    #[must_use]
    pub fn new(
        (tracker, chronicle): (Tracker, Chronicle),
        hours: ServiceHours,
        clock: Arc<dyn Clock>,
        audience: Arc<dyn Audience>,
        journal: JournalQueue,
        boards: Arc<Boards>,
    ) -> Self {
        let now = clock.now();
        let service = clock.service(&hours, now.at);
        let inner = Mutex::new(Inner { tracker, chronicle, journalled: now.mono, service });
        Self { inner, hours: RwLock::new(hours), clock, audience, journal, boards }
    }

    /// Takes the readings of one report, which proves nothing of who speaks, was `received` then, and stays fresh for
    /// `fresh_for_ms` from now; returns the booths that nobody watches.
    pub fn record(&self, readings: &[Reading], fresh_for_ms: u64, received: Instant) -> Vec<BoothNumber> {
        let (guarded, readings): (Vec<_>, Vec<_>) =
            readings.iter().copied().partition(|reading| self.boards.guards(reading.booth));
        for reading in &guarded {
            self.boards.note_downgrade(reading.booth, self.clock.now().mono);
        }
        self.boards.note_readings(&readings, self.clock.now().mono);
        let mut unwatched: Vec<BoothNumber> = Vec::new();
        self.change(Some(received), |tracker, now| {
            let booths = readings.iter().map(|reading| reading.booth);
            unwatched.extend(booths.filter(|booth| !tracker.watches(*booth)));
            tracker.record(&readings, fresh_for_ms, now)
        });
        self.counters().readings_downgraded.add(guarded.len());
        self.counters().readings.add(readings.len() - unwatched.len());
        self.counters().readings_unwatched.add(unwatched.len());
        unwatched
    }

    /// Takes an event of a board: shows what follows from it at once, and sees to it that it is kept. The receipt comes
    /// back when it cannot be.
    pub(crate) fn record_event(&self, sensed: Sensed<'_>, receipt: Receipt) -> Result<(), Receipt> {
        let Sensed { event, counts, age_ms, fresh_for_ms } = sensed;
        let now = self.clock.now();
        self.boards.note_event(&event, now);
        self.counters().readings.add(counts.len());
        let mut inner = self.lock();
        let changes = inner.tracker.record_counts(counts, age_ms, fresh_for_ms, now);
        self.publish(&mut inner, now, &changes, Some(receipt.received));
        inner.journalled = now.mono;
        // With the state still locked, so that the event and what followed from it are kept together.
        self.journal.push_event(event, receipt)
    }

    /// The board of these booths has gone to sleep for so many seconds. Returns until when it sleeps, and from when on it is
    /// late: a sleeping board has but a rough clock, and when it wakes it has to find the network.
    pub fn sleep(&self, booths: &[BoothNumber], seconds: u32) -> (UtcMs, MonoMs) {
        let late_after_ms = u64::from(seconds) * 1_250 + 60_000;
        let now = self.now();
        let until_at = now.at.plus(u64::from(seconds) * 1_000);
        self.change(None, |tracker, now| tracker.sleep(booths, until_at, late_after_ms, now));
        (until_at, now.mono.plus(late_after_ms))
    }

    /// Follows a building that was rearranged from `before` to `after`: booths that are new, and those that something else watches
    /// now, are unknown until their boards speak. `show` is told of all booths while the state is locked, as an
    /// [`Audience`] is of changes, and must not block either.
    pub fn rearrange(&self, before: &Building, after: &Building, show: impl FnOnce(&[BoothState])) {
        let anew = after.list_rewired_since(before);
        let mut inner = self.lock();
        let now = self.now();
        let changes = inner.tracker.rearrange(&after.booths, &anew, now);
        self.boards.rewire(after);
        let states: Vec<_> = inner.tracker.states().collect();
        show(&states);
        self.publish(&mut inner, now, &changes, None);
    }

    /// Lets time pass.
    pub fn tick(&self) {
        let service = self.service();
        let known = std::mem::replace(&mut self.lock().service, service);
        if known != service {
            self.boards.tell_hours(service);
        }
        self.change(None, |tracker, now| tracker.tick(service, now));
    }

    /// Goes on with other service hours; sessions hear of it, if it makes a difference now.
    pub fn set_hours(&self, hours: ServiceHours) {
        *self.hours.write().unwrap_or_else(PoisonError::into_inner) = hours;
        self.tick();
    }

    /// Keeps something else.
    pub(crate) fn keep(&self, record: Record) {
        self.journal.push([record]);
    }

    /// Whether it is within the service hours.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.service() == Service::Open
    }

    /// Seconds until the service hours begin: 0 within them, `None` when they never do.
    #[must_use]
    pub fn until_open_s(&self) -> Option<u32> {
        match self.service() {
            Service::Open => Some(0),
            Service::Closed { opens_at } => {
                let seconds = opens_at?.since(self.now().at).div_ceil(1_000);
                Some(u32::try_from(seconds).unwrap_or(u32::MAX))
            }
        }
    }

    /// Whether it is within the service hours, and when they begin. Sessions hear of changes.
    pub(crate) fn service(&self) -> Service {
        let hours = self.hours.read().unwrap_or_else(PoisonError::into_inner);
        self.clock.service(&hours, self.now().at)
    }

    /// All booths as they are shown now, by number.
    #[must_use]
    pub fn states(&self) -> Vec<BoothState> {
        self.lock().tracker.states().collect()
    }

    /// What has been counted.
    #[must_use]
    pub fn counters(&self) -> &Counters {
        self.journal.counters()
    }

    /// The boards that prove who they are.
    #[must_use]
    pub fn boards(&self) -> &Boards {
        &self.boards
    }

    /// Now, on both clocks.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The server stops: from now on history knows nothing of the booths, and the journal's writer ends once it has kept
    /// all.
    pub fn close(&self) {
        let inner = self.lock();
        let last = inner.chronicle.close(self.now().at, &inner.tracker.observations());
        self.journal.push(last.into_iter().map(Record::Transition));
        self.journal.close();
    }

    /// Tells everybody of changes while the lock is held, so that all hear of them in the same order.
    fn change(&self, received: Option<Instant>, make: impl FnOnce(&mut Tracker, Moment) -> Vec<BoothState>) {
        let mut inner = self.lock();
        let now = self.now();
        let changes = make(&mut inner.tracker, now);
        self.publish(&mut inner, now, &changes, received);
        if now.mono.since(inner.journalled) >= ALIVE_EVERY_MS {
            inner.journalled = now.mono;
            self.journal.push([Record::Alive { at: inner.chronicle.written_at() }]);
        }
    }

    fn publish(&self, inner: &mut Inner, now: Moment, changes: &[BoothState], received: Option<Instant>) {
        let Inner { tracker, chronicle, journalled, .. } = inner;
        let lines: Vec<Transition> = chronicle.note(now, changes, || tracker.observations());
        if !lines.is_empty() {
            *journalled = now.mono;
            self.journal.push(lines.into_iter().map(Record::Transition));
        }
        if !changes.is_empty() {
            self.audience.publish(changes, received);
        }
    }

    /// A panic elsewhere leaves the tracker whole: each of its steps is complete in itself.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[path = "live_tests.rs"]
mod tests;
