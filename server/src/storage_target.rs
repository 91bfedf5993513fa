//! Which database, and bringing it to this version's tables.

use crate::cli::StorageOptions;
use anyhow::Context;
use entity::{ConnectSettings, Storage, StorageError};
use std::path::Path;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The embedded database's file in the data folder.
const EMBEDDED_FILE: &str = "dispobox.sqlite";
/// How long it may take to find out which tables there are.
const LOOK_MAX: Duration = Duration::from_secs(5);
/// How long closing may take: the program has two seconds to end, and history's writer may have used one of them.
const CLOSE_MAX: Duration = Duration::from_millis(200);

/// Opens the database that the options name, and brings its tables to this version.
pub(crate) async fn open(options: &StorageOptions) -> anyhow::Result<Storage> {
    make_data_dir(&options.data_dir)?;
    let storage = connect(options).await?;
    migrate_tables(&storage).await?;
    Ok(storage)
}

/// Connects to the database that the options name, with connections of its own.
pub(crate) async fn connect(options: &StorageOptions) -> anyhow::Result<Storage> {
    Storage::connect(&url(options), ConnectSettings::default()).await.context("while opening the database")
}

/// Takes the database server that the options name for what it will be, when it does not answer yet.
pub(crate) fn await_server(options: &StorageOptions) -> anyhow::Result<Storage> {
    Storage::await_server(&url(options), ConnectSettings::default()).context("while opening the database")
}

/// The host and database, without the login, if the options name a server, which may be away, and not a file.
pub(crate) fn server_name(options: &StorageOptions) -> Option<String> {
    let rest = options.database_url.as_deref()?.strip_prefix("mysql://")?;
    Some(rest.rsplit_once('@').map_or(rest, |(_, place)| place).to_owned())
}

/// Closes databases, all at once; what does not close in time ends with the program.
pub(crate) async fn close(storages: impl IntoIterator<Item = Storage>) {
    let closing = futures_util::future::join_all(storages.into_iter().map(Storage::close));
    match tokio::time::timeout(CLOSE_MAX, closing).await {
        Ok(closed) => {
            for error in closed.into_iter().filter_map(Result::err) {
                tracing::warn!(%error, "the database was not closed in peace");
            }
        }
        Err(_) => tracing::warn!("the database does not close; its connections are dropped"),
    }
}

/// `dispobox migrate`.
///
/// # Errors
/// Also when `shutdown` comes before the database is up to date.
pub(crate) async fn migrate(options: &StorageOptions, shutdown: &CancellationToken) -> anyhow::Result<()> {
    let opened = shutdown.run_until_cancelled(open(options)).await;
    let storage = opened.context("stopped before the database was up to date")??;
    close([storage]).await;
    tracing::info!("the database is up to date");
    Ok(())
}

/// Brings the tables to this version; what there is to do may take long.
pub(crate) async fn migrate_tables(storage: &Storage) -> anyhow::Result<()> {
    use migration::{Migrator, MigratorTrait};
    let migrated = async {
        // Mostly there is nothing to do, and a database that falls silent now must not be waited for for ever.
        let pending = Migrator::get_pending_migrations_read_only(storage.connection());
        let pending = tokio::time::timeout(LOOK_MAX, pending).await.map_err(|_| StorageError::Timeout {
            what: "looking at the tables",
            after_ms: u64::try_from(LOOK_MAX.as_millis()).unwrap_or(u64::MAX),
        })??;
        if !pending.is_empty() {
            Migrator::up(storage.connection(), None).await?;
        }
        anyhow::Ok(())
    };
    migrated.await.context("while bringing the tables to this version")
}

fn url(options: &StorageOptions) -> String {
    let embedded = || format!("sqlite://{}", options.data_dir.join(EMBEDDED_FILE).display());
    options.database_url.clone().unwrap_or_else(embedded)
}

/// Makes the data folder when it is missing.
pub(crate) fn make_data_dir(dir: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir).with_context(|| format!("while making the data folder {}", dir.display()))
}
