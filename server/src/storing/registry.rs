//! Notices boards and keys that were made, rotated or revoked, also by another program.

use crate::building_copy::BuildingCopy;
use crate::building_memory::BuildingMemory;
use entity::{Storage, StorageError};
use ingest::Boards;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

const LOOK_EVERY: Duration = Duration::from_secs(1);
/// So that a flood of unknown names is no flood of queries.
const LOOK_AT_MOST_EVERY: Duration = Duration::from_millis(20);

/// Keeps the boards as the database has them, and the copy in the data folder with them: what was revoked must stay so,
/// also when the server starts without the database.
pub(crate) struct Follower {
    pub(crate) boards: Arc<Boards>,
    /// The version that they are of, if it is the database that has said so.
    pub(crate) known: Option<i64>,
    /// The building that is shown.
    pub(crate) memory: Arc<BuildingMemory>,
    /// Where the copy goes: the server that it is of, and the data folder. None for an embedded database.
    pub(crate) copied: Option<(String, PathBuf)>,
}

impl Follower {
    /// Looks again and again until `shutdown`. While the database is away, everything stays as it is.
    pub(crate) async fn run(mut self, storage: &Storage, shutdown: &CancellationToken) {
        let follow = async {
            loop {
                let _ = timeout(LOOK_EVERY, self.boards.wanted()).await;
                if let Err(error) = self.look(storage).await {
                    tracing::debug!(%error, "the boards could not be looked at");
                }
                tokio::time::sleep(LOOK_AT_MOST_EVERY).await;
            }
        };
        let _: Option<()> = shutdown.run_until_cancelled(follow).await;
    }

    async fn look(&mut self, storage: &Storage) -> Result<(), StorageError> {
        if self.known == Some(storage.read_registry_version().await?) {
            self.boards.confirm();
            return Ok(());
        }
        let building = BuildingCopy::read(storage).await?;
        self.boards.update(&building.registry);
        let version = building.registry_version;
        tracing::info!(version, "the boards and their keys were read again");
        if !building.shows_the_same_as(&self.memory) {
            tracing::warn!("the building in the database is not the one that is shown; a restart is needed to show it");
        }
        if let Some((server, data_dir)) = &self.copied {
            building.save(server, data_dir).await;
        }
        self.known = Some(version);
        Ok(())
    }
}
