//! History: from `started_at` on, this was known of a booth.
//!
//! `occupancy` is 0 for free and 1 for occupied; where it is NULL, `unknown_reason` says why nothing was known.
//! Rows of the same instant are in the order of their ids.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

const INDEX: &str = "transition_booth_started";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "transition")
            .col(big_pk_auto("id"))
            .col(integer("booth_id"))
            .col(big_integer("started_at"))
            .col(small_integer_null("occupancy"))
            .col(string_len_null("unknown_reason", 16))
            .foreign_key(&mut table::references("transition", "booth_id", "booth"))
            .to_owned();
        manager.create_table(table).await?;
        // MySQL has no "create index if not exists".
        if manager.has_index("transition", INDEX).await? {
            return Ok(());
        }
        let columns =
            Index::create().name(INDEX).table("transition").col("booth_id").col("started_at").col("id").take();
        manager.create_index(columns).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("transition").if_exists().to_owned()).await
    }
}
