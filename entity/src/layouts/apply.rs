//! Makes rows of a layout: booths are made, changed and retired, and what watches them is wired.

use super::floor_now::{FloorNow, row_of};
use crate::error::{Failure, StorageError, corrupt};
use crate::history::list_last;
use crate::insert::insert_rows;
use crate::keys::find_or_insert_board;
use crate::models::{booth, former_number, v0_wire, wire};
use crate::observation::encode_transition;
use domain::{BoothNumber, Observation, Placement, PresenceRule, UnknownReason, UtcMs};
use drafting::{Axis, BoothId, Layout, LayoutBooth, Shape};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// What has become of a layout.
pub(super) enum Applied {
    /// The same, with the rows of booths that were made.
    Layout(Layout),
    /// The floor has never had this booth. Nothing may be committed.
    Unknown(BoothId),
}

/// Makes what is published of a floor what `layout` says. Numbers that change hands are given up before they are taken.
pub(super) async fn apply(
    write: &impl ConnectionTrait,
    floor: &FloorNow,
    layout: &Layout,
    now: UtcMs,
) -> Result<Applied, Failure> {
    let before = &floor.published.layout;
    for gone in before.booths().filter(|booth| layout.find(booth.id).is_none()) {
        retire(write, gone, now).await?;
    }
    for booth in layout.booths() {
        let Some(known) = before.find(booth.id) else { continue };
        if known.number != booth.number {
            give_up_number(write, known, now).await?;
        }
        if known.wires != booth.wires {
            delete_wires(write, known).await?;
        }
    }
    let mut booths = Vec::new();
    for booth in layout.booths() {
        let known = before.find(booth.id);
        let Some(row) = put(write, floor, known, booth).await? else { return Ok(Applied::Unknown(booth.id)) };
        if known.is_none_or(|known| known.wires != booth.wires) {
            insert_wires(write, row, booth).await?;
        }
        let id = u64::try_from(row).map_err(|error| corrupt("booth", &row, &error))?;
        booths.push(LayoutBooth { id: BoothId(id), ..booth.clone() });
    }
    let layout = Layout::new(booths).map_err(|error| corrupt("booth", &floor.number, &error))?;
    Ok(Applied::Layout(layout))
}

/// Its row stays, because history refers to it.
async fn retire(write: &impl ConnectionTrait, gone: &LayoutBooth, now: UtcMs) -> Result<(), Failure> {
    give_up_number(write, gone, now).await?;
    delete_wires(write, gone).await?;
    let id = require_row(gone)?;
    v0_wire::Entity::delete_many().filter(v0_wire::Column::BoothId.eq(id)).exec(write).await?;
    booth::Entity::update_many()
        .col_expr(booth::Column::RetiredAt, Expr::value(now.0))
        .filter(booth::Column::Id.eq(id))
        .exec(write)
        .await?;
    Ok(())
}

/// Takes a booth's number away, and ends what history says under it.
async fn give_up_number(write: &impl ConnectionTrait, booth: &LayoutBooth, now: UtcMs) -> Result<(), Failure> {
    let id = require_row(booth)?;
    end_history(write, booth, now).await?;
    let former = former_number::ActiveModel {
        number: Set(encode_number(booth.number)),
        until_at: Set(now.0),
        booth_id: Set(id),
    };
    let key = [former_number::Column::Number, former_number::Column::UntilAt, former_number::Column::BoothId];
    let leave_alone = OnConflict::columns(key).do_nothing_on(key).to_owned();
    former_number::Entity::insert(former).on_conflict(leave_alone).exec_without_returning(write).await?;
    booth::Entity::update_many()
        .col_expr(booth::Column::Number, Expr::value(-id))
        .filter(booth::Column::Id.eq(id))
        .exec(write)
        .await?;
    Ok(())
}

/// Says that nothing is known of a booth from now on, if something was.
pub(super) async fn end_history(write: &impl ConnectionTrait, booth: &LayoutBooth, now: UtcMs) -> Result<(), Failure> {
    let id = require_row(booth)?;
    let last = list_last(write, (id, booth.number), UtcMs(i64::MAX), 1).await?;
    let open = last.first().filter(|last| matches!(last.observation, Observation::Sensed(_)));
    let end = |at: UtcMs| encode_transition(id, at, Observation::Unknown(UnknownReason::NoData));
    insert_rows(write, open.map(|last| end(now.max(last.at))).into_iter().collect(), None).await
}

async fn delete_wires(write: &impl ConnectionTrait, booth: &LayoutBooth) -> Result<(), Failure> {
    let of_booth = wire::Entity::delete_many().filter(wire::Column::BoothId.eq(require_row(booth)?));
    of_booth.exec(write).await?;
    Ok(())
}

/// A board that nobody has spoken of before is made.
async fn insert_wires(write: &impl ConnectionTrait, booth_id: i32, booth: &LayoutBooth) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for wired in &booth.wires {
        let board_id = find_or_insert_board(write, &wired.board).await?;
        let channel = Set(i16::from(wired.channel.0));
        rows.push(wire::ActiveModel { board_id: Set(board_id), channel, booth_id: Set(booth_id) });
    }
    insert_rows(write, rows, None).await
}

/// Inserts or updates the row of a booth and returns it; none when there is no such row on this floor.
async fn put(
    write: &impl ConnectionTrait,
    floor: &FloorNow,
    known: Option<&LayoutBooth>,
    booth: &LayoutBooth,
) -> Result<Option<i32>, Failure> {
    let Some(id) = row_of(booth.id) else {
        let mut row = encode(booth)?;
        row.floor_id = Set(floor.id);
        let rule = PresenceRule::default();
        row.presence_window = Set(encode_samples(rule.window()));
        row.presence_occupied_above = Set(encode_samples(rule.occupied_above()));
        row.presence_free_below = Set(encode_samples(rule.free_below()));
        return Ok(Some(booth::Entity::insert(row).exec(write).await?.last_insert_id));
    };
    if known == Some(booth) {
        return Ok(Some(id));
    }
    if known.is_none() {
        // Brought back.
        let retired = booth::Entity::find_by_id(id).one(write).await?;
        if !retired.is_some_and(|row| row.floor_id == floor.id && row.retired_at.is_some()) {
            return Ok(None);
        }
    }
    let mut row = encode(booth)?;
    row.id = Set(id);
    row.retired_at = Set(None);
    booth::Entity::update(row).exec(write).await?;
    Ok(Some(id))
}

fn encode(booth: &LayoutBooth) -> Result<booth::ActiveModel, StorageError> {
    let (placement, outline) = match &booth.shape {
        Shape::Rectangle(placement) => (*placement, None),
        Shape::Polygon(corners) => {
            let bounds = booth.shape.bounds();
            let (width, height) = (bounds.length(Axis::X), bounds.length(Axis::Y));
            let json = serde_json::to_string(corners).map_err(|error| corrupt("booth", &booth.number, &error))?;
            (Placement { x: bounds.left, y: bounds.top, width, height, rotation_deg: 0.0 }, Some(json))
        }
    };
    Ok(booth::ActiveModel {
        id: NotSet,
        floor_id: NotSet,
        number: Set(encode_number(booth.number)),
        name: Set(booth.name.clone()),
        x: Set(placement.x),
        y: Set(placement.y),
        width: Set(placement.width),
        height: Set(placement.height),
        rotation_deg: Set(placement.rotation_deg),
        presence_window: NotSet,
        presence_occupied_above: NotSet,
        presence_free_below: NotSet,
        outline: Set(outline),
        is_locked: Set(booth.is_locked),
        retired_at: NotSet,
    })
}

fn encode_number(number: BoothNumber) -> i32 {
    i32::try_from(number.0).unwrap_or(i32::MAX)
}

fn encode_samples(samples: u16) -> i16 {
    i16::try_from(samples).unwrap_or(i16::MAX)
}

fn require_row(booth: &LayoutBooth) -> Result<i32, StorageError> {
    row_of(booth.id).ok_or_else(|| corrupt("booth", &booth.number, &"no row"))
}
