//! Accounts. `name` is in small letters, so that it is unique on every database; `roles` are words with commas; `totp_sealed`
//! is encrypted by a key that is not in the database, `totp_step` the last step of time whose code was used.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "account")
            .col(pk_auto("id"))
            .col(string_len("name", 64))
            .col(string_len("display_name", 80))
            .col(string_len("roles", 64))
            .col(boolean("disabled"))
            .col(string_len_null("password_hash", 255))
            .col(string_len_null("totp_sealed", 255))
            .col(big_integer_null("totp_step"))
            .col(big_integer("created_at"))
            .col(big_integer_null("signed_in_at"))
            .index(&mut table::unique("account_name", &["name"]))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("account").if_exists().to_owned()).await
    }
}
