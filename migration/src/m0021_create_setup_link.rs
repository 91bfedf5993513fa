//! One-time links by which somebody sets a password: that of an account, or without one that of the first administrator, who
//! chooses a name too. Only the SHA-256 of a link's secret is here.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "setup_link")
            .col(pk_auto("id"))
            .col(string_len("token_hash", 64))
            .col(integer_null("account_id"))
            .col(big_integer("created_at"))
            .col(big_integer("ends_at"))
            .index(&mut table::unique("setup_link_token", &["token_hash"]))
            .foreign_key(&mut table::references("setup_link", "account_id", "account"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("setup_link").if_exists().to_owned()).await
    }
}
