//! Publications that wait for their time. Who has planned one has no draft meanwhile; taken back, it is a draft again.

use super::drafts::{self, DraftOrder, account_of, author_of, read_layout, write_layout};
use super::floor_now::{FloorNow, decode_version, encode_version, find_floor};
use super::publishing::{PublishOrder, publish};
use crate::Storage;
use crate::audit::{Audited, AuditedChange};
use crate::error::{Failure, StorageError, corrupt};
use crate::models::floor;
use crate::models::layout_schedule::{ActiveModel, Column, Entity, Model};
use crate::plan_files::decode_sha;
use domain::{AccountId, Actor, EditPlans, FloorNumber, Holds, UtcMs};
use drafting::{Draft, DraftRevision, Publishing, ScheduleProblem, ScheduledEntry};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

/// Letters of the column.
const NAME_MAX: usize = 80;

/// A publication whose time has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueSchedule {
    /// Which.
    pub id: i32,
    /// Whose right it needs; none of the command line's.
    pub account: Option<AccountId>,
}

/// What the log says of one.
#[derive(Serialize)]
struct Planned<'a> {
    name: &'a str,
    due_at: UtcMs,
}

impl Storage {
    /// Lets one's own draft wait for its time. Returns what there is to say instead, if it does not: `Behind`, `NoDraft`.
    ///
    /// # Errors
    /// `UnknownFloor`, `Corrupt`, `Timeout`, `Database`.
    pub async fn schedule_draft(
        &self,
        by: &Holds<EditPlans>,
        (floor, revision): (FloorNumber, DraftRevision),
        (name, due_at): (&str, UtcMs),
        now: UtcMs,
    ) -> Result<Result<i32, Publishing>, StorageError> {
        self.within("scheduling a publication", async {
            let mut write = self.begin_audited(now).await?;
            let floor_id = find_floor(write.connection(), floor).await?.id;
            let Some(row) = drafts::find(write.connection(), floor_id, by.actor()).await? else {
                return Ok(Err(Publishing::NoDraft));
            };
            let draft = drafts::decode(&row)?;
            if draft.revision != revision {
                return Ok(Err(Publishing::Behind(draft.revision)));
            }
            let schedule = ActiveModel {
                id: NotSet,
                floor_id: Set(floor_id),
                account_id: Set(account_of(by.actor())),
                author: Set(author_of(by.actor())),
                name: Set(name.chars().take(NAME_MAX).collect()),
                due_at: Set(due_at.0),
                problem: Set(None),
                base: Set(encode_version(draft.base)),
                file_sha: Set(row.file_sha),
                layout: Set(write_layout(&draft.layout)?),
            };
            let id = Entity::insert(schedule).exec(write.connection()).await?.last_insert_id;
            drafts::delete(write.connection(), floor_id, by.actor()).await?;
            note(&mut write, by.actor(), floor, (None, Some(Planned { name, due_at }))).await?;
            write.commit().await?;
            Ok(Ok(id))
        })
        .await
    }

    /// What waits for its time on a floor, the next first.
    ///
    /// # Errors
    /// `UnknownFloor`, `Corrupt`, `Timeout`, `Database`.
    pub async fn list_schedules(
        &self,
        _by: &Holds<EditPlans>,
        floor: FloorNumber,
    ) -> Result<Vec<ScheduledEntry>, StorageError> {
        self.within("listing scheduled publications", async {
            let read = self.begin_read().await?;
            let floor = find_floor(&read, floor).await?;
            let of_floor = Entity::find().filter(Column::FloorId.eq(floor.id)).order_by_asc(Column::DueAt);
            Ok(of_floor.all(&read).await?.into_iter().map(decode_entry).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Takes one back: it becomes the draft of whoever takes it back.
    ///
    /// # Errors
    /// `UnknownSchedule`; `DraftInTheWay` when they have a draft of that floor; `Corrupt`, `Timeout`, `Database`.
    pub async fn take_schedule_back(
        &self,
        by: &Holds<EditPlans>,
        id: i32,
        now: UtcMs,
    ) -> Result<FloorNumber, StorageError> {
        self.within("taking a scheduled publication back", async {
            let mut write = self.begin_audited(now).await?;
            let row = find(write.connection(), id).await?;
            let floor = floor_of(write.connection(), &row).await?;
            if drafts::find(write.connection(), row.floor_id, by.actor()).await?.is_some() {
                return Err(StorageError::DraftInTheWay { floor }.into());
            }
            let order = decode_order(&row, floor)?;
            drafts::insert(write.connection(), row.floor_id, by.actor(), &order, now).await?;
            Entity::delete_by_id(id).exec(write.connection()).await?;
            let planned = Planned { name: &row.name, due_at: UtcMs(row.due_at) };
            note(&mut write, by.actor(), floor, (Some(planned), None)).await?;
            write.commit().await?;
            Ok(floor)
        })
        .await
    }

    /// Those whose time has come and that have no problem yet, the oldest first.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn list_due_schedules(&self, now: UtcMs) -> Result<Vec<DueSchedule>, StorageError> {
        self.within("looking for what is due", async {
            let due = Entity::find().filter(Column::DueAt.lte(now.0)).filter(Column::Problem.is_null());
            let rows = due.order_by_asc(Column::DueAt).order_by_asc(Column::Id).all(&self.begin_read().await?).await?;
            let decode =
                |row: Model| DueSchedule { id: row.id, account: Some(AccountId(row.account_id)).filter(|id| id.0 > 0) };
            Ok(rows.into_iter().map(decode).collect())
        })
        .await
    }

    /// Publishes one whose time has come. What cannot be published stays, with its problem.
    ///
    /// # Errors
    /// `UnknownSchedule`, `Corrupt`, `Timeout`, `Database`.
    pub async fn publish_scheduled(
        &self,
        by: &Holds<EditPlans>,
        id: i32,
        now: UtcMs,
    ) -> Result<Publishing, StorageError> {
        self.within("publishing what is due", async {
            let mut write = self.begin_audited(now).await?;
            let row = find(write.connection(), id).await?;
            let floor = floor_of(write.connection(), &row).await?;
            let current = FloorNow::read(write.connection(), floor).await?;
            let draft = decode_order(&row, floor)?;
            let order = PublishOrder { draft, name: &row.name, answers: None, restores: None, is_draft: false };
            let publishing = publish(&mut write, by.actor(), current, &order, now).await?;
            match publishing {
                Publishing::Published { .. } | Publishing::Nothing => {
                    Entity::delete_by_id(id).exec(write.connection()).await?;
                    write.commit().await?;
                }
                Publishing::Asks { .. } => self.note_problem_within(write, id, ScheduleProblem::Asks).await?,
                _ => self.note_problem_within(write, id, ScheduleProblem::Refused).await?,
            }
            Ok(publishing)
        })
        .await
    }

    /// Notes why one was not published.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn note_schedule_problem(&self, id: i32, problem: ScheduleProblem) -> Result<(), StorageError> {
        self.within("noting why nothing was published", async {
            let write = self.begin_write().await?;
            set_problem(&write, id, problem).await?;
            Ok(write.commit().await?)
        })
        .await
    }

    /// What the attempt has written is dropped first.
    async fn note_problem_within(&self, write: Audited, id: i32, problem: ScheduleProblem) -> Result<(), Failure> {
        write.roll_back().await?;
        let write = self.begin_write().await?;
        set_problem(&write, id, problem).await?;
        Ok(write.commit().await?)
    }
}

async fn set_problem(write: &impl ConnectionTrait, id: i32, problem: ScheduleProblem) -> Result<(), Failure> {
    Entity::update_many()
        .col_expr(Column::Problem, Expr::value(problem.as_str()))
        .filter(Column::Id.eq(id))
        .exec(write)
        .await?;
    Ok(())
}

async fn find(connection: &impl ConnectionTrait, id: i32) -> Result<Model, Failure> {
    Ok(Entity::find_by_id(id).one(connection).await?.ok_or(StorageError::UnknownSchedule { id })?)
}

async fn floor_of(connection: &impl ConnectionTrait, row: &Model) -> Result<FloorNumber, Failure> {
    let floor = floor::Entity::find_by_id(row.floor_id).one(connection).await?;
    let floor = floor.ok_or_else(|| corrupt("layout_schedule", &row.id, &"unknown floor"))?;
    Ok(FloorNumber(floor.number))
}

fn decode_order(row: &Model, floor: FloorNumber) -> Result<DraftOrder, StorageError> {
    let (base, layout) = (decode_version(row.base)?, read_layout(&row.layout)?);
    let plan = row.file_sha.as_deref().map(decode_sha).transpose()?;
    Ok(DraftOrder { floor, draft: Draft { base, revision: DraftRevision(0), layout }, plan })
}

fn decode_entry(row: Model) -> Result<ScheduledEntry, StorageError> {
    let known = |word: &str| ScheduleProblem::from_word(word).ok_or_else(|| corrupt("layout_schedule", &row.id, &word));
    Ok(ScheduledEntry {
        id: row.id,
        problem: row.problem.as_deref().map(known).transpose()?,
        name: row.name,
        author: row.author,
        due_at: UtcMs(row.due_at),
    })
}

async fn note(
    write: &mut Audited,
    by: &Actor,
    floor: FloorNumber,
    (before, after): (Option<Planned<'_>>, Option<Planned<'_>>),
) -> Result<(), Failure> {
    let change = AuditedChange {
        action: if after.is_some() { "layout.scheduled" } else { "layout.taken_back" },
        subject: format!("floor:{floor}"),
        before: before.as_ref().map(|planned| planned as _),
        after: after.as_ref().map(|planned| planned as _),
    };
    write.note(by, change).await
}
