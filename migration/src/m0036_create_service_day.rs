//! The service hours of each day of the week, 0 for Monday, in minutes after midnight. Days without a row are not served. They
//! take the place of the one row of hours that a site had for all of its days, which is kept for a way back.

use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "service_day")
            .col(integer("site_id"))
            .col(small_integer("weekday"))
            .col(small_integer("opens_min"))
            .col(small_integer("closes_min"))
            .primary_key(Index::create().col("site_id").col("weekday"))
            .foreign_key(&mut table::references("service_day", "site_id", "site"))
            .to_owned();
        manager.create_table(table).await?;
        let any = Query::select().column("weekday").from("service_day").limit(1).take();
        if manager.get_connection().query_one(&any).await?.is_none() {
            copy_hours(manager).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("service_day").if_exists().to_owned()).await
    }
}

async fn copy_hours(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sites = Query::select().columns(["id", "service_days", "opens_min", "closes_min"]).from("site").take();
    for site in manager.get_connection().query_all(&sites).await? {
        let id: i32 = site.try_get("", "id")?;
        let days: i16 = site.try_get("", "service_days")?;
        let (opens_min, closes_min): (i16, i16) = (site.try_get("", "opens_min")?, site.try_get("", "closes_min")?);
        for weekday in (0..7_i16).filter(|weekday| days & (1 << weekday) != 0) {
            let row = [Expr::value(id), Expr::value(weekday), Expr::value(opens_min), Expr::value(closes_min)];
            let mut statement = Query::insert()
                .into_table("service_day")
                .columns(["site_id", "weekday", "opens_min", "closes_min"])
                .take();
            statement.values(row).map_err(|error| DbErr::Migration(error.to_string()))?;
            manager.execute(statement).await?;
        }
    }
    Ok(())
}
