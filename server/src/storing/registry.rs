//! Notices what was changed of the building, its boards and their keys, also by another program, and goes on with that.

use crate::building_copy::BuildingCopy;
use crate::building_memory::BuildingMemory;
use crate::building_now::BuildingNow;
use crate::clock::SystemClock;
use crate::hours_now::HoursNow;
use crate::live::Hub;
use entity::{Storage, StorageError};
use ingest::Live;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

const LOOK_EVERY: Duration = Duration::from_secs(1);
/// So that a flood of unknown names is no flood of queries.
const LOOK_AT_MOST_EVERY: Duration = Duration::from_millis(20);

/// Keeps the building and its boards as the database has them, and the copy in the data folder with them: what was revoked must
/// stay so, also when the server starts without the database.
pub(crate) struct Follower {
    pub(crate) live: Arc<Live>,
    pub(crate) hub: Arc<Hub>,
    /// The version that all is of, if it is the database that has said so.
    pub(crate) known: Option<i64>,
    /// The building that is shown.
    pub(crate) memory: Arc<BuildingNow>,
    /// The site's clock, which everybody has.
    pub(crate) clock: SystemClock,
    /// When the site is served; none where it is, whatever the hours are.
    pub(crate) hours: Option<HoursNow>,
    /// Where the copy goes: the server that it is of, and the data folder. None for an embedded database.
    pub(crate) copied: Option<(String, PathBuf)>,
}

impl Follower {
    /// Looks again and again until `shutdown`. While the database is away, everything stays as it is.
    pub(crate) async fn run(mut self, storage: &Storage, shutdown: &CancellationToken) {
        let follow = async {
            loop {
                let _ = timeout(LOOK_EVERY, self.live.boards().wanted()).await;
                if let Err(error) = self.look(storage).await {
                    tracing::debug!(%error, "the building could not be looked at");
                }
                tokio::time::sleep(LOOK_AT_MOST_EVERY).await;
            }
        };
        let _: Option<()> = shutdown.run_until_cancelled(follow).await;
    }

    async fn look(&mut self, storage: &Storage) -> Result<(), StorageError> {
        if self.known == Some(storage.read_registry_version().await?) {
            self.live.boards().confirm();
            return Ok(());
        }
        let building = BuildingCopy::read(storage).await?;
        let version = building.registry_version;
        if let Some((server, data_dir)) = &self.copied {
            building.save(server, data_dir).await;
        }
        if !building.shows_the_same_as(&self.memory.get()) {
            self.show(building.memory);
        }
        // Last, for who has waited for it asks then.
        self.live.boards().update(&building.registry);
        tracing::info!(version, "the building, its boards and their keys were read again");
        self.known = Some(version);
        Ok(())
    }

    fn show(&self, memory: BuildingMemory) {
        let before = self.memory.get();
        if memory.site != before.site {
            self.follow_site(&memory);
        }
        let shown = self.memory.replace(memory);
        let layouts = shown.layouts();
        self.live.rearrange(&before.building, &shown.building, |states| self.hub.rearrange(layouts, states));
        tracing::info!("the building is shown as it is now");
    }

    /// The site's clock and hours. What makes no sense changes nothing: the next start will refuse it.
    fn follow_site(&self, memory: &BuildingMemory) {
        if let Err(error) = self.clock.set_zone(&memory.site.time_zone) {
            tracing::error!(%error, "the site's time zone is not known; its clock stays as it was");
        }
        match (&self.hours, memory.hours()) {
            (None, _) => {}
            (Some(_), Err(error)) => {
                tracing::error!(%error, "a holiday is no date; the service hours stay as they were");
            }
            (Some(hours), Ok(changed)) => {
                hours.set(changed.clone());
                self.live.set_hours(changed);
            }
        }
    }
}
