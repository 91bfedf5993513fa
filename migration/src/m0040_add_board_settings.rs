//! What people call a board, how often it reports where that is not as for all, and since when it is not used any more.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ("label", string_len("label", 40).default("").to_owned()),
            ("heartbeat_s", integer_null("heartbeat_s")),
            ("retired_at", big_integer_null("retired_at")),
        ];
        // MySQL commits each definition at once, so an interrupted migration may find some of them.
        for (name, column) in columns {
            if !manager.has_column("board", name).await? {
                manager.alter_table(Table::alter().table("board").add_column(column).to_owned()).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["label", "heartbeat_s", "retired_at"] {
            if manager.has_column("board", name).await? {
                manager.alter_table(Table::alter().table("board").drop_column(name).to_owned()).await?;
            }
        }
        Ok(())
    }
}
