//! How far each spool has been taken over, and when its server was last known to be alive.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "journal")
            .col(string_len("source", 36))
            .col(big_integer("position"))
            .col(big_integer_null("alive_at"))
            .primary_key(Index::create().col("source"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("journal").if_exists().to_owned()).await
    }
}
