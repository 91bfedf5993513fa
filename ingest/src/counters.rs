//! What ingest has counted since the server started.

use crate::{FrameError, Histogram};
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

    /// Counts `amount` more.
    pub fn add(&self, amount: usize) {
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

    /// Says that it is so, or not.
    pub fn set(&self, value: bool) {
        self.0.store(value, Ordering::Relaxed);
    }
}

/// Declares the reasons of one kind, each with the short name that metrics show.
macro_rules! reasons {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// A short name for metrics.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
    };
}

reasons! {
    /// Why a connection was not served.
    Refusal {
        /// The listener holds as many connections as it may.
        Total = "total",
        /// This address holds as many unproven connections as it may.
        Address = "address",
        /// It does not speak v2, and its address may not speak anything older.
        NotAllowed = "not_allowed",
    }
}

reasons! {
    /// Why a board of v2 was refused before its session was open.
    HandshakeRefusal {
        /// Its first lines are malformed.
        Malformed = "malformed",
        /// Its first lines did not come in time.
        TooSlow = "too_slow",
        /// It does not have the key that it claims, or there is no such key.
        Auth = "auth",
        /// Its start counter is lower than it was.
        BootWentBack = "boot_went_back",
        /// Two of it displace each other all the time.
        Quarantine = "quarantine",
    }
}

reasons! {
    /// Why a line of an open v2 session was refused, which ends the session.
    LineRefusal {
        /// Longer than a line may be.
        TooLong = "too_long",
        /// No text, or not of the protocol.
        Malformed = "malformed",
        /// Not signed with the key of this session and direction.
        Mac = "mac",
        /// Not the next in its order.
        Order = "order",
    }
}

pub(crate) use reasons;

/// Frames of the dialects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DialectName {
    /// The first sketch.
    V0,
    /// The boards of 2016.
    V1,
    /// Boards that prove who they are.
    V2,
}

impl DialectName {
    /// Every dialect.
    pub const ALL: [Self; 3] = [Self::V0, Self::V1, Self::V2];

    /// A short name for metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V0 => "v0",
            Self::V1 => "v1",
            Self::V2 => "v2",
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
    /// Unproven connections that were ended to make room for others.
    pub connections_evicted: Counter,
    /// Sessions that ended by a panic. Anything but 0 is a bug.
    pub sessions_panicked: Counter,
    /// Sessions of v2 that were opened.
    pub handshakes: Counter,
    /// Sessions that a newer one of the same board has displaced.
    pub sessions_replaced: Counter,
    /// Readings taken.
    pub readings: Counter,
    /// Readings of booths that nobody watches.
    pub readings_unwatched: Counter,
    /// Readings of an older dialect, of booths whose boards prove who they are.
    pub readings_downgraded: Counter,
    /// Events that were acknowledged, each time that they were.
    pub acknowledged: Counter,
    /// Events that were not stored, each time that they came.
    pub not_acknowledged: Counter,
    /// Events that had been acknowledged before.
    pub events_repeated: Counter,
    /// Events that boards had to drop.
    pub events_missing: Counter,
    /// What had to be kept, whatever became of it.
    pub records_queued: Counter,
    /// What was safely on disk.
    pub records_kept: Counter,
    /// Given back: events that their boards send again.
    pub records_returned: Counter,
    /// Lost: the queue was full, or the server ended while the disk was away.
    pub records_lost: Counter,
    /// Times that the disk refused a group.
    pub journal_errors: Counter,
    /// Whether the disk has refused the newest group.
    pub journal_failing: Flag,
    /// From receipt to disk.
    pub durable: Histogram,
    frames: [Counter; DialectName::ALL.len()],
    refused: [Counter; Refusal::ALL.len()],
    dropped: [Counter; FrameError::ALL.len()],
    handshakes_refused: [Counter; HandshakeRefusal::ALL.len()],
    lines_refused: [Counter; LineRefusal::ALL.len()],
}

impl Counters {
    /// Good frames of this dialect: answers, pushes, or events.
    #[must_use]
    pub fn frames(&self, dialect: DialectName) -> u64 {
        self.frames[dialect as usize].get()
    }

    /// Connections refused for this reason.
    #[must_use]
    pub fn connections_refused(&self, reason: Refusal) -> u64 {
        self.refused[reason as usize].get()
    }

    /// Answers of boards of 2016 dropped for this reason.
    #[must_use]
    pub fn answers_dropped(&self, reason: FrameError) -> u64 {
        self.dropped[reason as usize].get()
    }

    /// Handshakes refused for this reason.
    #[must_use]
    pub fn handshakes_refused(&self, reason: HandshakeRefusal) -> u64 {
        self.handshakes_refused[reason as usize].get()
    }

    /// Lines of open sessions refused for this reason.
    #[must_use]
    pub fn lines_refused(&self, reason: LineRefusal) -> u64 {
        self.lines_refused[reason as usize].get()
    }

    /// Connections open now.
    #[must_use]
    pub fn connections_open(&self) -> u64 {
        self.connections_opened.get().saturating_sub(self.connections_closed.get())
    }

    /// What waits for the disk now.
    #[must_use]
    pub fn records_waiting(&self) -> u64 {
        let gone = self.records_kept.get() + self.records_returned.get() + self.records_lost.get();
        self.records_queued.get().saturating_sub(gone)
    }

    pub(crate) fn count_frame(&self, dialect: DialectName) {
        self.frames[dialect as usize].increment();
    }

    pub(crate) fn count_refused(&self, reason: Refusal) {
        self.refused[reason as usize].increment();
    }

    pub(crate) fn count_dropped(&self, reason: FrameError) {
        self.dropped[reason as usize].increment();
    }

    pub(crate) fn count_handshake_refused(&self, reason: HandshakeRefusal) {
        self.handshakes_refused[reason as usize].increment();
    }

    pub(crate) fn count_line_refused(&self, reason: LineRefusal) {
        self.lines_refused[reason as usize].increment();
    }
}
