//! What somebody is drawing: one row for each floor and account (0: the command line). `file_sha` is there where the plan is to be
//! another one; `layout`, JSON, is then in its units.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "layout_draft")
            .col(integer("floor_id"))
            .col(integer("account_id"))
            .col(string_len("author", 64))
            .col(integer("base"))
            .col(integer("revision"))
            .col(big_integer("saved_at"))
            .col(string_len_null("file_sha", 64))
            .col(ColumnDef::new("layout").custom("mediumtext").not_null())
            .primary_key(Index::create().col("floor_id").col("account_id"))
            .foreign_key(&mut table::references("layout_draft", "floor_id", "floor"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("layout_draft").if_exists().to_owned()).await
    }
}
