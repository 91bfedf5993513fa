//! What has to be kept, in the order in which it happened.

use crate::{BoardEvent, BoardSession, BoardSessionEnd, Transition, UtcMs};
use serde::{Deserialize, Serialize};

/// One thing to keep. Written as JSON into the spool, where a later version may find it: variants and fields may be
/// added, never renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// A board's event.
    Event(BoardEvent),
    /// A booth is known differently.
    Transition(Transition),
    /// A board's session has begun.
    SessionStarted(BoardSession),
    /// A board's session is over.
    SessionEnded(BoardSessionEnd),
    /// A server has started that could not ask what was kept before. What its predecessor has left open ended when that was
    /// last alive.
    Started {
        /// When.
        at: UtcMs,
    },
    /// The server was alive.
    Alive {
        /// When.
        at: UtcMs,
    },
}
