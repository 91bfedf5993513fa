//! Which file a floor's plan is. The first drawings are none.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // MySQL commits each definition at once, so an interrupted migration may find the column.
        if manager.has_column("plan", "file_sha").await? {
            return Ok(());
        }
        let column = string_len_null("file_sha", 64);
        manager.alter_table(Table::alter().table("plan").add_column(column).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if !manager.has_column("plan", "file_sha").await? {
            return Ok(());
        }
        manager.alter_table(Table::alter().table("plan").drop_column("file_sha").to_owned()).await
    }
}
