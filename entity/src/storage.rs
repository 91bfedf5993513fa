//! The handle that queries hang on.

use crate::connect::{ConnectSettings, open};
use crate::error::{Failure, StorageError};
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use std::future::Future;
use std::time::Duration;

/// A database with its pools and deadlines. Cloning shares the pools; a second [`Storage::connect`] does not.
#[derive(Debug, Clone)]
pub struct Storage {
    write: DatabaseConnection,
    read: DatabaseConnection,
    settings: ConnectSettings,
}

impl Storage {
    /// Opens `sqlite://PATH` (`sqlite:///var/lib/x.db` is absolute, `sqlite://x.db` relative; the file is created
    /// when missing, its folder is not) or `mysql://USER:PASSWORD@HOST:PORT/DATABASE` (which must exist).
    ///
    /// SQLite runs in WAL mode with full synchronisation, one writing connection and a pool that can only read.
    ///
    /// # Errors
    /// `UnknownScheme`; `Open` when the database is there but not usable, or not there; `Timeout` when it does not
    /// answer. Nothing is overwritten.
    pub async fn connect(url: &str, settings: ConnectSettings) -> Result<Self, StorageError> {
        let pools = open(url, settings).await?;
        Ok(Self { write: pools.write, read: pools.read, settings })
    }

    /// The writing connection, for running the migrations and for nothing else: what is done on it has no deadline.
    #[must_use]
    pub fn connection(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Waits for running queries and closes the pools, also for clones of this handle.
    ///
    /// # Errors
    /// `Timeout` when queries do not end; the connections then end with the process.
    pub async fn close(self) -> Result<(), StorageError> {
        let closing = async {
            self.read.close_by_ref().await?;
            Ok(self.write.close_by_ref().await?)
        };
        self.within("closing", closing).await
    }

    /// Asks the database for nothing in particular.
    ///
    /// # Errors
    /// `Timeout` or `Database`.
    pub async fn check_health(&self) -> Result<(), StorageError> {
        self.within("checking health", async {
            let select = Statement::from_string(self.read.get_database_backend(), "select 1");
            self.read.query_one_raw(select).await?;
            Ok(())
        })
        .await
    }

    /// A transaction that sees one state of the database.
    pub(crate) async fn begin_read(&self) -> Result<DatabaseTransaction, DbErr> {
        self.read.begin().await
    }

    /// A transaction that writes. On SQLite it takes the write lock at once, since one that asks later can fail.
    pub(crate) async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
        self.write.begin_with_options(TransactionOptions { sqlite_transaction_mode, ..Default::default() }).await
    }

    /// Does `work` before the deadline, and says `what` was being done if it fails.
    pub(crate) async fn within<T>(
        &self,
        what: &'static str,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, StorageError> {
        let after_ms = self.settings.deadline_ms;
        match tokio::time::timeout(Duration::from_millis(after_ms), work).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(Failure::Storage(error))) => Err(error),
            Ok(Err(Failure::Database(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)))) => {
                Err(StorageError::Timeout { what, after_ms: self.settings.acquire_timeout_ms })
            }
            Ok(Err(Failure::Database(error))) => Err(StorageError::Database { what, message: error.to_string() }),
            Err(_) => Err(StorageError::Timeout { what, after_ms }),
        }
    }
}
