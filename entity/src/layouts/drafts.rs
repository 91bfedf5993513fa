//! Drafts: one for each floor and account.

use super::floor_now::{FloorNow, decode_version, encode_version, find_floor, list_boards};
use crate::Storage;
use crate::error::{Failure, StorageError, corrupt};
use crate::models::layout_draft::{ActiveModel, Column, Entity, Model};
use crate::plan_files;
use domain::{Actor, EditPlans, FloorNumber, Holds, UtcMs};
use drafting::{Colleague, Draft, DraftRevision, DraftingTable, KeptDraft, Layout, PlanSha, SavedDraft};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Letters of the column.
const AUTHOR_MAX: usize = 64;

/// A draft that is to be saved.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftOrder {
    /// Of which floor.
    pub floor: FloorNumber,
    /// What it is, with the revision that is known of what is kept: 0 before the first.
    pub draft: Draft,
    /// The plan, where it is to be another one; the layout is then in its units.
    pub plan: Option<PlanSha>,
}

impl Storage {
    /// All that an editor of a floor begins with. Nobody of its `colleagues` is known to be there.
    ///
    /// # Errors
    /// `UnknownFloor`, `Corrupt`, `Timeout`, `Database`.
    pub async fn read_drafting_table(
        &self,
        by: &Holds<EditPlans>,
        floor: FloorNumber,
    ) -> Result<DraftingTable, StorageError> {
        self.within("reading what is drawn up of a floor", async {
            let read = self.begin_read().await?;
            let now = FloorNow::read(&read, floor).await?;
            let drafts = Entity::find().filter(Column::FloorId.eq(now.id)).order_by_asc(Column::Author).all(&read);
            let (own, others): (Vec<_>, Vec<_>) =
                drafts.await?.into_iter().partition(|row| row.account_id == account_of(by.actor()));
            let colleague =
                |row: Model| Colleague { name: row.author, saved_at: Some(UtcMs(row.saved_at)), is_here: false };
            let draft = match own.into_iter().next() {
                Some(row) => Some(keep(&read, row).await?),
                None => None,
            };
            Ok(DraftingTable {
                sheet: now.sheet(&read).await?,
                published: now.published,
                draft,
                numbers_elsewhere: now.numbers_elsewhere,
                wires_elsewhere: now.wires_elsewhere,
                boards: list_boards(&read).await?.into_values().collect(),
                colleagues: others.into_iter().map(colleague).collect(),
            })
        })
        .await
    }

    /// Saves a draft, unless another window of the same person has saved meanwhile: then nothing is written over.
    ///
    /// # Errors
    /// `UnknownFloor`, `UnknownPlan`; `UnknownVersion` when it was begun on one that is not yet; `Corrupt`, `Timeout`,
    /// `Database`.
    pub async fn save_draft(
        &self,
        by: &Holds<EditPlans>,
        order: &DraftOrder,
        now: UtcMs,
    ) -> Result<SavedDraft, StorageError> {
        self.within("saving a draft", async {
            let write = self.begin_write().await?;
            let floor = find_floor(&write, order.floor).await?;
            if order.draft.base > decode_version(floor.layout_version)? {
                let version = order.draft.base.0;
                return Err(StorageError::UnknownVersion { floor: order.floor, version }.into());
            }
            if let Some(sha) = &order.plan {
                plan_files::find(&write, sha.as_str()).await?;
            }
            let stored = find(&write, floor.id, by.actor()).await?;
            let revision = stored.as_ref().map_or(Ok(DraftRevision(0)), decode_revision)?;
            let saved = SavedDraft::judge(revision, order.draft.revision);
            let SavedDraft::Saved(revision) = saved else { return Ok(saved) };
            let row = encode(floor.id, by.actor(), order, revision, now)?;
            if stored.is_some() {
                Entity::update(row).exec(&write).await?;
            } else {
                Entity::insert(row).exec_without_returning(&write).await?;
            }
            write.commit().await?;
            Ok(saved)
        })
        .await
    }

    /// Throws one's draft away, if it is as it was when that was decided.
    ///
    /// # Errors
    /// `UnknownFloor`, `Corrupt`, `Timeout`, `Database`.
    pub async fn discard_draft(
        &self,
        by: &Holds<EditPlans>,
        floor: FloorNumber,
        revision: DraftRevision,
    ) -> Result<SavedDraft, StorageError> {
        self.within("throwing a draft away", async {
            let write = self.begin_write().await?;
            let floor = find_floor(&write, floor).await?;
            if let Some(row) = find(&write, floor.id, by.actor()).await? {
                let stored = decode_revision(&row)?;
                if stored != revision {
                    return Ok(SavedDraft::Behind(stored));
                }
                delete(&write, floor.id, by.actor()).await?;
                write.commit().await?;
            }
            Ok(SavedDraft::Saved(DraftRevision(0)))
        })
        .await
    }
}

/// Whoever works at the command line has a draft, too.
pub(super) fn account_of(actor: &Actor) -> i32 {
    actor.account.map_or(0, |account| account.0)
}

pub(super) fn author_of(actor: &Actor) -> String {
    actor.name.chars().take(AUTHOR_MAX).collect()
}

/// Whoever looks means to change it: until the transaction ends, nobody else does.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    floor_id: i32,
    by: &Actor,
) -> Result<Option<Model>, Failure> {
    Ok(Entity::find_by_id((floor_id, account_of(by))).lock_exclusive().one(connection).await?)
}

pub(super) async fn delete(write: &impl ConnectionTrait, floor_id: i32, by: &Actor) -> Result<(), Failure> {
    Entity::delete_by_id((floor_id, account_of(by))).exec(write).await?;
    Ok(())
}

pub(super) async fn insert(
    write: &impl ConnectionTrait,
    floor_id: i32,
    by: &Actor,
    order: &DraftOrder,
    now: UtcMs,
) -> Result<(), Failure> {
    let row = encode(floor_id, by, order, DraftRevision(1), now)?;
    Entity::insert(row).exec_without_returning(write).await?;
    Ok(())
}

fn encode(
    floor_id: i32,
    by: &Actor,
    order: &DraftOrder,
    revision: DraftRevision,
    now: UtcMs,
) -> Result<ActiveModel, StorageError> {
    Ok(ActiveModel {
        floor_id: Set(floor_id),
        account_id: Set(account_of(by)),
        author: Set(author_of(by)),
        base: Set(encode_version(order.draft.base)),
        revision: Set(i32::try_from(revision.0).unwrap_or(i32::MAX)),
        saved_at: Set(now.0),
        file_sha: Set(order.plan.clone().map(String::from)),
        layout: Set(write_layout(&order.draft.layout)?),
    })
}

pub(super) fn decode(row: &Model) -> Result<Draft, StorageError> {
    Ok(Draft { base: decode_version(row.base)?, revision: decode_revision(row)?, layout: read_layout(&row.layout)? })
}

async fn keep(read: &impl ConnectionTrait, row: Model) -> Result<KeptDraft, Failure> {
    let sheet = match &row.file_sha {
        Some(sha) => Some(plan_files::read_sheet(read, sha).await?),
        None => None,
    };
    Ok(KeptDraft { draft: decode(&row)?, sheet, saved_at: UtcMs(row.saved_at) })
}

fn decode_revision(row: &Model) -> Result<DraftRevision, StorageError> {
    row.revision.try_into().map(DraftRevision).map_err(|error| corrupt("layout_draft", &row.revision, &error))
}

pub(super) fn write_layout(layout: &Layout) -> Result<String, StorageError> {
    serde_json::to_string(layout).map_err(|error| corrupt("layout", &"to be written", &error))
}

pub(super) fn read_layout(text: &str) -> Result<Layout, StorageError> {
    serde_json::from_str(text).map_err(|error| corrupt("layout", &"kept", &error))
}
