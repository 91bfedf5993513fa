//! What ingest has counted since the server started.

use crate::FrameError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A number that only rises.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// The count so far.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn add(&self, amount: usize) {
        self.0.fetch_add(amount as u64, Ordering::Relaxed);
    }

    pub(crate) fn increment(&self) {
        self.add(1);
    }
}

/// Something that is so or not so.
#[derive(Debug, Default)]
pub struct Flag(AtomicBool);

impl Flag {
    /// Whether it is so now.
    #[must_use]
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn set(&self, value: bool) {
        self.0.store(value, Ordering::Relaxed);
    }
}

/// Why a connection was not served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The listener holds as many connections as it may.
    #[error("too many connections")]
    Total,
    /// This address holds as many connections as it may.
    #[error("too many connections from this address")]
    Address,
    /// It does not speak v2, and its address may not speak anything older.
    #[error("v1 is not allowed for this address")]
    NotAllowed,
}

impl Refusal {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Total, Self::Address, Self::NotAllowed];

    /// A short name for metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Address => "address",
            Self::NotAllowed => "not_allowed",
        }
    }
}

/// All counters of ingest.
#[derive(Debug, Default)]
pub struct Counters {
    /// Connections that were accepted.
    pub connections_opened: Counter,
    /// Connections that have ended; the difference is what is open.
    pub connections_closed: Counter,
    /// Sessions that ended by a panic. Anything but 0 is a bug.
    pub sessions_panicked: Counter,
    /// Answers whose readings were taken.
    pub answers_good: Counter,
    /// Readings taken.
    pub readings: Counter,
    /// Readings of booths that nobody watches.
    pub readings_unwatched: Counter,
    /// Transitions made, whatever became of them.
    pub transitions_queued: Counter,
    /// Transitions stored.
    pub transitions_stored: Counter,
    /// Transitions lost: the queue was full, or the server ended while storage was away.
    pub transitions_dropped: Counter,
    /// Times that storage refused a batch.
    pub storage_errors: Counter,
    /// Whether storage has refused the newest batch, which is kept and tried again.
    pub storage_failing: Flag,
    refused: [Counter; Refusal::ALL.len()],
    dropped: [Counter; FrameError::ALL.len()],
}

impl Counters {
    /// Connections refused for this reason.
    #[must_use]
    pub fn connections_refused(&self, reason: Refusal) -> u64 {
        self.refused[reason as usize].get()
    }

    /// Answers dropped for this reason.
    #[must_use]
    pub fn answers_dropped(&self, reason: FrameError) -> u64 {
        self.dropped[reason as usize].get()
    }

    /// Connections open now.
    #[must_use]
    pub fn connections_open(&self) -> u64 {
        self.connections_opened.get().saturating_sub(self.connections_closed.get())
    }

    /// Transitions that wait for storage now.
    #[must_use]
    pub fn transitions_waiting(&self) -> u64 {
        let gone = self.transitions_stored.get() + self.transitions_dropped.get();
        self.transitions_queued.get().saturating_sub(gone)
    }

    pub(crate) fn count_refused(&self, reason: Refusal) {
        self.refused[reason as usize].increment();
    }

    pub(crate) fn count_dropped(&self, reason: FrameError) {
        self.dropped[reason as usize].increment();
    }
}
