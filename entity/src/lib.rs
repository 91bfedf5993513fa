//! Storage: the rows of DispoBox and the queries that ingest and server share.
//!
//! What goes in and comes out is `domain`'s; the row models stay inside. Every query has a deadline, and everything
//! that fails is a [`StorageError`]. Nothing here reads a clock: queries that depend on the time are told it.

mod account_sessions;
mod accounts;
mod alerts;
mod audit;
mod batch;
mod brewery;
mod building;
mod commands;
mod connect;
mod error;
mod events;
mod fleet;
mod history;
mod ids;
mod insert;
mod keys;
mod layouts;
mod models;
mod observation;
mod plan_files;
mod presence_rules;
mod registry;
mod samples;
mod screens;
mod sessions;
mod setup_links;
mod sites;
mod spool;
mod startup;
mod storage;
mod store;

pub use account_sessions::{AccountSession, EndSessions, NewSession};
pub use accounts::Credentials;
pub use alerts::AlertFilter;
pub use audit::AuditFilter;
pub use batch::Skipped;
pub use brewery::KeptPlant;
pub use building::Site;
pub use commands::KeptCommand;
pub use connect::ConnectSettings;
pub use error::StorageError;
pub use fleet::FleetBoard;
pub use keys::IssuedKey;
pub use layouts::{DraftEntry, DraftOrder, DueSchedule, FloorEntry, Wiring};
pub use plan_files::{KeptPlan, PlanKind};
pub use samples::BoardTrend;
pub use screens::KeptScreen;
pub use sessions::KeptSession;
pub use setup_links::LinkOwner;
pub use spool::{SetAside, Spool, SpoolBatch, SpoolDepth, SpoolSettings, SpooledGroup};
pub use startup::Closed;
pub use storage::Storage;
pub use store::{StoreOutcome, Stored};
