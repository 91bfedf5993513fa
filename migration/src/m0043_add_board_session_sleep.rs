//! Until when a board sleeps that has ended its session for that.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.has_column("board_session", "asleep_until_at").await? {
            return Ok(());
        }
        let column = big_integer_null("asleep_until_at");
        manager.alter_table(Table::alter().table("board_session").add_column(column).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if !manager.has_column("board_session", "asleep_until_at").await? {
            return Ok(());
        }
        manager.alter_table(Table::alter().table("board_session").drop_column("asleep_until_at").to_owned()).await
    }
}
