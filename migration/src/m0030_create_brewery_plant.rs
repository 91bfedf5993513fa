//! The plants of the brewery stub, as they were last.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "brewery_plant")
            .col(string_len("name", 24).primary_key())
            .col(text("data"))
            .col(ColumnDef::new("model").custom("mediumtext").not_null())
            .col(big_integer("saved_at"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("brewery_plant").if_exists().to_owned()).await
    }
}
