//! Waits for a database that did not answer when the server started.

use crate::storage_target;
use entity::Storage;
use std::time::Duration;
use tokio::time::sleep;

const PAUSE: Duration = Duration::from_secs(1);

/// Returns once the database answers and its tables are those of this version, however long that takes.
pub(super) async fn await_database(storage: &Storage) {
    let mut said = String::new();
    while let Err(error) = make_ready(storage).await {
        let error = format!("{error:#}");
        // Each reason once: it may be refused where it was silent before, and that will not pass by itself.
        if error != said {
            tracing::warn!(error, "the database cannot be used yet");
            said = error;
        }
        sleep(PAUSE).await;
    }
    tracing::info!("the database is there; what waits in the spool is stored now");
}

async fn make_ready(storage: &Storage) -> anyhow::Result<()> {
    storage.check_health().await?;
    storage_target::migrate_tables(storage).await
}
