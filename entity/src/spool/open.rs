//! From a path to a spool.

use super::recent::Recent;
use super::{Doubt, Spool, SpoolSettings, Waiting, Writer, groups};
use crate::StorageError;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, ConnectOptions, Executor, SqliteConnection};
use std::fs::File;
use std::path::Path;
use std::time::Duration;
use tokio::sync::Mutex;

/// What the write-ahead log shrinks to once its content is in the file.
const WAL_BYTES_MAX: &str = "4194304";

/// AUTOINCREMENT: a position is never given away twice, even when no group is left.
const SCHEMA: &str = "
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS spool (id INTEGER PRIMARY KEY CHECK (id = 1), source TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS spooled (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        appended_at INTEGER NOT NULL,
        records INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        payload TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS unreadable (
        position INTEGER PRIMARY KEY,
        appended_at INTEGER NOT NULL,
        reason TEXT NOT NULL,
        payload TEXT NOT NULL
    );
    INSERT INTO sqlite_sequence SELECT 'spooled', 0
        WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'spooled');
    COMMIT;";

impl Spool {
    /// Opens the file, which is created when missing; its folder is not. Counts what waits in it, which may take seconds
    /// when that is a great deal; there is no deadline.
    ///
    /// # Errors
    /// `Open` when it cannot be used, or another process uses it.
    pub async fn open(path: &Path, settings: SpoolSettings) -> Result<Self, StorageError> {
        let refuse = |reason: String| StorageError::Open { target: path.display().to_string(), reason };
        let lock = lock(path).map_err(refuse)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("journal_size_limit", WAL_BYTES_MAX)
            .busy_timeout(Duration::from_millis(settings.deadline_ms / 2));
        let connect = async {
            let mut connection = options.clone().create_if_missing(true).connect().await?;
            connection.execute(SCHEMA).await?;
            let confirmed = groups::read_sequence(&mut connection).await?;
            let depth = groups::count(&mut connection, 1, i64::MAX).await?;
            let waiting = Waiting { confirmed, depth, recent: Recent::after(confirmed) };
            let reader = options.pragma("query_only", "on").connect().await?;
            Ok((connection, reader, waiting))
        };
        let (mut connection, reader, waiting) =
            connect.await.map_err(|error: sqlx::Error| refuse(error.to_string()))?;
        let source = read_source(&mut connection).await.map_err(refuse)?;
        Ok(Self {
            source,
            settings,
            writer: Mutex::new(Writer { connection, doubt: Doubt::Nothing }),
            reader: Mutex::new(reader),
            waiting: std::sync::Mutex::new(waiting),
            _lock: lock,
        })
    }
}

/// A file beside the spool is locked, not the spool: closing a second handle to it would undo SQLite's own locks.
fn lock(path: &Path) -> Result<File, String> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file =
        File::options().create(true).truncate(false).write(true).open(name).map_err(|error| error.to_string())?;
    file.try_lock().map_err(|error| match error {
        std::fs::TryLockError::WouldBlock => "another process uses it".to_owned(),
        std::fs::TryLockError::Error(error) => error.to_string(),
    })?;
    Ok(file)
}

/// The name that the spool was given when it was made, which may be now.
async fn read_source(connection: &mut SqliteConnection) -> Result<String, String> {
    let new = make_source().map_err(|error| error.to_string())?;
    let name = async {
        sqlx::query("INSERT OR IGNORE INTO spool (id, source) VALUES (1, ?)")
            .bind(new)
            .execute(&mut *connection)
            .await?;
        sqlx::query_scalar("SELECT source FROM spool").fetch_one(connection).await
    };
    name.await.map_err(|error: sqlx::Error| error.to_string())
}

/// 128 random bits, written like a UUID.
fn make_source() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    let digits = format!("{:032x}", u128::from_be_bytes(bytes));
    let (a, b, c, d, e) = (&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]);
    Ok(format!("{a}-{b}-{c}-{d}-{e}"))
}
