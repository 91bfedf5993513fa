//! Who is signed in. Of the secret in the browser's cookie only the SHA-256 is here.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "account_session")
            .col(big_pk_auto("id"))
            .col(string_len("token_hash", 64))
            .col(integer("account_id"))
            .col(big_integer("created_at"))
            .col(big_integer("seen_at"))
            .col(string_len("address", 64))
            .col(string_len("agent", 160))
            .index(&mut table::unique("account_session_token", &["token_hash"]))
            .foreign_key(&mut table::references("account_session", "account_id", "account"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("account_session").if_exists().to_owned()).await
    }
}
