//! One board as operators see it.

use domain::{BoardId, EventId, MonoMs, UtcMs};

/// How a board was when it was last heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vitals {
    /// When it was heard.
    pub heard_at: UtcMs,
    /// The same, on the steady clock.
    pub heard: MonoMs,
    /// Its firmware.
    pub firmware: String,
    /// Why it was last reset.
    pub reset_reason: String,
    /// Battery, strength of its signal, and seconds since it woke up; none before its first event.
    pub report: Option<VitalsReport>,
}

/// The part of a board's state that its events tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VitalsReport {
    /// Battery, in millivolts.
    pub battery_mv: u16,
    /// Strength of the radio signal, in dBm.
    pub rssi_dbm: i16,
    /// Seconds since it woke up.
    pub up_s: u32,
}

/// Where a board is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BoardState {
    /// It has a session.
    Online,
    /// It sleeps, as it was told.
    Asleep,
    /// It should be here, and is not.
    Late,
    /// It was not heard since the server started.
    Never,
    /// Two of its name displace each other.
    Quarantined,
}

impl BoardState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Online, Self::Asleep, Self::Late, Self::Never, Self::Quarantined];

    /// The word for it, in metrics and for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Asleep => "asleep",
            Self::Late => "late",
            Self::Never => "never",
            Self::Quarantined => "quarantined",
        }
    }
}

/// One board as operators see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardReport {
    /// The board.
    pub id: BoardId,
    /// Where it is.
    pub state: BoardState,
    /// The newest event that is kept.
    pub last: Option<EventId>,
    /// Until when it sleeps, if it does.
    pub asleep_until: Option<UtcMs>,
    /// How it was.
    pub vitals: Option<Vitals>,
    /// Its keys that are not revoked.
    pub key_versions: Vec<u8>,
    /// How often in the last minute a session of it has displaced another: more than once is strange.
    pub takeovers: usize,
}
