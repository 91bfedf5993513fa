//! The company's building: its time zone and when its boards have to be awake.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "site")
            .col(pk_auto("id"))
            .col(string_len("name", 80))
            .col(string_len("time_zone", 64))
            .col(small_integer("service_days"))
            .col(small_integer("opens_min"))
            .col(small_integer("closes_min"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("site").if_exists().to_owned()).await
    }
}
