//! The booths: where they stand and how their samples become presence.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "booth")
            .col(pk_auto("id"))
            .col(integer("floor_id"))
            .col(integer("number"))
            .col(string_len("name", 80))
            .col(double("x"))
            .col(double("y"))
            .col(double("width"))
            .col(double("height"))
            .col(double("rotation_deg"))
            .col(small_integer("presence_window"))
            .col(small_integer("presence_occupied_above"))
            .col(small_integer("presence_free_below"))
            .index(&mut table::unique("booth_number", &["number"]))
            .foreign_key(&mut table::references("booth", "floor_id", "floor"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("booth").if_exists().to_owned()).await
    }
}
