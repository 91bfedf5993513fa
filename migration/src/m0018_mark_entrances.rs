//! Where one enters the default floors: before the lifts, on the landing. A plan that is not the default one any more, or
//! that has an entrance, stays as it is.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The beginnings of the walkable parts of the default plans.
const DEFAULTS: [&str; 2] = [
    "<g class='walkable'><path class='walkable' d='M208 149L343 149L343 192L856 192L856 96",
    "<g class='walkable'><path class='walkable' d='M354 194L362 194L362 190L208 190L208 22",
];
const PLAIN: &str = "<g class='walkable'>";
const MARKED: &str = "<g class='walkable' data-entrance='888 400'>";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for default in DEFAULTS {
            let replaced = Func::cust("replace").args([Expr::col("drawing"), Expr::val(PLAIN), Expr::val(MARKED)]);
            let update = Query::update()
                .table("plan")
                .value("drawing", replaced)
                .and_where(Expr::col("drawing").like(format!("%{default}%")))
                .take();
            manager.execute(update).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let replaced = Func::cust("replace").args([Expr::col("drawing"), Expr::val(MARKED), Expr::val(PLAIN)]);
        manager.execute(Query::update().table("plan").value("drawing", replaced).take()).await
    }
}
