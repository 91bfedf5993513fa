//! What a board tells of itself, and how each of its events is named.

use crate::{BoardId, UtcMs};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Names an event of a board: how often the board had been started, and the number of the event since. Ordered by age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventId {
    /// Cold starts of the board so far.
    pub boot: u32,
    /// Events since that start.
    pub n: u32,
}

impl EventId {
    /// Before the first event of a board that was never heard of.
    pub const NONE: Self = Self { boot: 0, n: 0 };
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.boot, self.n)
    }
}

/// No event id: `7.42` is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an event id is two numbers with a point between them, such as 7.42")]
pub struct EventIdError;

impl FromStr for EventId {
    type Err = EventIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (boot, n) = text.split_once('.').ok_or(EventIdError)?;
        let (boot, n) = (boot.parse().map_err(|_| EventIdError)?, n.parse().map_err(|_| EventIdError)?);
        Ok(Self { boot, n })
    }
}

/// What one channel of a board senses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChannelReport {
    /// Whether the sensor is high at this instant.
    pub high: bool,
    /// High samples of the board's window.
    pub high_samples: u16,
}

/// One event of a board: what its channels sensed, and how it was itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardEvent {
    /// The board.
    pub board: BoardId,
    /// Counts the times that the board's numbering was allowed to begin anew. With `id` it names the event for ever.
    pub era: u32,
    /// Its name.
    pub id: EventId,
    /// When it happened: when it was received, less its age.
    pub at: UtcMs,
    /// When it was received.
    pub received_at: UtcMs,
    /// What the channels sensed, from channel 0.
    pub channels: Vec<ChannelReport>,
    /// Battery, in millivolts.
    pub battery_mv: u16,
    /// Strength of the radio signal, in dBm: -67.
    pub rssi_dbm: i16,
    /// Seconds since the board woke up.
    pub up_s: u32,
    /// Older events that the board had to drop before this one.
    pub gap: u32,
}

/// A board has proven who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardSession {
    /// The board.
    pub board: BoardId,
    /// When it did. With the board it names the session.
    pub started_at: UtcMs,
    /// Cold starts of the board so far.
    pub boot: u32,
    /// The version of the key that it used.
    pub key_version: u8,
    /// Its firmware, as it calls it; at most 16 characters.
    pub firmware: String,
    /// Why it was last reset, in a word of its own; at most 16 characters.
    pub reset_reason: String,
    /// How many channels it has.
    pub channels: u8,
    /// The address it spoke from.
    pub peer: String,
}

/// A board's session is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardSessionEnd {
    /// The board.
    pub board: BoardId,
    /// The session, by its start.
    pub started_at: UtcMs,
    /// When it ended.
    pub ended_at: UtcMs,
    /// Why, in a word: `closed`, `silent`, `asleep`; at most 16 characters.
    pub reason: String,
    /// Until when the board sleeps, if it went for that.
    #[serde(default)]
    pub asleep_until_at: Option<UtcMs>,
    /// Its battery as it went to sleep, in millivolts, if it has said.
    #[serde(default)]
    pub battery_mv: Option<u16>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_ids() {
        for (text, expect) in [("7.42", Some((7, 42))), ("0.0", Some((0, 0))), ("4294967295.1", Some((u32::MAX, 1)))] {
            let expect = expect.map(|(boot, n)| EventId { boot, n });
            assert_eq!(text.parse().ok(), expect, "{text}");
            assert_eq!(expect.map(|id: EventId| id.to_string()).as_deref(), Some(text));
        }
        for text in ["", "7", "7.", ".4", "7.4.2", "4294967296.1", "-1.2", "a.b"] {
            assert_eq!(text.parse::<EventId>(), Err(EventIdError), "{text}");
        }
        assert!(EventId { boot: 7, n: 42 } < EventId { boot: 8, n: 1 });
    }
}
