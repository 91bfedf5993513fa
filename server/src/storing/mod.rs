//! From ingest to the main database: a spool on the local disk, emptied behind ingest's back; and back from the database,
//! which boards and keys there are.

mod awaiting;
mod drain;
mod opening;
mod registry;
mod retention;
mod spool;

pub(crate) use drain::{Drain, DrainState};
pub(crate) use opening::{Opened, Past, open};
pub(crate) use registry::Follower;
pub(crate) use retention::forget_old_events;
pub(crate) use spool::SpoolJournal;
