//! Which channel of which board watches which booth; a booth may have several sensors.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "wire")
            .col(integer("board_id"))
            .col(small_integer("channel"))
            .col(integer("booth_id"))
            .primary_key(Index::create().col("board_id").col("channel"))
            .foreign_key(&mut table::references("wire", "board_id", "board"))
            .foreign_key(&mut table::references("wire", "booth_id", "booth"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("wire").if_exists().to_owned()).await
    }
}
