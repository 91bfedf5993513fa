//! What administrators arrange: the site, its floors, plans, booths, boards and wires.

use crate::Storage;
use crate::error::{Failure, StorageError, corrupt};
use crate::models::{board, booth, floor, holiday, plan, service_day, site, wire};
use domain::{
    Board, BoardId, Booth, BoothNumber, Building, Channel, Floor, FloorNumber, FloorPlan, Placement, PlanPoint,
    PresenceRule, ServiceHours, ViewBox, Wire,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The building as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// What it is called.
    pub name: String,
    /// The IANA name of its time zone, not looked up here: `Europe/Paris`.
    pub time_zone: String,
    /// When its boards have to be awake, on its own clock; holidays are not taken out of them.
    pub hours: ServiceHours,
    /// The days on which it is closed, as ISO dates (`2026-07-14`), in order.
    pub holidays: Vec<String>,
}

impl Storage {
    /// The site; there is one.
    ///
    /// # Errors
    /// `Corrupt` when it is missing or its hours make no sense; `Timeout`, `Database`.
    pub async fn read_site(&self) -> Result<Site, StorageError> {
        self.within("reading the site", async {
            let transaction = self.begin_read().await?;
            Ok(read_site_within(&transaction).await?.1)
        })
        .await
    }

    /// Floors by position, booths by number, boards by name, wires by board and channel; all of one moment.
    ///
    /// # Errors
    /// `Corrupt` when a row makes no sense; `Timeout`, `Database`.
    pub async fn read_building(&self) -> Result<Building, StorageError> {
        self.within("reading the building", async {
            let transaction = self.begin_read().await?;
            let rows = Rows::read(&transaction).await?;
            Ok(rows.decode()?)
        })
        .await
    }

    /// The corners of the booths that are no rectangles, by number.
    ///
    /// # Errors
    /// `Corrupt` when a row makes no sense; `Timeout`, `Database`.
    pub async fn list_outlines(&self) -> Result<BTreeMap<BoothNumber, Vec<PlanPoint>>, StorageError> {
        self.within("reading outlines", async {
            let polygons = booth::Entity::find().filter(booth::Column::RetiredAt.is_null());
            let polygons = polygons.filter(booth::Column::Outline.is_not_null());
            let rows = polygons.all(&self.begin_read().await?).await?;
            Ok(rows.iter().map(decode_outline).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// The plan of a floor; `None` when there is no such floor or it has no plan.
    ///
    /// # Errors
    /// `Corrupt` when its view box is empty; `Timeout`, `Database`.
    pub async fn find_plan(&self, floor: FloorNumber) -> Result<Option<FloorPlan>, StorageError> {
        self.within("reading a plan", async {
            let transaction = self.begin_read().await?;
            let of_number = floor::Entity::find().filter(floor::Column::Number.eq(floor.0));
            let Some(floor) = of_number.one(&transaction).await? else { return Ok(None) };
            let of_floor = plan::Entity::find().filter(plan::Column::FloorId.eq(floor.id));
            Ok(of_floor.one(&transaction).await?.map(decode_plan).transpose()?)
        })
        .await
    }
}

/// The site, with its row.
pub(crate) async fn read_site_within(read: &impl ConnectionTrait) -> Result<(i32, Site), Failure> {
    let row = site::Entity::find().order_by_asc(site::Column::Id).one(read).await?;
    let row = row.ok_or_else(|| corrupt("site", &"first", &"missing"))?;
    let days = service_day::Entity::find().filter(service_day::Column::SiteId.eq(row.id)).all(read).await?;
    let of_site = holiday::Entity::find().filter(holiday::Column::SiteId.eq(row.id));
    let holidays = of_site.order_by_asc(holiday::Column::Day).all(read).await?;
    Ok((row.id, decode_site(row, &days, holidays.into_iter().map(|row| row.day).collect())?))
}

struct Rows {
    floors: Vec<floor::Model>,
    booths: Vec<booth::Model>,
    boards: Vec<board::Model>,
    wires: Vec<wire::Model>,
}

impl Rows {
    async fn read(transaction: &DatabaseTransaction) -> Result<Self, Failure> {
        let shown = floor::Entity::find().filter(floor::Column::RetiredAt.is_null());
        let floors = shown.order_by_asc(floor::Column::Position).order_by_asc(floor::Column::Number);
        let floors = floors.all(transaction).await?;
        let of_shown = booth::Column::FloorId.is_in(floors.iter().map(|floor| floor.id));
        let booths = booth::Entity::find().filter(booth::Column::RetiredAt.is_null()).filter(of_shown);
        let booths = booths.order_by_asc(booth::Column::Number).all(transaction).await?;
        let wires = wire::Entity::find().order_by_asc(wire::Column::BoardId).order_by_asc(wire::Column::Channel);
        // What is wired to a floor that was taken away waits for its return.
        let shown: HashSet<i32> = booths.iter().map(|booth| booth.id).collect();
        let mut wires = wires.all(transaction).await?;
        wires.retain(|wire| shown.contains(&wire.booth_id));
        let boards = board::Entity::find().order_by_asc(board::Column::Name).all(transaction).await?;
        Ok(Self { floors, booths, boards, wires })
    }

    fn decode(self) -> Result<Building, StorageError> {
        let floor_numbers: HashMap<_, _> = self.floors.iter().map(|row| (row.id, FloorNumber(row.number))).collect();
        let floors = self.floors.iter().map(decode_floor).collect::<Result<_, _>>()?;
        let (booth_ids, booths) = self
            .booths
            .into_iter()
            .map(|row| Ok((row.id, decode_booth(row, &floor_numbers)?)))
            .collect::<Result<(Vec<_>, Vec<_>), StorageError>>()?;
        let (board_ids, boards) = self
            .boards
            .iter()
            .map(|row| Ok((row.id, decode_board(row)?)))
            .collect::<Result<(Vec<_>, Vec<_>), StorageError>>()?;
        let booths_by_id = booth_ids.into_iter().zip(&booths).collect();
        let boards_by_id = board_ids.into_iter().zip(&boards).collect();
        let decode = |row| decode_wire(row, &boards_by_id, &booths_by_id);
        let mut wires = self.wires.iter().map(decode).collect::<Result<Vec<_>, _>>()?;
        wires.sort_by(|a, b| (&a.board, a.channel).cmp(&(&b.board, b.channel)));
        Ok(Building { floors, booths, boards, wires })
    }
}

fn decode_site(row: site::Model, days: &[service_day::Model], holidays: Vec<String>) -> Result<Site, StorageError> {
    let mut week = [None; 7];
    for day in days {
        let broken = |reason: &dyn std::fmt::Display| corrupt("service_day", &day.weekday, reason);
        let opens_min = u16::try_from(day.opens_min).map_err(|error| broken(&error))?;
        let closes_min = u16::try_from(day.closes_min).map_err(|error| broken(&error))?;
        let of_day = usize::try_from(day.weekday).ok().and_then(|weekday| week.get_mut(weekday));
        *of_day.ok_or_else(|| broken(&"no day of the week"))? = Some((opens_min, closes_min));
    }
    let hours = ServiceHours::weekly(week).map_err(|error| corrupt("service_day", &row.id, &error))?;
    Ok(Site { name: row.name, time_zone: row.time_zone, hours, holidays })
}

fn decode_floor(row: &floor::Model) -> Result<Floor, StorageError> {
    let version = u32::try_from(row.layout_version).map_err(|error| corrupt("floor", &row.number, &error))?;
    Ok(Floor { number: FloorNumber(row.number), version })
}

pub(crate) fn decode_plan(row: plan::Model) -> Result<FloorPlan, StorageError> {
    let plan::Model { id, x, y, width, height, drawing, .. } = row;
    if width > 0.0 && height > 0.0 {
        return Ok(FloorPlan { view_box: ViewBox { x, y, width, height }, drawing });
    }
    Err(corrupt("plan", &id, &format!("a view box of {width} by {height}")))
}

fn decode_booth(row: booth::Model, floors: &HashMap<i32, FloorNumber>) -> Result<Booth, StorageError> {
    let broken = |reason: String| corrupt("booth", &row.number, &reason);
    let number = u32::try_from(row.number).map_err(|error| broken(error.to_string()))?;
    let floor = floors.get(&row.floor_id).ok_or_else(|| broken(format!("on the unknown floor {}", row.floor_id)))?;
    let presence_rule = decode_rule(&row).map_err(broken)?;
    if !(row.width > 0.0 && row.height > 0.0) {
        return Err(broken(format!("{} wide and {} high", row.width, row.height)));
    }
    let booth::Model { x, y, width, height, rotation_deg, .. } = row;
    let placement = Placement { x, y, width, height, rotation_deg };
    Ok(Booth { number: BoothNumber(number), floor: *floor, name: row.name, placement, presence_rule })
}

fn decode_outline(row: &booth::Model) -> Result<(BoothNumber, Vec<PlanPoint>), StorageError> {
    let broken = |error: &dyn std::fmt::Display| corrupt("booth", &row.number, error);
    let number = u32::try_from(row.number).map_err(|error| broken(&error))?;
    let corners = serde_json::from_str(row.outline.as_deref().unwrap_or("[]")).map_err(|error| broken(&error))?;
    Ok((BoothNumber(number), corners))
}

pub(crate) fn decode_rule(row: &booth::Model) -> Result<PresenceRule, String> {
    let numbers = [row.presence_window, row.presence_occupied_above, row.presence_free_below];
    let [Ok(window), Ok(occupied_above), Ok(free_below)] = numbers.map(u16::try_from) else {
        return Err(format!("presence rule {numbers:?} has a negative number"));
    };
    PresenceRule::new(window, occupied_above, free_below).map_err(|error| error.to_string())
}

fn decode_board(row: &board::Model) -> Result<Board, StorageError> {
    Ok(Board { id: decode_board_id(row.id, &row.name)? })
}

/// The name of the board in this row.
pub(crate) fn decode_board_id(id: i32, name: &str) -> Result<BoardId, StorageError> {
    BoardId::new(name).ok_or_else(|| corrupt("board", &id, &format!("name {name:?}")))
}

fn decode_wire(
    row: &wire::Model,
    boards: &HashMap<i32, &Board>,
    booths: &HashMap<i32, &Booth>,
) -> Result<Wire, StorageError> {
    let key = format!("board {}, channel {}", row.board_id, row.channel);
    let broken = |reason: &str| corrupt("wire", &key, &reason);
    let channel = u8::try_from(row.channel).map_err(|_| broken("channels are 0 to 255"))?;
    let board = boards.get(&row.board_id).ok_or_else(|| broken("unknown board"))?;
    let booth = booths.get(&row.booth_id).ok_or_else(|| broken("unknown booth"))?;
    Ok(Wire { board: board.id.clone(), channel: Channel(channel), booth: booth.number })
}
