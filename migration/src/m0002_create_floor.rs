//! The floors of a site; `position` orders their tabs.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "floor")
            .col(pk_auto("id"))
            .col(integer("site_id"))
            .col(integer("number"))
            .col(integer("position"))
            .col(integer("layout_version"))
            .index(&mut table::unique("floor_site_number", &["site_id", "number"]))
            .foreign_key(&mut table::references("floor", "site_id", "site"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("floor").if_exists().to_owned()).await
    }
}
