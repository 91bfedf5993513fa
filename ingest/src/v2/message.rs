//! What the lines of v2 say.

use domain::{BoardId, ChannelReport, EventId, UtcMs};

/// Why a line cannot be understood or believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// It does not end in a MAC of 32 lower-case hexadecimal digits.
    #[error("no MAC at its end")]
    NoMac,
    /// Its MAC is not the one of this line, in this direction of this session.
    #[error("a wrong MAC")]
    WrongMac,
    /// This part of it is missing, misplaced or malformed.
    #[error("no valid {0}")]
    Malformed(&'static str),
}

/// The most channels of a board.
pub const CHANNELS_MAX: u8 = 8;

/// A board says who it claims to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// The board.
    pub board: BoardId,
    /// The version of the key that it will use.
    pub key_version: u8,
    /// Never the same twice.
    pub nonce: [u8; 16],
    /// Cold starts so far.
    pub boot: u32,
    /// Its channels, 1 to 8.
    pub channels: u8,
    /// Its firmware, 1 to 16 characters.
    pub firmware: String,
    /// Why it was last reset, in a word of 1 to 16 characters.
    pub reset_reason: String,
}

/// What a board writes once its session is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoardLine {
    /// `D`: an event.
    Report(Report),
    /// `R`: an answer to a command.
    Reply(Reply),
}

/// An event, as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Number of the line in its session, from 1.
    pub seq: u32,
    /// The event.
    pub event: EventId,
    /// How long ago it happened.
    pub age_ms: u32,
    /// What the channels sense, from channel 0.
    pub channels: Vec<ChannelReport>,
    /// Battery, in millivolts.
    pub battery_mv: u16,
    /// Strength of the radio signal, in dBm.
    pub rssi_dbm: i16,
    /// Seconds since it woke up.
    pub up_s: u32,
    /// Older events that it had to drop.
    pub gap: u32,
}

/// A board's answer to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Number of the command.
    pub k: u32,
    /// The word of its refusal, if it refuses.
    pub error: Option<String>,
    /// How long it will really sleep, if it says so.
    pub sleep_s: Option<u32>,
    /// Battery, in millivolts, if it says so.
    pub battery_mv: Option<u16>,
}

/// What a board can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Sleep for so many seconds.
    Sleep {
        /// At least 1.
        seconds: u32,
    },
    /// Report at least this often, and count over a window of this length.
    Configure {
        /// Seconds between reports.
        heartbeat_s: u16,
        /// Seconds of the window.
        window_s: u16,
    },
    /// Show which board it is, by its light.
    Identify,
    /// Start anew.
    Reboot,
    /// Take new firmware.
    Update {
        /// Where it lies.
        url: String,
        /// Its SHA-256.
        sha256: [u8; 32],
    },
}

/// What the server writes, as a board reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerLine {
    /// `CHAL`.
    Challenge {
        /// Never the same twice.
        nonce: [u8; 16],
    },
    /// `OK`: the session is open.
    Ok {
        /// The server's clock.
        now: UtcMs,
        /// Seconds between reports, at most.
        heartbeat_s: u16,
        /// Seconds of the window.
        window_s: u16,
        /// The newest event that is stored.
        last: EventId,
    },
    /// `A`: stored.
    Stored {
        /// The line.
        seq: u32,
        /// The event.
        event: EventId,
    },
    /// `N`: not stored.
    NotStored {
        /// The line.
        seq: u32,
        /// When to try again.
        retry_ms: u32,
    },
    /// `C`: do something.
    Command {
        /// Number of the command in its session, from 1.
        k: u32,
        /// What to do.
        command: Command,
    },
    /// `E`: the connection is closed. Unsigned.
    Refused {
        /// Why.
        code: u16,
    },
}
