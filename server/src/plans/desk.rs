//! Where administrators draw plans up: from the database, and into the building that is shown.

use super::presence::Presence;
use super::upload::find_lines;
use crate::building_now::BuildingNow;
use crate::clock::utc_now;
use app::backend::{DraftWish, PlanAnswer, PlanBackend, PlanError, PublishWish, Scheduling};
use domain::{EditPlans, FloorNumber, Holds, UtcMs};
use drafting::{
    Colleague, DraftRevision, DraftingTable, LayoutVersion, PastVersion, Publishing, SavedDraft, ScheduledEntry,
    VersionEntry,
};
use entity::{DraftOrder, Storage, StorageError};
use ingest::Live;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::Semaphore;

/// Letters of a version's name.
const NAME_MAX: usize = 80;
/// Nobody plans further ahead.
const AHEAD_MAX_MS: u64 = 366 * 24 * 3_600 * 1_000;
/// The floors of a building.
pub(super) const FLOORS: std::ops::RangeInclusive<i32> = -99..=999;
/// How often the building that is shown is looked at until it is the one that was published.
pub(super) const LOOKS_MAX: usize = 10;

/// The plan editor's side of the server.
pub(crate) struct PlanDesk {
    pub(super) storage: Storage,
    pub(super) memory: Arc<BuildingNow>,
    live: Arc<Live>,
    pub(super) presence: Presence,
    /// Files are read one by one.
    pub(super) reading: Arc<Semaphore>,
    /// Whether the site is open whatever its hours are.
    pub(super) is_always_open: bool,
}

impl PlanDesk {
    pub(crate) fn new(storage: Storage, memory: Arc<BuildingNow>, live: Arc<Live>, is_always_open: bool) -> Self {
        let reading = Arc::new(Semaphore::new(1));
        Self { storage, memory, live, presence: Presence::default(), reading, is_always_open }
    }

    /// Waits until everybody sees what was published, but not for long: it comes in any case.
    pub(crate) async fn follow(&self, floor: FloorNumber, version: u32) {
        let is_shown = || {
            let shown = self.memory.get();
            shown.building.floors.iter().any(|known| known.number == floor && known.version >= version)
        };
        for _ in 0..LOOKS_MAX {
            if is_shown() {
                return;
            }
            self.live.boards().look_again().await;
        }
        tracing::warn!(%floor, version, "what was published is not shown yet");
    }

    /// Has the building looked at, for something may have been published.
    pub(super) async fn live_look(&self) {
        self.live.boards().look_again().await;
    }

    async fn note_published(&self, floor: FloorNumber, publishing: &Publishing) {
        if let Publishing::Published { version, .. } = publishing {
            tracing::info!(%floor, version = version.0, "a layout was published");
            self.follow(floor, version.0).await;
        }
    }
}

/// The desk as pages get it.
pub(crate) struct SharedDesk(pub(crate) Arc<PlanDesk>);

impl PlanBackend for SharedDesk {
    fn read_table(&self, by: &Holds<EditPlans>, floor: FloorNumber) -> PlanAnswer<DraftingTable> {
        let (desk, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move {
            let mut table = desk.storage.read_drafting_table(&by, floor).await.map_err(explain)?;
            table.colleagues = add_present(table.colleagues, desk.presence.others(floor, by.actor(), Instant::now()));
            if table.sheet.lines.is_empty() {
                table.sheet.lines = find_lines(&desk, &table.sheet.plan).await;
            }
            Ok(table)
        })
    }

    fn note_editing(&self, by: &Holds<EditPlans>, floor: FloorNumber) -> PlanAnswer<Vec<Colleague>> {
        let (desk, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move {
            let table = desk.storage.read_drafting_table(&by, floor).await.map_err(explain)?;
            Ok(add_present(table.colleagues, desk.presence.note(floor, by.actor(), Instant::now())))
        })
    }

    fn save_draft(&self, by: &Holds<EditPlans>, wish: DraftWish) -> PlanAnswer<SavedDraft> {
        let (desk, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move {
            let DraftWish { floor, draft, plan } = wish;
            let order = DraftOrder { floor, draft, plan };
            desk.storage.save_draft(&by, &order, utc_now()).await.map_err(explain)
        })
    }

    fn discard_draft(&self, by: &Holds<EditPlans>, floor: FloorNumber, known: DraftRevision) -> PlanAnswer<SavedDraft> {
        let (desk, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move { desk.storage.discard_draft(&by, floor, known).await.map_err(explain) })
    }

    fn publish(&self, by: &Holds<EditPlans>, wish: PublishWish) -> PlanAnswer<Publishing> {
        let (desk, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move {
            let PublishWish { floor, revision, name, answers } = wish;
            let name = check_name(&name)?;
            let publish = desk.storage.publish_draft(&by, (floor, revision), name, answers.as_ref(), utc_now());
            let publishing = publish.await.map_err(explain)?;
            desk.note_published(floor, &publishing).await;
            Ok(publishing)
        })
    }

    fn list_versions(&self, by: &Holds<EditPlans>, floor: FloorNumber) -> PlanAnswer<Vec<VersionEntry>> {
        let (desk, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move { desk.storage.list_versions(&by, floor).await.map_err(explain) })
    }

    fn read_version(
        &self,
        by: &Holds<EditPlans>,
        floor: FloorNumber,
        version: LayoutVersion,
    ) -> PlanAnswer<PastVersion> {
        let (desk, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move { desk.storage.read_version(&by, floor, version).await.map_err(explain) })
    }

    fn restore(
        &self,
        by: &Holds<EditPlans>,
        floor: FloorNumber,
        version: LayoutVersion,
        name: String,
    ) -> PlanAnswer<Publishing> {
        let (desk, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move {
            let name = check_name(&name)?;
            let restore = desk.storage.restore_version(&by, (floor, version), name, utc_now());
            let publishing = restore.await.map_err(explain)?;
            desk.note_published(floor, &publishing).await;
            Ok(publishing)
        })
    }

    fn schedule(&self, by: &Holds<EditPlans>, wish: PublishWish, due_at: UtcMs) -> PlanAnswer<Scheduling> {
        let (desk, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move {
            let PublishWish { floor, revision, name, .. } = wish;
            let (name, now) = (check_name(&name)?, utc_now());
            if due_at <= now || due_at.since(now) > AHEAD_MAX_MS {
                return Err(PlanError::BadTime);
            }
            let schedule = desk.storage.schedule_draft(&by, (floor, revision), (name, due_at), now);
            let scheduled = schedule.await.map_err(explain)?;
            Ok(scheduled.map_or_else(Scheduling::Not, |id| Scheduling::Waits { id }))
        })
    }

    fn list_schedules(&self, by: &Holds<EditPlans>, floor: FloorNumber) -> PlanAnswer<Vec<ScheduledEntry>> {
        let (desk, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move { desk.storage.list_schedules(&by, floor).await.map_err(explain) })
    }

    fn take_back(&self, by: &Holds<EditPlans>, id: i32) -> PlanAnswer<FloorNumber> {
        let (desk, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move { desk.storage.take_schedule_back(&by, id, utc_now()).await.map_err(explain) })
    }

    fn create_floor(&self, by: &Holds<EditPlans>, number: FloorNumber) -> PlanAnswer<()> {
        let (desk, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move {
            if !FLOORS.contains(&number.0) {
                return Err(PlanError::BadFloor);
            }
            desk.storage.create_floor(&by, (number, ""), utc_now()).await.map_err(explain)?;
            desk.follow(number, 1).await;
            Ok(())
        })
    }
}

/// Those who have drafts, and those who are there.
fn add_present(mut colleagues: Vec<Colleague>, present: Vec<String>) -> Vec<Colleague> {
    for name in present {
        match colleagues.iter_mut().find(|colleague| colleague.name == name) {
            Some(colleague) => colleague.is_here = true,
            None => colleagues.push(Colleague { name, saved_at: None, is_here: true }),
        }
    }
    colleagues
}

fn check_name(name: &str) -> Result<&str, PlanError> {
    let name = name.trim();
    let is_name = name.chars().count() <= NAME_MAX && !name.chars().any(char::is_control);
    if is_name { Ok(name) } else { Err(PlanError::BadName) }
}

/// What a page may know of an error; the log has the rest.
pub(super) fn explain(error: StorageError) -> PlanError {
    match error {
        StorageError::UnknownFloor { .. } => PlanError::UnknownFloor,
        StorageError::FloorTaken { .. } => PlanError::FloorTaken,
        StorageError::LastFloor => PlanError::LastFloor,
        StorageError::UnknownVersion { .. } => PlanError::UnknownVersion,
        StorageError::UnknownPlan { .. } => PlanError::UnknownPlan,
        StorageError::UnknownSchedule { .. } => PlanError::UnknownSchedule,
        StorageError::DraftInTheWay { .. } => PlanError::DraftInTheWay,
        error => {
            tracing::error!(%error, "a plan could not be drawn up");
            PlanError::Away
        }
    }
}
