//! From the boards' bytes to the live state: the TCP side of DispoBox.
//!
//! ```text
//! listener -> session -> v1 poller, decoder      -> Live -> Audience (the screens)
//!                     -> v2 handshake, session          -> JournalQueue -> JournalWriter -> Journal (the disk)
//!                     -> v0 listener
//! ```
//!
//! Nothing here knows a database, a web page or the environment: the disk, the screens and the clock are traits.
//! The live state never waits for the disk, and no peer can end more than its own connection.

mod admission;
mod alerts;
mod board_report;
mod boards;
mod clock;
mod command_news;
mod counters;
mod dialect;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod fuzzing;
mod histogram;
mod journal;
mod listener;
mod live;
mod permission;
mod rate_limit;
mod serve;
mod session;
mod session_end;
mod session_log;
mod signal;
mod strangers;
mod v0;
mod v1;
pub mod v2;
mod wiring;
mod write;

#[cfg(test)]
mod testing;

pub use alerts::{Alert, Alerts};
pub use board_report::{BoardReport, BoardState, Vitals, VitalsReport};
pub use boards::Boards;
pub use clock::Clock;
pub use command_news::{CommandNews, CommandStep};
pub use counters::{Counter, Counters, DialectName, Flag, HandshakeRefusal, LineRefusal, Refusal};
pub use histogram::{Histogram, HistogramCounts};
pub use journal::{Journal, JournalQueue, JournalWriter, RECORDS_MAX, journal};
pub use live::{Audience, Live};
pub use permission::{AddressRange, AllowedPeers, AllowedPeersError};
pub use serve::{Settings, serve};
pub use session_end::SessionEnd;
pub use signal::Signal;
pub use strangers::{Stranger, Strangers};
pub use v1::{FRESH_FOR_MS, FrameError, SLEEP_S_MAX};
pub use wiring::SAMPLES_PER_S;
