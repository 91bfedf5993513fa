//! What was published of each floor: `version` counts a floor's, `id` those of the site. Rows are never changed. `layout` is JSON,
//! in the units of the plan `file_sha`.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "layout_version")
            .col(big_pk_auto("id"))
            .col(integer("floor_id"))
            .col(integer("version"))
            .col(string_len("name", 80))
            .col(string_len("author", 64))
            .col(big_integer("published_at"))
            .col(integer_null("restores"))
            .col(string_len("file_sha", 64))
            .col(ColumnDef::new("layout").custom("mediumtext").not_null())
            .index(&mut table::unique("layout_version_floor", &["floor_id", "version"]))
            .foreign_key(&mut table::references("layout_version", "floor_id", "floor"))
            .foreign_key(
                ForeignKey::create()
                    .name("layout_version_file_sha")
                    .from("layout_version", "file_sha")
                    .to("plan_file", "sha")
                    .on_delete(ForeignKeyAction::Restrict),
            )
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("layout_version").if_exists().to_owned()).await
    }
}
