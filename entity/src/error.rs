//! What can go wrong with storage.

use domain::{AccountId, AccountName, BoardId, BoothNumber, FloorNumber, ScreenId};
use sea_orm::{DbErr, sqlx};
use std::fmt::Display;

/// Why storage did not do what it was asked. Its texts are for logs, not for browsers; none holds a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The database cannot be opened: no such folder, not a database, access denied. It will not get better by itself.
    #[error("cannot open the database {target}: {reason}")]
    Open {
        /// The file, or the URL without its password.
        target: String,
        /// What the database or the system said.
        reason: String,
    },
    /// There is no way to the database, for now: nobody listens, the host is gone, the connection broke.
    #[error("cannot reach the database {target}: {reason}")]
    Unreachable {
        /// The URL without its password.
        target: String,
        /// What the system said.
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
    /// There is no such booth.
    #[error("unknown booth {booth}")]
    UnknownBooth {
        /// Its number.
        booth: BoothNumber,
    },
    /// There is no such board, or it has no key.
    #[error("unknown board {board}, or it has no key")]
    UnknownBoard {
        /// Its name.
        board: BoardId,
    },
    /// The board never had this version of its key.
    #[error("board {board} has no key of version {version}")]
    UnknownKey {
        /// The board.
        board: BoardId,
        /// The version.
        version: u8,
    },
    /// The board has had all 255 versions of its key. It has to get another name.
    #[error("board {board} has had every version of its key")]
    KeysExhausted {
        /// The board.
        board: BoardId,
    },
    /// A board of this name has a key, or had one.
    #[error("there is a board {board} already")]
    BoardTaken {
        /// The board.
        board: BoardId,
    },
    /// A board that still watches booths cannot be retired.
    #[error("board {board} still watches booths")]
    BoardWired {
        /// The board.
        board: BoardId,
    },
    /// So many commands wait for the board already.
    #[error("{waiting} commands wait for board {board} already")]
    CommandsWaiting {
        /// The board.
        board: BoardId,
        /// How many.
        waiting: u64,
    },
    /// There is no such account.
    #[error("unknown account {}", .id.0)]
    UnknownAccount {
        /// Its row.
        id: AccountId,
    },
    /// Another account has this name.
    #[error("the name {name} is taken")]
    AccountNameTaken {
        /// The name.
        name: AccountName,
    },
    /// Nobody could give rights to others any more.
    #[error("this is the last administrator")]
    LastAdmin,
    /// The one-time link was used, is too old, or never was.
    #[error("this link does not hold any more")]
    LinkOver,
    /// There is no such floor.
    #[error("unknown floor {floor}")]
    UnknownFloor {
        /// Its number.
        floor: FloorNumber,
    },
    /// A building needs a floor.
    #[error("this is the last floor")]
    LastFloor,
    /// Another floor has this number.
    #[error("there is a floor {floor} already")]
    FloorTaken {
        /// The number.
        floor: FloorNumber,
    },
    /// The floor has never had this version.
    #[error("floor {floor} has no version {version}")]
    UnknownVersion {
        /// The floor.
        floor: FloorNumber,
        /// The version.
        version: u32,
    },
    /// There is no such plan.
    #[error("unknown plan {sha}")]
    UnknownPlan {
        /// By what it was called.
        sha: String,
    },
    /// There is no such scheduled publication, or not any more.
    #[error("unknown scheduled publication {id}")]
    UnknownSchedule {
        /// Its row.
        id: i32,
    },
    /// A draft would have to be written over.
    #[error("there is a draft of floor {floor} already")]
    DraftInTheWay {
        /// The floor.
        floor: FloorNumber,
    },
    /// Somebody has seen to this incident already.
    #[error("somebody has seen to this alert already")]
    AlertSeen,
    /// There is no such screen, or not any more.
    #[error("unknown screen {}", .id.0)]
    UnknownScreen {
        /// Its row.
        id: ScreenId,
    },
    /// The spool has no room before some of it has been taken over. Nothing of the call was kept.
    #[error("the spool is full: more than {bytes_max} bytes would wait in it")]
    SpoolFull {
        /// How much may wait.
        bytes_max: u64,
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
    /// Whether the database gave no answer at all, neither good nor bad: it is away, frozen, or too busy.
    #[must_use]
    pub fn is_silence(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Timeout { .. })
    }

    /// Whether the same call may succeed later: the database was slow, busy, away or full.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.is_silence() || matches!(self, Self::Database { .. } | Self::SpoolFull { .. })
    }
}

/// What ends a query early: an error that is already ours, or one that has yet to be told what was being done.
#[derive(Debug)]
pub(crate) enum Failure {
    Database(DbErr),
    Driver(sqlx::Error),
    Storage(StorageError),
}

impl Failure {
    /// The error to show, when `what` was being done.
    pub(crate) fn explain(self, what: &'static str) -> StorageError {
        match self {
            Self::Storage(error) => error,
            Self::Database(error) => StorageError::Database { what, message: error.to_string() },
            Self::Driver(error) => StorageError::Database { what, message: error.to_string() },
        }
    }
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Driver(error)
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
