//! The versions of the boards' keys. The keys themselves are never stored.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "board_key")
            .col(integer("board_id"))
            .col(small_integer("version"))
            .col(big_integer("issued_at"))
            .col(big_integer_null("revoked_at"))
            .primary_key(Index::create().col("board_id").col("version"))
            .foreign_key(&mut table::references("board_key", "board_id", "board"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("board_key").if_exists().to_owned()).await
    }
}
