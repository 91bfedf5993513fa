//! Which database, and bringing it to this version's tables.

use crate::cli::StorageOptions;
use anyhow::Context;
use entity::{ConnectSettings, Storage};
use std::path::Path;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The embedded database's file in the data folder.
const EMBEDDED_FILE: &str = "dispobox.sqlite";
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

async fn migrate_tables(storage: &Storage) -> anyhow::Result<()> {
    use migration::MigratorTrait;
    migration::Migrator::up(storage.connection(), None).await.context("while bringing the tables to this version")
}

fn url(options: &StorageOptions) -> String {
    let embedded = || format!("sqlite://{}", options.data_dir.join(EMBEDDED_FILE).display());
    options.database_url.clone().unwrap_or_else(embedded)
}

fn make_data_dir(dir: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir).with_context(|| format!("while making the data folder {}", dir.display()))
}
