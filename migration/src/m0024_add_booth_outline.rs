//! What the plan editor knows of a booth: the corners of one that is no rectangle (JSON), whether it is locked, and since when it
//! is no more. A retired booth keeps its row, because its history refers to it, and has its own id below zero for a number.

use sea_orm_migration::{prelude::*, schema::*};

const COLUMNS: [&str; 3] = ["outline", "is_locked", "retired_at"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns =
            [text_null("outline"), boolean("is_locked").default(false).to_owned(), big_integer_null("retired_at")];
        for (name, column) in COLUMNS.into_iter().zip(columns) {
            // MySQL commits each definition at once, so an interrupted migration may find the column.
            if !manager.has_column("booth", name).await? {
                manager.alter_table(Table::alter().table("booth").add_column(column).to_owned()).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in COLUMNS {
            if manager.has_column("booth", name).await? {
                manager.alter_table(Table::alter().table("booth").drop_column(name).to_owned()).await?;
            }
        }
        Ok(())
    }
}
