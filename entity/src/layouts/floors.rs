//! Floors are made here, from nothing.

use crate::Storage;
use crate::audit::AuditedChange;
use crate::error::StorageError;
use crate::models::{floor, plan, site};
use crate::registry::raise_version;
use domain::{EditPlans, FloorNumber, Holds, UtcMs};
use drafting::EMPTY_SHEET;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

/// What the log says of one.
#[derive(Serialize)]
struct Made {
    number: FloorNumber,
    position: i32,
}

impl Storage {
    /// Makes a floor with an empty sheet and no booths, the last of the tabs.
    ///
    /// # Errors
    /// `FloorTaken`, `Corrupt`, `Timeout`, `Database`.
    pub async fn create_floor(
        &self,
        by: &Holds<EditPlans>,
        number: FloorNumber,
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
            let made = Made { number, position };
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
}
