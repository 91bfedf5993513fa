//! What somebody should look at: kinds of incidents, and what each is about.

mod book;
mod detector;

pub use book::{Acknowledged, AlertBook, AlertLook, Incident};
pub use detector::{DetectorPast, FlapWatch, Stuck, list_stuck};

use crate::{BoardId, BoothNumber, FloorNumber};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Declares the kinds, each with its word for tables, metrics and addresses.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $word:literal,)*) => {
        /// What can be wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum AlertKind { $($(#[$doc])* $kind,)* }

        impl AlertKind {
            /// Every kind, in the order in which they are listed.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The word for it; at most 24 letters.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $word),* }
            }
        }
    };
}

kinds! {
    /// A board should be here, and is not.
    BoardLate = "board_late",
    /// A board's battery is nearly empty.
    BatteryLow = "battery_low",
    /// A board counts its starts anew: it was replaced, or is a copy.
    BootWentBack = "boot_went_back",
    /// Two boards of one name displace each other.
    Quarantine = "quarantine",
    /// A board still uses a key that was revoked.
    KeyRevoked = "key_revoked",
    /// Somebody who proves nothing speaks for a booth whose board proves who it is.
    Downgrade = "downgrade",
    /// Somebody says to be a board, and has no key that is known.
    UnknownBoard = "unknown_board",
    /// Somebody speaks the protocol of 2016 from where that is not allowed.
    OldProtocol = "old_protocol",
    /// A booth is free and occupied by turns, far too often for people.
    DetectorFlapping = "detector_flapping",
    /// A booth is occupied for longer than anybody sits in it.
    StuckOccupied = "stuck_occupied",
    /// A booth is never occupied, while its neighbours are.
    StuckFree = "stuck_free",
    /// The disk takes nothing more.
    DiskRefuses = "disk_refuses",
    /// What waits for the database has been waiting for long.
    SpoolBehind = "spool_behind",
    /// Something that had to be kept is lost.
    RecordsLost = "records_lost",
    /// The database does not answer.
    DatabaseAway = "database_away",
    /// The clock on the wall was set.
    ClockJump = "clock_jump",
    /// A plan was to be published at a time, and was not.
    PublicationFailed = "publication_failed",
}

impl AlertKind {
    /// How long it has to be so without a break before it is an incident. Most are one at once; what goes and comes by itself
    /// has as long as an incident has to be over.
    pub(super) const fn opens_after_ms(self, settle_ms: u64) -> u64 {
        match self {
            Self::BoardLate | Self::DatabaseAway => settle_ms,
            _ => 0,
        }
    }
}

impl fmt::Display for AlertKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AlertKind {
    type Err = AlertKeyError;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word).ok_or(AlertKeyError)
    }
}

/// What an incident is about. As a text: `system`, `board:board-1`, `booth:42`, `floor:4`; at most 32 letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlertSubject {
    /// The server, or what it stands on.
    System,
    /// A board.
    Board(BoardId),
    /// A booth.
    Booth(BoothNumber),
    /// A floor.
    Floor(FloorNumber),
}

/// No kind or subject of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this names no incident")]
pub struct AlertKeyError;

impl fmt::Display for AlertSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("system"),
            Self::Board(board) => write!(f, "board:{board}"),
            Self::Booth(booth) => write!(f, "booth:{booth}"),
            Self::Floor(floor) => write!(f, "floor:{floor}"),
        }
    }
}

impl FromStr for AlertSubject {
    type Err = AlertKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = match text.split_once(':') {
            None if text == "system" => Some(Self::System),
            Some(("board", name)) => name.parse().ok().map(Self::Board),
            Some(("booth", number)) => number.parse().ok().map(Self::Booth),
            Some(("floor", number)) => number.parse().ok().map(Self::Floor),
            _ => None,
        };
        known.ok_or(AlertKeyError)
    }
}

/// Names an incident while it is open: there is one at a time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AlertKey {
    /// What is wrong.
    pub kind: AlertKind,
    /// With what.
    pub subject: AlertSubject,
}

/// A battery below this is low, in millivolts: a lithium cell has about a tenth of its charge left.
pub const BATTERY_LOW_MV: u16 = 3_500;
/// One that was low is so until it has this again.
const BATTERY_WELL_MV: u16 = 3_600;

/// Whether a battery is low, that was `before`. Zero says that there is nothing to measure.
#[must_use]
pub const fn is_battery_low(before: bool, battery_mv: u16) -> bool {
    let limit = if before { BATTERY_WELL_MV } else { BATTERY_LOW_MV };
    battery_mv > 0 && battery_mv < limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back() {
        for kind in AlertKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
            assert!(kind.as_str().len() <= 24, "{kind}");
        }
        for text in ["system", "board:abcdefghijklmnopqrstuvwx", "booth:42", "floor:-1"] {
            let subject: AlertSubject = text.parse().expect("a subject");
            assert_eq!(subject.to_string(), text);
        }
        for text in ["", "sytem", "board:", "board:B", "booth:x", "floor:", "system:1"] {
            assert_eq!(text.parse::<AlertSubject>(), Err(AlertKeyError), "{text}");
        }
    }

    #[test]
    fn a_battery_at_the_limit_does_not_flicker() {
        let cases =
            [(false, 3_499, true), (false, 3_500, false), (true, 3_599, true), (true, 3_600, false), (true, 0, false)];
        for (before, battery_mv, low) in cases {
            assert_eq!(is_battery_low(before, battery_mv), low, "{before} {battery_mv}");
        }
    }
}
