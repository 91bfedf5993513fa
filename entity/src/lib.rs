//! Storage: the rows of DispoBox and the queries that ingest and server share.
//!
//! What goes in and comes out is `domain`'s; the row models stay inside. Every query has a deadline, and everything
//! that fails is a [`StorageError`]. Nothing here reads a clock: queries that depend on the time are told it.

mod building;
mod connect;
mod error;
mod history;
mod models;
mod observation;
mod startup;
mod storage;

pub use building::Site;
pub use connect::ConnectSettings;
pub use error::StorageError;
pub use storage::Storage;
