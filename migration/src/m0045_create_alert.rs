//! Incidents: what was wrong, with what, from when to when, and who has seen to it. One that is open has no `closed_at`.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

const INDEX: &str = "alert_closed_at";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "alert")
            .col(big_pk_auto("id"))
            .col(string_len("kind", 24))
            .col(string_len("subject", 32))
            .col(string_len("detail", 120))
            .col(big_integer("opened_at"))
            .col(big_integer("last_seen_at"))
            .col(integer("count"))
            .col(big_integer_null("closed_at"))
            .col(string_len_null("acknowledged_by", 64))
            .col(big_integer_null("acknowledged_at"))
            .col(string_len("note", 500))
            .index(&mut table::unique("alert_incident", &["kind", "subject", "opened_at"]))
            .to_owned();
        manager.create_table(table).await?;
        // MySQL has no "create index if not exists".
        if manager.has_index("alert", INDEX).await? {
            return Ok(());
        }
        manager.create_index(Index::create().name(INDEX).table("alert").col("closed_at").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("alert").if_exists().to_owned()).await
    }
}
