//! From a URL to connection pools.

use crate::StorageError;
use sea_orm::sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::sqlx::{self, ConnectOptions, Connection, Executor};
use sea_orm::{DatabaseConnection, SqlxMySqlConnector, SqlxSqliteConnector};
use std::time::Duration;
use tokio::time::timeout;

/// Limits of one storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectSettings {
    /// Connections of the pool; on SQLite of the read pool, beside the one connection that writes.
    pub connections_max: u32,
    /// How long opening the database may take.
    pub connect_timeout_ms: u64,
    /// How long a query may wait for a connection of the pool; shorter than `deadline_ms`.
    pub acquire_timeout_ms: u64,
    /// How long each call may take in all.
    pub deadline_ms: u64,
}

impl Default for ConnectSettings {
    fn default() -> Self {
        Self { connections_max: 4, connect_timeout_ms: 3_000, acquire_timeout_ms: 3_000, deadline_ms: 5_000 }
    }
}

/// The pools of one storage; on MySQL both are the same.
pub(crate) struct Pools {
    pub(crate) write: DatabaseConnection,
    pub(crate) read: DatabaseConnection,
}

pub(crate) async fn open(url: &str, settings: ConnectSettings) -> Result<Pools, StorageError> {
    let connect_timeout = Duration::from_millis(settings.connect_timeout_ms);
    let opening = async {
        match url.split_once(':') {
            Some(("sqlite", rest)) => open_sqlite(rest.strip_prefix("//").unwrap_or(rest), settings).await,
            Some(("mysql", _)) => open_mysql(url, settings).await,
            other => Err(StorageError::UnknownScheme { scheme: other.map_or("", |(scheme, _)| scheme).to_owned() }),
        }
    };
    let too_slow = |_| StorageError::Timeout { what: "connecting", after_ms: settings.connect_timeout_ms };
    timeout(connect_timeout, opening).await.map_err(too_slow)?
}

/// The path is taken as it is, without escapes or parameters, so that any path a person can type works.
async fn open_sqlite(path: &str, settings: ConnectSettings) -> Result<Pools, StorageError> {
    let refuse = |reason: String| StorageError::Open { target: path.to_owned(), reason };
    if path.is_empty() || path == ":memory:" {
        return Err(refuse("a file is needed".to_owned()));
    }
    if path.contains('?') {
        return Err(refuse("parameters after a question mark are not understood".to_owned()));
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // A lock that stays is reported as such, before the deadline hides the reason.
        .busy_timeout(Duration::from_millis(settings.deadline_ms / 2));
    let writing = options.clone().create_if_missing(true);
    let write = sqlite_pool(1, settings).connect_with(writing).await.map_err(|error| refuse(reason(&error)))?;
    let read = sqlite_pool(settings.connections_max, settings).connect_lazy_with(options.pragma("query_only", "on"));
    Ok(Pools {
        write: SqlxSqliteConnector::from_sqlx_sqlite_pool(write),
        read: SqlxSqliteConnector::from_sqlx_sqlite_pool(read),
    })
}

/// Where SQLite finds the disk full, it ends the transaction by itself. The driver does not notice: for it the connection
/// stays in a transaction, and what is done on it later may be in one that nobody ever commits. So it is thrown away.
fn sqlite_pool(connections_max: u32, settings: ConnectSettings) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }))
        .max_connections(connections_max)
        .acquire_timeout(Duration::from_millis(settings.acquire_timeout_ms))
        .idle_timeout(None)
        .max_lifetime(None)
}

/// Logs in once before the pool is made: a pool keeps trying when nobody listens and then says only that it waited.
async fn open_mysql(url: &str, settings: ConnectSettings) -> Result<Pools, StorageError> {
    let options = mysql_options(url)?;
    let refuse = |error: sqlx::Error| refuse_mysql(url, &error);
    options.connect().await.map_err(refuse)?.close().await.map_err(refuse)?;
    Ok(mysql_pools(options, settings))
}

/// Pools of a server that need not be there: whoever wants a connection waits for it, up to the limit.
pub(crate) fn await_mysql(url: &str, settings: ConnectSettings) -> Result<Pools, StorageError> {
    Ok(mysql_pools(mysql_options(url)?, settings))
}

fn mysql_options(url: &str) -> Result<MySqlConnectOptions, StorageError> {
    let options: MySqlConnectOptions = url.parse().map_err(|error| refuse_mysql(url, &error))?;
    Ok(options.charset("utf8mb4"))
}

fn refuse_mysql(url: &str, error: &sqlx::Error) -> StorageError {
    let (target, reason) = (mask_password(url), reason(error));
    match error {
        sqlx::Error::Io(_) => StorageError::Unreachable { target, reason },
        _ => StorageError::Open { target, reason },
    }
}

fn mysql_pools(options: MySqlConnectOptions, settings: ConnectSettings) -> Pools {
    let session = format!(
        "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'), innodb_lock_wait_timeout = {}",
        settings.deadline_ms.div_ceil(1_000).max(1)
    );
    let pool = MySqlPoolOptions::new()
        .max_connections(settings.connections_max)
        .acquire_timeout(Duration::from_millis(settings.acquire_timeout_ms))
        .after_connect(move |connection, _| {
            let session = session.clone();
            Box::pin(async move { connection.execute(sqlx::AssertSqlSafe(session)).await.map(|_| ()) })
        })
        .connect_lazy_with(options);
    let pool = SqlxMySqlConnector::from_sqlx_mysql_pool(pool);
    Pools { write: pool.clone(), read: pool }
}

/// What the database itself said, without the wrapping.
fn reason(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        sqlx::Error::Io(error) => error.to_string(),
        other => other.to_string(),
    }
}

/// The URL with three stars for its password. Looks for the last `@`, since a password may hold an unescaped one.
fn mask_password(url: &str) -> String {
    let masked = || {
        let (scheme, rest) = url.split_once("://")?;
        let (login, place) = rest.rsplit_once('@')?;
        let (user, _) = login.split_once(':')?;
        Some(format!("{scheme}://{user}:***@{place}"))
    };
    masked().unwrap_or_else(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::mask_password;

    #[test]
    fn passwords_are_masked() {
        let cases = [
            ("mysql://root@127.0.0.1:3307/", "mysql://root@127.0.0.1:3307/"),
            ("mysql://ann:secret@db/dispobox", "mysql://ann:***@db/dispobox"),
            ("mysql://ann:se:c@re/t@db/dispobox", "mysql://ann:***@db/dispobox"),
            ("mysql://ann:@db/dispobox", "mysql://ann:***@db/dispobox"),
            ("mysql://db/dispobox", "mysql://db/dispobox"),
        ];
        for (url, masked) in cases {
            assert_eq!(mask_password(url), masked);
        }
    }
}
