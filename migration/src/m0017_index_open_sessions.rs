//! Finds the sessions that have no end, which a start of the server ends, without reading those of all years.

use sea_orm_migration::prelude::*;

const INDEX: &str = "board_session_ended_at";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // MySQL has no "create index if not exists".
        if manager.has_index("board_session", INDEX).await? {
            return Ok(());
        }
        manager.create_index(Index::create().name(INDEX).table("board_session").col("ended_at").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(INDEX).table("board_session").to_owned()).await
    }
}
