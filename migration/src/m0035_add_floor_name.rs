//! What people call a floor, and since when it is shown no more. Its booths, versions and history stay.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // MySQL commits each definition at once, so an interrupted migration may find a column.
        for (name, mut column) in [("name", string_len("name", 40)), ("retired_at", big_integer_null("retired_at"))] {
            if name == "name" {
                column.default("");
            }
            if !manager.has_column("floor", name).await? {
                manager.alter_table(Table::alter().table("floor").add_column(column).to_owned()).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["retired_at", "name"] {
            if manager.has_column("floor", name).await? {
                manager.alter_table(Table::alter().table("floor").drop_column(name).to_owned()).await?;
            }
        }
        Ok(())
    }
}
