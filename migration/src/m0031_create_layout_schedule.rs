//! Drafts that are to be published at a time. `problem` says why one was not; it is then kept until somebody looks.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "layout_schedule")
            .col(pk_auto("id"))
            .col(integer("floor_id"))
            .col(integer("account_id"))
            .col(string_len("author", 64))
            .col(string_len("name", 80))
            .col(big_integer("due_at"))
            .col(string_len_null("problem", 16))
            .col(integer("base"))
            .col(string_len_null("file_sha", 64))
            .col(ColumnDef::new("layout").custom("mediumtext").not_null())
            .foreign_key(&mut table::references("layout_schedule", "floor_id", "floor"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("layout_schedule").if_exists().to_owned()).await
    }
}
