//! `/api/v1/...`: the building and its state for machines.

use super::WebState;
use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use domain::{BoardId, BoothNumber, BoothState, BoothStatus, FloorNumber, LatencySummary, UtcMs};
use http::StatusCode;
use ingest::BoardReport;
use serde::Serialize;

/// The routes below `/api/v1`.
pub(super) fn routes() -> Router<WebState> {
    Router::new()
        .route("/floors", get(list_floors))
        .route("/booths", get(list_booths))
        .route("/booths/{number}", get(find_booth))
        .route("/boards", get(list_boards))
        .route("/latency", get(read_latency))
}

#[derive(Debug, Serialize)]
struct FloorList {
    floors: Vec<FloorRow>,
}

#[derive(Debug, Serialize)]
struct FloorRow {
    number: FloorNumber,
    version: u32,
    booths: usize,
    free: usize,
}

async fn list_floors(State(state): State<WebState>) -> Json<FloorList> {
    let snapshot = state.backend.hub.snapshot(None);
    let building = state.backend.memory.get();
    let row = |floor: &domain::Floor| {
        let on_floor = snapshot.booths.iter().filter(|booth| booth.floor == floor.number);
        let free = on_floor.clone().filter(|booth| booth.status == BoothStatus::Free).count();
        FloorRow { number: floor.number, version: floor.version, booths: on_floor.count(), free }
    };
    Json(FloorList { floors: building.building.floors.iter().map(row).collect() })
}

#[derive(Debug, Serialize)]
struct BoothListing {
    booths: Vec<BoothRow>,
}

#[derive(Debug, Serialize)]
struct BoothRow {
    number: BoothNumber,
    floor: FloorNumber,
    name: String,
    status: BoothStatus,
    since_at: UtcMs,
    #[serde(skip_serializing_if = "Option::is_none")]
    until_at: Option<UtcMs>,
}

async fn list_booths(State(state): State<WebState>) -> Json<BoothListing> {
    let booths = state.backend.hub.snapshot(None).booths.into_iter().map(|booth| state.booth_row(booth)).collect();
    Json(BoothListing { booths })
}

async fn find_booth(
    State(state): State<WebState>,
    Path(number): Path<BoothNumber>,
) -> Result<Json<BoothRow>, StatusCode> {
    let found = state.backend.hub.snapshot(None).booths.into_iter().find(|booth| booth.number == number);
    found.map(|booth| Json(state.booth_row(booth))).ok_or(StatusCode::NOT_FOUND)
}

impl WebState {
    fn booth_row(&self, booth: BoothState) -> BoothRow {
        let BoothState { number, floor, status, since_at, until_at, .. } = booth;
        let shown = self.backend.memory.get();
        let known = shown.building.booths.iter().find(|known| known.number == number);
        let name = known.map(|known| known.name.clone()).unwrap_or_default();
        BoothRow { number, floor, name, status, since_at, until_at }
    }
}

#[derive(Debug, Serialize)]
struct BoardList {
    boards: Vec<BoardRow>,
}

#[derive(Debug, Serialize)]
struct BoardRow {
    id: BoardId,
    /// In the order of the board's channels.
    booths: Vec<BoothNumber>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    asleep_until: Option<UtcMs>,
    last_event: Option<String>,
    heard_at: Option<UtcMs>,
    battery_mv: Option<u16>,
    rssi_dbm: Option<i16>,
    up_s: Option<u32>,
    firmware: Option<String>,
    reset_reason: Option<String>,
    key_versions: Vec<u8>,
}

async fn list_boards(State(state): State<WebState>) -> Json<BoardList> {
    Json(BoardList { boards: state.backend.list_boards().into_iter().map(BoardRow::new).collect() })
}

impl BoardRow {
    fn new((report, booths): (BoardReport, Vec<BoothNumber>)) -> Self {
        let BoardReport { id, state, last, asleep_until, vitals, key_versions, .. } = report;
        let reported = vitals.as_ref().and_then(|vitals| vitals.report);
        Self {
            id,
            booths,
            state: state.as_str(),
            asleep_until,
            last_event: last.map(|last| last.to_string()),
            heard_at: vitals.as_ref().map(|vitals| vitals.heard_at),
            battery_mv: reported.map(|reported| reported.battery_mv),
            rssi_dbm: reported.map(|reported| reported.rssi_dbm),
            up_s: reported.map(|reported| reported.up_s),
            firmware: vitals.as_ref().map(|vitals| vitals.firmware.clone()),
            reset_reason: vitals.map(|vitals| vitals.reset_reason),
            key_versions,
        }
    }
}

#[derive(Debug, Serialize)]
struct LatencyAnswer {
    /// From the receipt of the deciding reading to its publication in the stream, over the newest changes.
    receipt_to_publication: Option<LatencySummary>,
}

async fn read_latency(State(state): State<WebState>) -> Json<LatencyAnswer> {
    Json(LatencyAnswer { receipt_to_publication: state.backend.latency.summary() })
}
