//! The rows of a new installation, inserted only when there are no floors.

use crate::default_data::{BOARDS, BoothRow, FLOORS, FloorRow};
use crate::drawing::decode_drawing;
use sea_orm_migration::prelude::*;

const SITE_ID: i32 = 1;
/// Monday to Friday; Monday is the lowest bit.
const WEEKDAYS: i16 = 0b001_1111;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let any_floor = Query::select().column("id").from("floor").limit(1).take();
        if manager.get_connection().query_one(&any_floor).await?.is_some() {
            return Ok(());
        }
        insert_site(manager).await?;
        for (id, floor) in (1..).zip(&FLOORS) {
            insert_floor(manager, id, floor).await?;
        }
        for (id, (name, booths)) in (1..).zip(BOARDS) {
            insert_board(manager, id, name, booths).await?;
        }
        Ok(())
    }

    /// Keeps the rows: by then they may be somebody's own.
    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn insert_site(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let values = [
        ("id", SITE_ID.into()),
        ("name", "DispoBox".into()),
        ("time_zone", "Europe/Paris".into()),
        ("service_days", WEEKDAYS.into()),
        ("opens_min", (9_i16 * 60).into()),
        ("closes_min", (21_i16 * 60).into()),
    ];
    insert(manager, "site", values).await
}

async fn insert_floor(manager: &SchemaManager<'_>, id: i32, floor: &FloorRow) -> Result<(), DbErr> {
    let values = [
        ("id", id.into()),
        ("site_id", SITE_ID.into()),
        ("number", floor.number.into()),
        ("position", id.into()),
        ("layout_version", 1.into()),
    ];
    insert(manager, "floor", values).await?;
    insert_plan(manager, id, floor).await?;
    for booth in floor.booths {
        insert_booth(manager, id, booth).await?;
    }
    Ok(())
}

async fn insert_plan(manager: &SchemaManager<'_>, floor_id: i32, floor: &FloorRow) -> Result<(), DbErr> {
    let explain = |error| DbErr::Migration(format!("the default plan of floor {}: {error:?}", floor.number));
    let drawing = decode_drawing(floor.svg).map_err(explain)?;
    let [x, y, width, height] = drawing.view_box;
    let values = [
        ("floor_id", floor_id.into()),
        ("x", x.into()),
        ("y", y.into()),
        ("width", width.into()),
        ("height", height.into()),
        ("drawing", drawing.inner.into()),
    ];
    insert(manager, "plan", values).await
}

/// The number on its door serves as the id of a first booth.
async fn insert_booth(manager: &SchemaManager<'_>, floor_id: i32, booth: &BoothRow) -> Result<(), DbErr> {
    let &(number, name, x, y, width, height) = booth;
    let values = [
        ("id", number.into()),
        ("floor_id", floor_id.into()),
        ("number", number.into()),
        ("name", name.into()),
        ("x", x.into()),
        ("y", y.into()),
        ("width", width.into()),
        ("height", height.into()),
        ("rotation_deg", 0.0.into()),
        ("presence_window", 60_i16.into()),
        ("presence_occupied_above", 5_i16.into()),
        ("presence_free_below", 2_i16.into()),
    ];
    insert(manager, "booth", values).await
}

async fn insert_board(manager: &SchemaManager<'_>, id: i32, name: &str, booths: &[i32]) -> Result<(), DbErr> {
    insert(manager, "board", [("id", id.into()), ("name", name.into())]).await?;
    for (channel, &booth) in (0_i16..).zip(booths) {
        let values = [("board_id", id.into()), ("channel", channel.into()), ("booth_id", booth.into())];
        insert(manager, "wire", values).await?;
    }
    Ok(())
}

async fn insert<const N: usize>(
    manager: &SchemaManager<'_>,
    table: &'static str,
    values: [(&'static str, Value); N],
) -> Result<(), DbErr> {
    let columns = values.each_ref().map(|(column, _)| *column);
    let row = values.map(|(_, value)| Expr::value(value));
    let statement = Query::insert()
        .into_table(table)
        .columns(columns)
        .values(row)
        .map_err(|error| DbErr::Migration(error.to_string()))?
        .take();
    manager.execute(statement).await
}
