//! The sensors of boards of the very first sketch, known by address and number, and the booths that they look at.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "v0_wire")
            .col(string_len("address", 45))
            .col(small_integer("number"))
            .col(integer("booth_id"))
            .primary_key(Index::create().col("address").col("number"))
            .foreign_key(&mut table::references("v0_wire", "booth_id", "booth"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("v0_wire").if_exists().to_owned()).await
    }
}
