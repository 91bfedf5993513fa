//! A floor as it is published.

use crate::building::{decode_board_id, decode_plan};
use crate::error::{Failure, StorageError, corrupt};
use crate::models::{board, booth, floor, plan, wire};
use crate::plan_files::read_sheet;
use domain::{BoardId, BoothNumber, Channel, FloorNumber, Placement, ViewBox};
use drafting::{
    BoothId, Layout, LayoutBooth, LayoutVersion, PlanLine, PlanSheet, Published, Shape, Surroundings, WiredChannel,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};

/// A floor as everybody sees it, and what stands on the others.
pub(crate) struct FloorNow {
    pub(crate) id: i32,
    pub(crate) number: FloorNumber,
    pub(crate) published: Published,
    pub(crate) plan: plan::Model,
    pub(crate) numbers_elsewhere: BTreeSet<BoothNumber>,
    pub(crate) wires_elsewhere: BTreeSet<WiredChannel>,
}

impl FloorNow {
    pub(crate) async fn read(connection: &impl ConnectionTrait, number: FloorNumber) -> Result<Self, Failure> {
        let row = find_floor(connection, number).await?;
        let plan = plan::Entity::find().filter(plan::Column::FloorId.eq(row.id)).one(connection).await?;
        let plan = plan.ok_or_else(|| corrupt("plan", &number, &"missing"))?;
        let mut wires = list_wires(connection).await?;
        let booths = booth::Entity::find().filter(booth::Column::RetiredAt.is_null()).all(connection).await?;
        let (here, elsewhere): (Vec<_>, Vec<_>) = booths.into_iter().partition(|booth| booth.floor_id == row.id);
        let here: Vec<LayoutBooth> = here
            .into_iter()
            .map(|booth| {
                let watched_by = wires.remove(&booth.id).unwrap_or_default();
                decode_booth(&booth, watched_by)
            })
            .collect::<Result<_, _>>()?;
        let layout = Layout::new(here).map_err(|error| corrupt("booth", &number, &error))?;
        let numbers = elsewhere.iter().filter_map(|booth| booth.number.try_into().ok().map(BoothNumber));
        Ok(Self {
            id: row.id,
            number,
            published: Published { version: decode_version(row.layout_version)?, layout },
            plan,
            numbers_elsewhere: numbers.collect(),
            wires_elsewhere: wires.into_values().flatten().collect(),
        })
    }

    pub(crate) fn surroundings(&self, view_box: ViewBox, lines: Vec<PlanLine>) -> Surroundings {
        let (numbers_elsewhere, wires_elsewhere) = (self.numbers_elsewhere.clone(), self.wires_elsewhere.clone());
        Surroundings { view_box, lines, numbers_elsewhere, wires_elsewhere }
    }

    pub(crate) fn view_box(&self) -> ViewBox {
        ViewBox { x: self.plan.x, y: self.plan.y, width: self.plan.width, height: self.plan.height }
    }

    pub(crate) async fn sheet(&self, connection: &impl ConnectionTrait) -> Result<PlanSheet, Failure> {
        match &self.plan.file_sha {
            Some(sha) => read_sheet(connection, sha).await,
            None => Ok(PlanSheet { sha: None, plan: decode_plan(self.plan.clone())?, lines: Vec::new() }),
        }
    }
}

pub(crate) async fn find_floor(
    connection: &impl ConnectionTrait,
    number: FloorNumber,
) -> Result<floor::Model, Failure> {
    let row = floor::Entity::find().filter(floor::Column::Number.eq(number.0)).one(connection).await?;
    Ok(row.ok_or(StorageError::UnknownFloor { floor: number })?)
}

pub(crate) fn decode_version(version: i32) -> Result<LayoutVersion, StorageError> {
    version.try_into().map(LayoutVersion).map_err(|error| corrupt("layout_version", &version, &error))
}

pub(crate) fn encode_version(version: LayoutVersion) -> i32 {
    i32::try_from(version.0).unwrap_or(i32::MAX)
}

/// The row that a stored booth is.
pub(crate) fn row_of(id: BoothId) -> Option<i32> {
    i32::try_from(id.0).ok().filter(|_| !id.is_made())
}

/// The boards, by their rows.
pub(super) async fn list_boards(connection: &impl ConnectionTrait) -> Result<BTreeMap<i32, BoardId>, Failure> {
    let columns = [board::Column::Id, board::Column::Name];
    let boards: Vec<(i32, String)> =
        board::Entity::find().select_only().columns(columns).into_tuple().all(connection).await?;
    Ok(boards
        .into_iter()
        .map(|(id, name)| Ok((id, decode_board_id(id, &name)?)))
        .collect::<Result<_, StorageError>>()?)
}

/// What watches which booth.
async fn list_wires(connection: &impl ConnectionTrait) -> Result<BTreeMap<i32, BTreeSet<WiredChannel>>, Failure> {
    let boards = list_boards(connection).await?;
    let mut wires: BTreeMap<i32, BTreeSet<WiredChannel>> = BTreeMap::new();
    for row in wire::Entity::find().all(connection).await? {
        let board = boards.get(&row.board_id).ok_or_else(|| corrupt("wire", &row.board_id, &"unknown board"))?;
        let channel = row.channel.try_into().map_err(|_| corrupt("wire", &row.board_id, &"channels are 0 to 255"))?;
        let wired = WiredChannel { board: board.clone(), channel: Channel(channel) };
        wires.entry(row.booth_id).or_default().insert(wired);
    }
    Ok(wires)
}

fn decode_booth(row: &booth::Model, wires: BTreeSet<WiredChannel>) -> Result<LayoutBooth, StorageError> {
    let broken = |error: &dyn std::fmt::Display| corrupt("booth", &row.number, error);
    let placement =
        Placement { x: row.x, y: row.y, width: row.width, height: row.height, rotation_deg: row.rotation_deg };
    let shape = match &row.outline {
        Some(corners) => Shape::Polygon(serde_json::from_str(corners).map_err(|error| broken(&error))?),
        None => Shape::Rectangle(placement),
    };
    let id = u64::try_from(row.id).map_err(|error| broken(&error))?;
    let number = row.number.try_into().map_err(|error: std::num::TryFromIntError| broken(&error))?;
    let (number, name) = (BoothNumber(number), row.name.clone());
    Ok(LayoutBooth { id: BoothId(id), number, name, shape, wires, is_locked: row.is_locked })
}
