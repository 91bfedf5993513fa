//! Floors are made here, from nothing, arranged, taken away and brought back.

use super::apply::end_history;
use super::drafts::account_of;
use super::floor_now::{FloorNow, find_floor};
use crate::Storage;
use crate::audit::AuditedChange;
use crate::building::decode_plan;
use crate::error::{Failure, StorageError};
use crate::models::{floor, layout_draft, plan, site};
use crate::registry::raise_version;
use domain::{EditPlans, FloorNumber, FloorPlan, Holds, UtcMs};
use drafting::{EMPTY_SHEET, Published};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

/// A floor, as those see it who arrange them.
#[derive(Debug, Clone, PartialEq)]
pub struct FloorEntry {
    /// Its number.
    pub number: FloorNumber,
    /// What people call it; may be empty, and has at most 40 letters.
    pub name: String,
    /// Since when it is shown no more.
    pub retired_at: Option<UtcMs>,
    /// What is on it.
    pub published: Published,
    /// Its plan.
    pub plan: FloorPlan,
    /// Drafts of it, by author.
    pub drafts: Vec<DraftEntry>,
}

/// That somebody has a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftEntry {
    /// Who.
    pub author: String,
    /// When it was saved.
    pub saved_at: UtcMs,
    /// Whether it is of whoever asks.
    pub is_own: bool,
}

/// What the log says of one.
#[derive(Serialize)]
struct Logged<'a> {
    number: FloorNumber,
    name: &'a str,
    position: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    retired_at: Option<i64>,
}

impl Storage {
    /// All floors in the order of their tabs, also those that are shown no more.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_floors(&self, by: &Holds<EditPlans>) -> Result<Vec<FloorEntry>, StorageError> {
        self.within("listing floors", async {
            let read = self.begin_read().await?;
            let mut entries = Vec::new();
            for row in list_rows(&read).await? {
                let now = FloorNow::read(&read, FloorNumber(row.number)).await?;
                let of_floor = layout_draft::Entity::find().filter(layout_draft::Column::FloorId.eq(row.id));
                let drafts = of_floor.order_by_asc(layout_draft::Column::Author).all(&read).await?;
                let entry = |draft: layout_draft::Model| DraftEntry {
                    is_own: draft.account_id == account_of(by.actor()),
                    author: draft.author,
                    saved_at: UtcMs(draft.saved_at),
                };
                entries.push(FloorEntry {
                    number: now.number,
                    name: row.name,
                    retired_at: row.retired_at.map(UtcMs),
                    published: now.published,
                    plan: decode_plan(now.plan)?,
                    drafts: drafts.into_iter().map(entry).collect(),
                });
            }
            Ok(entries)
        })
        .await
    }

    /// Makes a floor with an empty sheet and no booths, the last of the tabs.
    ///
    /// # Errors
    /// `FloorTaken`, `Corrupt`, `Timeout`, `Database`.
    pub async fn create_floor(
        &self,
        by: &Holds<EditPlans>,
        (number, name): (FloorNumber, &str),
        now: UtcMs,
    ) -> Result<(), StorageError> {
        self.within("making a floor", async {
            let mut write = self.begin_audited(now).await?;
            let connection = write.connection();
            let of_number = floor::Entity::find().filter(floor::Column::Number.eq(number.0));
            if of_number.one(connection).await?.is_some() {
                return Err(StorageError::FloorTaken { floor: number }.into());
            }
            let site = site::Entity::find().order_by_asc(site::Column::Id).one(connection).await?;
            let site = site.ok_or_else(|| crate::error::corrupt("site", &"first", &"missing"))?;
            let last = floor::Entity::find().order_by_desc(floor::Column::Position).one(connection).await?;
            let position = last.map_or(1, |last| last.position.saturating_add(1));
            let row = floor::ActiveModel {
                id: NotSet,
                site_id: Set(site.id),
                number: Set(number.0),
                position: Set(position),
                layout_version: Set(1),
                name: Set(name.to_owned()),
                retired_at: Set(None),
            };
            let floor_id = floor::Entity::insert(row).exec(connection).await?.last_insert_id;
            let sheet = plan::ActiveModel {
                id: NotSet,
                floor_id: Set(floor_id),
                x: Set(EMPTY_SHEET.x),
                y: Set(EMPTY_SHEET.y),
                width: Set(EMPTY_SHEET.width),
                height: Set(EMPTY_SHEET.height),
                drawing: Set(String::new()),
                file_sha: Set(None),
            };
            plan::Entity::insert(sheet).exec_without_returning(connection).await?;
            raise_version(connection).await?;
            let made = Logged { number, name, position, retired_at: None };
            let change = AuditedChange {
                action: "floor.created",
                subject: format!("floor:{number}"),
                before: None,
                after: Some(&made),
            };
            write.note(by.actor(), change).await?;
            write.commit().await
        })
        .await
    }

    /// Gives a floor a name and a place among the tabs, from 1; those behind it move on.
    ///
    /// # Errors
    /// `UnknownFloor`, `Corrupt`, `Timeout`, `Database`.
    pub async fn arrange_floor(
        &self,
        by: &Holds<EditPlans>,
        number: FloorNumber,
        (name, place): (&str, usize),
        now: UtcMs,
    ) -> Result<(), StorageError> {
        self.within("arranging a floor", async {
            let mut write = self.begin_audited(now).await?;
            let connection = write.connection();
            let row = find_floor(connection, number).await?;
            let mut others = list_rows(connection).await?;
            others.retain(|other| other.id != row.id && other.retired_at.is_none());
            let at = place.saturating_sub(1).min(others.len());
            others.insert(at, row.clone());
            let mut position = row.position;
            for (place, other) in (1..).zip(&others) {
                if other.id == row.id {
                    position = place;
                }
                if other.position != place {
                    set(connection, other.id, floor::Column::Position, Expr::value(place)).await?;
                }
            }
            set(connection, row.id, floor::Column::Name, Expr::value(name)).await?;
            raise_version(connection).await?;
            let before = Logged { number, name: &row.name, position: row.position, retired_at: None };
            let after = Logged { number, name, position, retired_at: None };
            let change = AuditedChange {
                action: "floor.changed",
                subject: format!("floor:{number}"),
                before: Some(&before),
                after: Some(&after),
            };
            write.note(by.actor(), change).await?;
            write.commit().await
        })
        .await
    }

    /// Takes a floor out of what is shown, and ends what history says of its booths; or shows it again. Everything on it stays,
    /// its numbers and channels too. Nothing happens when it is so already.
    ///
    /// # Errors
    /// `UnknownFloor`; `LastFloor` when no other one is shown; `Corrupt`, `Timeout`, `Database`.
    pub async fn set_floor_retired(
        &self,
        by: &Holds<EditPlans>,
        number: FloorNumber,
        is_retired: bool,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        self.within("taking a floor away, or bringing it back", async {
            let mut write = self.begin_audited(now).await?;
            let connection = write.connection();
            let rows = list_rows(connection).await?;
            let row = find_floor(connection, number).await?;
            if row.retired_at.is_some() == is_retired {
                return Ok(());
            }
            if is_retired && !rows.iter().any(|other| other.id != row.id && other.retired_at.is_none()) {
                return Err(StorageError::LastFloor.into());
            }
            if is_retired {
                for booth in FloorNow::read(connection, number).await?.published.layout.booths() {
                    end_history(connection, booth, now).await?;
                }
            }
            let retired_at = is_retired.then_some(now.0);
            set(connection, row.id, floor::Column::RetiredAt, Expr::value(retired_at)).await?;
            raise_version(connection).await?;
            let logged = |retired_at| Logged { number, name: &row.name, position: row.position, retired_at };
            let (before, after) = (logged(row.retired_at), logged(retired_at));
            let change = AuditedChange {
                action: if is_retired { "floor.retired" } else { "floor.brought_back" },
                subject: format!("floor:{number}"),
                before: Some(&before),
                after: Some(&after),
            };
            write.note(by.actor(), change).await?;
            write.commit().await
        })
        .await
    }
}

async fn list_rows(connection: &impl ConnectionTrait) -> Result<Vec<floor::Model>, Failure> {
    let by_place = floor::Entity::find().order_by_asc(floor::Column::Position).order_by_asc(floor::Column::Number);
    Ok(by_place.all(connection).await?)
}

async fn set(write: &impl ConnectionTrait, id: i32, column: floor::Column, value: Expr) -> Result<(), Failure> {
    floor::Entity::update_many().col_expr(column, value).filter(floor::Column::Id.eq(id)).exec(write).await?;
    Ok(())
}
