//! Screens on walls. Only the SHA-256 of a screen's secret is here. `floors` are numbers with commas, none for all of them; what a
//! screen said last of itself is null until it has spoken.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "screen")
            .col(pk_auto("id"))
            .col(string_len("name", 60))
            .col(string_len("token_hash", 64))
            .col(string_len("floors", 1000))
            .col(integer("dwell_s"))
            .col(string_len("variant", 8))
            .col(big_integer("created_at"))
            .col(big_integer_null("revoked_at"))
            .col(big_integer_null("heard_at"))
            .col(string_len_null("build", 32))
            .col(integer_null("width"))
            .col(integer_null("height"))
            .col(big_integer_null("uptime_s"))
            .col(integer_null("floor"))
            .index(&mut table::unique("screen_token", &["token_hash"]))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("screen").if_exists().to_owned()).await
    }
}
