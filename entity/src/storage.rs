//! The handle that queries hang on.

use crate::connect::{ConnectSettings, Pools, await_mysql, open};
use crate::error::{Failure, StorageError};
use crate::ids::KnownIds;
use crate::samples::KnownSamples;
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
    pub(crate) ids: KnownIds,
    pub(crate) samples: KnownSamples,
}

impl Storage {
    /// Opens `sqlite://PATH` (`sqlite:///var/lib/x.db` is absolute, `sqlite://x.db` relative; the file is created
    /// when missing, its folder is not) or `mysql://USER:PASSWORD@HOST:PORT/DATABASE` (which must exist).
    ///
    /// SQLite runs in WAL mode with full synchronisation, one writing connection and a pool that can only read.
    ///
    /// # Errors
    /// `UnknownScheme`; `Open` when the database is not usable, `Unreachable` when a server is not there, `Timeout` when
    /// it does not answer. Nothing is overwritten.
    pub async fn connect(url: &str, settings: ConnectSettings) -> Result<Self, StorageError> {
        Ok(Self::new(open(url, settings).await?, settings))
    }

    /// Takes a database server for what it may become: no connection is made before something is asked, which fails as long
    /// as nobody answers. To be called within a runtime.
    ///
    /// # Errors
    /// `UnknownScheme` for anything but `mysql`: a file is there or is not; `Open` when the URL makes no sense.
    pub fn await_server(url: &str, settings: ConnectSettings) -> Result<Self, StorageError> {
        match url.split_once(':') {
            Some(("mysql", _)) => Ok(Self::new(await_mysql(url, settings)?, settings)),
            other => Err(StorageError::UnknownScheme { scheme: other.map_or("", |(scheme, _)| scheme).to_owned() }),
        }
    }

    fn new(pools: Pools, settings: ConnectSettings) -> Self {
        Self {
            write: pools.write,
            read: pools.read,
            settings,
            ids: KnownIds::default(),
            samples: KnownSamples::default(),
        }
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

    /// Does `work` before the deadline, and says `what` was being done if it fails. Queries are many kilobytes of state,
    /// which are put in a place of their own, so that whoever asks stays small.
    pub(crate) fn within<T>(
        &self,
        what: &'static str,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> impl Future<Output = Result<T, StorageError>> {
        let ConnectSettings { acquire_timeout_ms, deadline_ms: after_ms, .. } = self.settings;
        let work = tokio::time::timeout(Duration::from_millis(after_ms), Box::pin(work));
        async move {
            match work.await {
                Ok(Ok(answer)) => Ok(answer),
                Ok(Err(Failure::Database(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)))) => {
                    Err(StorageError::Timeout { what, after_ms: acquire_timeout_ms })
                }
                Ok(Err(failure)) => Err(failure.explain(what)),
                Err(_) => Err(StorageError::Timeout { what, after_ms }),
            }
        }
    }
}
