//! From the boards' bytes to the live state: the TCP side of DispoBox.
//!
//! ```text
//! listener -> session -> v1 poller -> decoder -> Live -> Audience (the screens)
//!                                                     -> HistoryQueue -> HistoryWriter -> HistoryStore
//! ```
//!
//! Nothing here knows a database, a web page or the environment: storage, screens and the clock are traits.
//! The live state never waits for storage, and no peer can end more than its own connection.

mod admission;
mod clock;
mod counters;
mod dialect;
mod history;
mod listener;
mod live;
mod permission;
mod rate_limit;
mod serve;
mod session;
mod v1;

#[cfg(test)]
mod testing;

pub use clock::Clock;
pub use counters::{Counter, Counters, Flag, Refusal};
pub use history::{HISTORY_MAX, HistoryQueue, HistoryStore, HistoryWriter, history};
pub use live::{Audience, Live};
pub use permission::{AddressRange, AllowedPeers, AllowedPeersError};
pub use serve::{Settings, serve};
pub use session::SessionEnd;
pub use v1::{FRESH_FOR_MS, FrameError, SLEEP_S_MAX};
