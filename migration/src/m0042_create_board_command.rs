//! What boards were told, and what came of it: `outcome` is NULL as long as anything may.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "board_command")
            .col(pk_auto("id"))
            .col(integer("board_id"))
            .col(string_len("command", 32))
            .col(string_len("asked_by", 64))
            .col(big_integer("asked_at"))
            .col(big_integer_null("sent_at"))
            .col(big_integer_null("ended_at"))
            .col(string_len_null("outcome", 32))
            .foreign_key(&mut table::references("board_command", "board_id", "board"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("board_command").if_exists().to_owned()).await
    }
}
