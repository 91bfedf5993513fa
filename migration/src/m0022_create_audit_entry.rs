//! The log of changes. Rows are never changed. `account_id` refers to nothing: an entry outlives what it speaks of.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "audit_entry")
            .col(big_integer("seq"))
            .col(big_integer("at"))
            .col(integer_null("account_id"))
            .col(string_len("actor", 64))
            .col(string_len("action", 48))
            .col(string_len("subject", 128))
            .col(text_null("before_json"))
            .col(text_null("after_json"))
            .col(string_len("prev", 64))
            .col(string_len("hash", 64))
            .primary_key(Index::create().col("seq"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("audit_entry").if_exists().to_owned()).await
    }
}
