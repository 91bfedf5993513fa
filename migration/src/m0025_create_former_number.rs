//! Numbers that booths had until then: lines of history that were written before and are stored later still find their booth.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "former_number")
            .col(integer("number"))
            .col(big_integer("until_at"))
            .col(integer("booth_id"))
            .primary_key(Index::create().col("number").col("until_at").col("booth_id"))
            .foreign_key(&mut table::references("former_number", "booth_id", "booth"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("former_number").if_exists().to_owned()).await
    }
}
