//! The plants of the brewery stub, as they were last.

use crate::Storage;
use crate::error::StorageError;
use crate::models::brewery_plant as plant;
use domain::UtcMs;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, QueryOrder};

/// A plant that is kept. What its texts mean is the brewery's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPlant {
    /// 24 characters at most.
    pub name: String,
    /// The 26 lines of the first stub.
    pub data: String,
    /// All of its state.
    pub model: String,
    /// When it was kept.
    pub saved_at: UtcMs,
}

impl Storage {
    /// All plants that are kept, by name.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn list_brewery_plants(&self) -> Result<Vec<KeptPlant>, StorageError> {
        self.within("listing the brewery's plants", async {
            let read = self.begin_read().await?;
            let rows = plant::Entity::find().order_by_asc(plant::Column::Name).all(&read).await?;
            Ok(rows.into_iter().map(decode).collect())
        })
        .await
    }

    /// Keeps a plant, instead of what was kept under its name.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn save_brewery_plant(&self, kept: KeptPlant) -> Result<(), StorageError> {
        self.within("keeping a plant of the brewery", async {
            let write = self.begin_write().await?;
            let row = plant::ActiveModel {
                name: Set(kept.name),
                data: Set(kept.data),
                model: Set(kept.model),
                saved_at: Set(kept.saved_at.0),
            };
            let columns = [plant::Column::Data, plant::Column::Model, plant::Column::SavedAt];
            let instead = OnConflict::column(plant::Column::Name).update_columns(columns).to_owned();
            plant::Entity::insert(row).on_conflict(instead).exec_without_returning(&write).await?;
            Ok(write.commit().await?)
        })
        .await
    }

    /// Forgets a plant. One that is not kept is forgotten already.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn remove_brewery_plant(&self, name: &str) -> Result<(), StorageError> {
        self.within("forgetting a plant of the brewery", async {
            let write = self.begin_write().await?;
            plant::Entity::delete_by_id(name).exec(&write).await?;
            Ok(write.commit().await?)
        })
        .await
    }
}

fn decode(row: plant::Model) -> KeptPlant {
    let plant::Model { name, data, model, saved_at } = row;
    KeptPlant { name, data, model, saved_at: UtcMs(saved_at) }
}
