//! How boards were, thinned out; `rssi_dbm` and `up_s` are NULL in what a board said as it went to sleep.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "board_sample")
            .col(integer("board_id"))
            .col(big_integer("at"))
            .col(integer("battery_mv"))
            .col(small_integer_null("rssi_dbm"))
            .col(big_integer_null("up_s"))
            .primary_key(Index::create().col("board_id").col("at"))
            .foreign_key(&mut table::references("board_sample", "board_id", "board"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("board_sample").if_exists().to_owned()).await
    }
}
