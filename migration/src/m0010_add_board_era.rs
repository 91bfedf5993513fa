//! How often a board's numbering was allowed to begin anew.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // MySQL commits each definition at once, so an interrupted migration may find the column.
        if manager.has_column("board", "era").await? {
            return Ok(());
        }
        let era = integer("era").default(0).to_owned();
        manager.alter_table(Table::alter().table("board").add_column(era).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if !manager.has_column("board", "era").await? {
            return Ok(());
        }
        manager.alter_table(Table::alter().table("board").drop_column("era").to_owned()).await
    }
}
