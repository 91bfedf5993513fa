//! What can go wrong with storage.

use domain::BoothNumber;
use sea_orm::DbErr;
use std::fmt::Display;

/// Why storage did not do what it was asked. Its texts are for logs, not for browsers; none holds a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The database cannot be opened: no such folder, not a database, nobody listens, access denied.
    #[error("cannot open the database {target}: {reason}")]
    Open {
        /// The file, or the URL without its password.
        target: String,
        /// What the database or the system said.
        reason: String,
    },
    /// The URL names no database that is known here.
    #[error("unknown database scheme {scheme:?}: sqlite and mysql are known")]
    UnknownScheme {
        /// What stands before the first colon; empty when there is none.
        scheme: String,
    },
    /// No answer in time. A write may or may not have been done.
    #[error("{what}: no answer from the database after {after_ms} ms")]
    Timeout {
        /// What was being done.
        what: &'static str,
        /// How long was waited.
        after_ms: u64,
    },
    /// A row makes no sense, or one that must exist is missing.
    #[error("table {table}, row {key}: {reason}")]
    Corrupt {
        /// Its table.
        table: &'static str,
        /// Its number, name or id.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
    /// These booths do not exist. Everything else that came in the same call was stored: do not send it again.
    #[error("unknown booths: {}", list(booths))]
    UnknownBooths {
        /// Their numbers, each once, in rising order.
        booths: Vec<BoothNumber>,
    },
    /// The database refused.
    #[error("{what}: {message}")]
    Database {
        /// What was being done.
        what: &'static str,
        /// What it said.
        message: String,
    },
}

impl StorageError {
    /// Whether the same call may succeed later: the database was slow, busy or away.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Timeout { .. } | Self::Database { .. })
    }
}

fn list(booths: &[BoothNumber]) -> String {
    let numbers: Vec<_> = booths.iter().map(ToString::to_string).collect();
    numbers.join(", ")
}

/// What ends a query early: an error that is already ours, or one that has yet to be told what was being done.
#[derive(Debug)]
pub(crate) enum Failure {
    Database(DbErr),
    Storage(StorageError),
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// A row of `table` that makes no sense.
pub(crate) fn corrupt(table: &'static str, key: &dyn Display, reason: &dyn Display) -> StorageError {
    StorageError::Corrupt { table, key: key.to_string(), reason: reason.to_string() }
}
