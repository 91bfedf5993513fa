//! The drawing of a floor, without its svg element, and the user space it is drawn in.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "plan")
            .col(pk_auto("id"))
            .col(integer("floor_id"))
            .col(double("x"))
            .col(double("y"))
            .col(double("width"))
            .col(double("height"))
            .col(ColumnDef::new("drawing").custom("mediumtext").not_null())
            .index(&mut table::unique("plan_floor", &["floor_id"]))
            .foreign_key(&mut table::references("plan", "floor_id", "floor"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("plan").if_exists().to_owned()).await
    }
}
