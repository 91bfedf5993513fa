//! One row: the number and the hash of the newest entry of the log of changes. Whoever changes something locks it first, so
//! entries have one order; and a log that was cut off at its end is found out.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "audit_head")
            .col(integer("id"))
            .col(big_integer("seq"))
            .col(string_len("hash", 64))
            .primary_key(Index::create().col("id"))
            .to_owned();
        manager.create_table(table).await?;
        let any = Query::select().column("id").from("audit_head").limit(1).take();
        if manager.get_connection().query_one(&any).await?.is_some() {
            return Ok(());
        }
        let row = Query::insert()
            .into_table("audit_head")
            .columns(["id", "seq", "hash"])
            .values([1.into(), 0_i64.into(), "0".repeat(64).into()])
            .map_err(|error| DbErr::Migration(error.to_string()))?
            .take();
        manager.execute(row).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("audit_head").if_exists().to_owned()).await
    }
}
