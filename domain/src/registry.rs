//! The boards that the server knows, and how they prove who they are.

use crate::{BoardId, BoothNumber, EventId};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// All boards, as read from storage at one time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Registry {
    /// The boards, by name.
    pub boards: Vec<RegisteredBoard>,
    /// The sensors of the boards of the very first sketch, which have no names.
    pub v0_wires: Vec<V0Wire>,
}

/// A board and its keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredBoard {
    /// Its name.
    pub id: BoardId,
    /// Counts the times that its numbering was allowed to begin anew.
    pub era: u32,
    /// Its keys, by version. A board that ever had one proves who it is; nobody else may speak for its booths.
    pub keys: Vec<BoardKey>,
    /// The newest event of its era that is stored.
    pub last: Option<EventId>,
    /// Seconds between its reports, where that is not as for all.
    #[serde(default)]
    pub heartbeat_s: Option<u16>,
}

/// One version of a board's key. The key itself is derived from the master secret and never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardKey {
    /// From 1.
    pub version: u8,
    /// Whether it is refused.
    pub revoked: bool,
}

/// A sensor of a board of the very first sketch: known by the address that it speaks from and the number that it sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct V0Wire {
    /// The board's address.
    pub address: IpAddr,
    /// The number that the board sends, 0 to 99.
    pub number: u8,
    /// What it looks at.
    pub booth: BoothNumber,
}
