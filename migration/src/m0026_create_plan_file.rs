//! Plans as they can be kept, by the SHA-256 of their bytes: files that were sent and made safe (`svg`, `png`, `jpg`), and
//! drawings of ours that were replaced by one (`drawing`). Rows are never changed. `plan_lines` is JSON.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "plan_file")
            .col(string_len("sha", 64))
            .col(string_len("kind", 8))
            .col(double("x"))
            .col(double("y"))
            .col(double("width"))
            .col(double("height"))
            .col(ColumnDef::new("plan_lines").custom("mediumtext").not_null())
            .col(ColumnDef::new("content").custom("mediumblob").not_null())
            .col(big_integer("kept_at"))
            .primary_key(Index::create().col("sha"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("plan_file").if_exists().to_owned()).await
    }
}
