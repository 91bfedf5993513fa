//! When boards proved who they are, and until when they stayed; `ended_at` is NULL as long as that is not known.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "board_session")
            .col(integer("board_id"))
            .col(big_integer("started_at"))
            .col(big_integer("boot"))
            .col(small_integer("key_version"))
            .col(string_len("firmware", 16))
            .col(string_len("reset_reason", 16))
            .col(small_integer("channels"))
            .col(string_len("peer", 64))
            .col(big_integer_null("ended_at"))
            .col(string_len_null("end_reason", 16))
            .primary_key(Index::create().col("board_id").col("started_at"))
            .foreign_key(&mut table::references("board_session", "board_id", "board"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("board_session").if_exists().to_owned()).await
    }
}
