//! The days on which a site is closed, as `2026-07-14`; those of France for a new installation.

use crate::french_holidays::list_french_holidays;
use crate::table;
use sea_orm_migration::{prelude::*, schema::*};

const SITE_ID: i32 = 1;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = table::create(manager, "holiday")
            .col(integer("site_id"))
            .col(string_len("day", 10))
            .primary_key(Index::create().col("site_id").col("day"))
            .foreign_key(&mut table::references("holiday", "site_id", "site"))
            .to_owned();
        manager.create_table(table).await?;
        if is_in_france(manager).await? && !has_holidays(manager).await? {
            insert_holidays(manager).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("holiday").if_exists().to_owned()).await
    }
}

async fn is_in_france(manager: &SchemaManager<'_>) -> Result<bool, DbErr> {
    let site = Query::select()
        .column("id")
        .from("site")
        .and_where(Expr::col("id").eq(SITE_ID))
        .and_where(Expr::col("time_zone").eq("Europe/Paris"))
        .take();
    Ok(manager.get_connection().query_one(&site).await?.is_some())
}

async fn has_holidays(manager: &SchemaManager<'_>) -> Result<bool, DbErr> {
    let any = Query::select().column("day").from("holiday").limit(1).take();
    Ok(manager.get_connection().query_one(&any).await?.is_some())
}

async fn insert_holidays(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut statement = Query::insert().into_table("holiday").columns(["site_id", "day"]).take();
    for day in list_french_holidays() {
        let row = [Expr::value(SITE_ID), Expr::value(day)];
        statement.values(row).map_err(|error| DbErr::Migration(error.to_string()))?;
    }
    manager.execute(statement).await
}
