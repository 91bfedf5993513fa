//! What a board was promised, to be held against what was stored.

use crate::v2_session::Over;
use crate::v2_wire::EventName;
use std::collections::BTreeSet;
use std::time::Duration;

/// Everything that a board has noted of its own life.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    /// All events that it made.
    pub(crate) made: BTreeSet<EventName>,
    /// Those that the server said it had stored.
    pub(crate) acknowledged: BTreeSet<EventName>,
    /// From the making of an event to its acknowledgement, in the order of the acknowledgements.
    pub(crate) waited: Vec<Duration>,
    /// Those that wait for their acknowledgement.
    pub(crate) waiting: usize,
    /// Those that it had no room for.
    pub(crate) dropped: u32,
    /// How often it was told to try again later.
    pub(crate) refused: u32,
    /// Sessions that began.
    pub(crate) sessions: u32,
    /// Why those that ended did, or did not begin.
    pub(crate) ends: Vec<Over>,
    /// Seconds of sleep that it was told, and obeyed.
    pub(crate) slept_s: Option<u64>,
    /// What the server may never do.
    pub(crate) faults: Vec<String>,
}

impl Ledger {
    /// How many events were acknowledged so far.
    pub(crate) fn acknowledged(&self) -> usize {
        self.acknowledged.len()
    }
}

/// What became of the events of one or many boards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) acknowledged: usize,
    /// Acknowledged, and not stored.
    pub(crate) lost: usize,
    /// Stored more than once.
    pub(crate) doubled: usize,
    /// Stored, and never made.
    pub(crate) invented: usize,
}

impl Account {
    /// Holds a ledger against the rows of its board.
    pub(crate) fn of(ledger: &Ledger, stored: &[EventName]) -> Self {
        let once: BTreeSet<EventName> = stored.iter().copied().collect();
        Self {
            acknowledged: ledger.acknowledged.len(),
            lost: ledger.acknowledged.difference(&once).count(),
            doubled: stored.len() - once.len(),
            invented: once.difference(&ledger.made).count(),
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.invented += other.invented;
    }

    pub(crate) fn is_right(&self) -> bool {
        (self.lost, self.doubled, self.invented) == (0, 0, 0) && self.acknowledged > 0
    }
}

impl std::fmt::Display for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { acknowledged, lost, doubled, invented } = self;
        write!(f, "{acknowledged} acknowledged, {lost} lost, {doubled} doubled, {invented} invented")
    }
}
