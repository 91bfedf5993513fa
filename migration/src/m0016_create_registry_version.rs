//! One row, raised by every change of boards, keys and v0 wires, so that a server cheaply sees what others have changed.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "registry_version")
            .col(integer("id"))
            .col(big_integer("version"))
            .primary_key(Index::create().col("id"))
            .to_owned();
        manager.create_table(table).await?;
        let any = Query::select().column("id").from("registry_version").limit(1).take();
        if manager.get_connection().query_one(&any).await?.is_some() {
            return Ok(());
        }
        let row = Query::insert()
            .into_table("registry_version")
            .columns(["id", "version"])
            .values([1.into(), 1_i64.into()])
            .map_err(|error| DbErr::Migration(error.to_string()))?
            .take();
        manager.execute(row).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("registry_version").if_exists().to_owned()).await
    }
}
