//! `/api/v1/booths/{number}/history`, `.../days`, `.../usual` and `/api/v1/boards/{board}/events`: what was.

use super::WebState;
use crate::clock::{date, local_day, utc_now};
use app::backend::ApiError;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use domain::{
    BoardEvent, BoardId, BoothNumber, EventId, EventIdError, Interval, LocalDay, Observation, Opening, Totals,
    Transition, UnknownReason, Usual, UtcMs, list_intervals,
};
use entity::{Storage, StorageError};
use http::StatusCode;
use ingest::Clock;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The routes below `/api/v1`.
pub(super) fn routes() -> Router<WebState> {
    Router::new()
        .route("/booths/{number}/history", get(read_history))
        .route("/booths/{number}/days", get(read_days))
        .route("/booths/{number}/usual", get(read_usual))
        .route("/boards/{board}/events", get(list_events))
}

const EVENTS_DEFAULT: u64 = 1_000;
const EVENTS_MAX: u64 = 10_000;
const DAYS_MAX: u16 = 366;
const SPAN_MAX_MS: u64 = 400 * 86_400_000;

/// Why there is no history to be had.
#[derive(Debug, thiserror::Error)]
enum HistoryError {
    #[error("{0}")]
    Path(#[from] PathRejection),
    #[error("{0}")]
    Query(#[from] QueryRejection),
    #[error("after: {0}")]
    After(#[from] EventIdError),
    #[error("from must be before until, and no more than 400 days")]
    Span,
    #[error("from must be a date such as 2026-03-29")]
    Date,
    #[error("count must be 1 to {DAYS_MAX}")]
    Count,
    #[error("limit must be 1 to {EVENTS_MAX}")]
    Limit,
    #[error("not found")]
    NotFound,
    #[error("the database does not answer")]
    Storage,
}

impl From<StorageError> for HistoryError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::UnknownBooth { .. } | StorageError::UnknownBoard { .. } => Self::NotFound,
            // The text may name hosts: the log has it, the world has the fact.
            other => {
                tracing::warn!(error = %other, "history could not be read");
                Self::Storage
            }
        }
    }
}

impl IntoResponse for HistoryError {
    fn into_response(self) -> Response {
        let code = match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Storage => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_REQUEST,
        };
        (code, Json(serde_json::json!({ "error": self.to_string() }))).into_response()
    }
}

#[derive(Debug, Deserialize)]
struct Span {
    from: UtcMs,
    until: UtcMs,
}

#[derive(Debug, Serialize)]
struct History {
    intervals: Vec<Interval>,
    totals: Totals,
}

async fn read_history(
    State(state): State<WebState>,
    number: Result<Path<BoothNumber>, PathRejection>,
    span: Result<Query<Span>, QueryRejection>,
) -> Result<Json<History>, HistoryError> {
    let (Path(number), Query(Span { from, until })) = (number?, span?);
    if from >= until || until.since(from) > SPAN_MAX_MS {
        return Err(HistoryError::Span);
    }
    let intervals = read_intervals(&state.storage, number, from, until).await?;
    Ok(Json(History { totals: Totals::of(&intervals), intervals }))
}

/// What was known of a booth, without gap.
///
/// # Errors
/// Those of [`Storage::list_transitions`].
pub(crate) async fn read_intervals(
    storage: &Storage,
    number: BoothNumber,
    from: UtcMs,
    until: UtcMs,
) -> Result<Vec<Interval>, StorageError> {
    let before = storage.find_observation_before(number, from).await?;
    let mut transitions = Vec::new();
    let mut next = from;
    loop {
        let page = storage.list_transitions(number, next, until).await?;
        let more = page.len() as u64 == Storage::TRANSITIONS_MAX;
        let last = page.last().map(|transition| transition.at);
        transitions.extend(page);
        match last.filter(|last| more && *last > next) {
            // Those of the last instant come again with the next page: the rest of them may be there.
            Some(last) => {
                transitions.retain(|transition| transition.at < last);
                next = last;
            }
            None => {
                let observation = Observation::Unknown(UnknownReason::NoData);
                // What is known now says nothing of the future.
                transitions.push(Transition { booth: number, at: utc_now(), observation });
                return Ok(list_intervals(before, &transitions, from, until));
            }
        }
    }
}

#[derive(Debug, Deserialize)]
struct Days {
    from: String,
    #[serde(default = "one")]
    count: u16,
}

fn one() -> u16 {
    1
}

#[derive(Debug, Serialize)]
struct DayList {
    days: Vec<Day>,
}

#[derive(Debug, Serialize)]
struct Day {
    day: String,
    length_ms: u64,
    totals: Totals,
}

async fn read_days(
    State(state): State<WebState>,
    number: Result<Path<BoothNumber>, PathRejection>,
    days: Result<Query<Days>, QueryRejection>,
) -> Result<Json<DayList>, HistoryError> {
    let (Path(number), Query(Days { from, count })) = (number?, days?);
    let first = from.parse::<Date>().map_err(|_| HistoryError::Date)?;
    if !(1..=DAYS_MAX).contains(&count) {
        return Err(HistoryError::Count);
    }
    let midnight = |day: i32| state.backend.clock.utc(Opening { day: LocalDay(day), minute: 0 });
    let first = local_day(first).0;
    let end = first + i32::from(count);
    let intervals = read_intervals(&state.storage, number, midnight(first), midnight(end)).await?;
    let day = |day: i32| {
        let (from, until) = (midnight(day), midnight(day + 1));
        let within = intervals.iter().map(|interval| clip(interval, from, until)).collect::<Vec<_>>();
        Day { day: date(LocalDay(day)).to_string(), length_ms: until.since(from), totals: Totals::of(&within) }
    };
    Ok(Json(DayList { days: (first..end).map(day).collect() }))
}

/// The part of an interval that lies within a day; empty when none does.
fn clip(interval: &Interval, from: UtcMs, until: UtcMs) -> Interval {
    let start = interval.from.clamp(from, until);
    Interval { from: start, until: interval.until.clamp(start, until.max(start)), ..*interval }
}

async fn read_usual(
    State(state): State<WebState>,
    number: Result<Path<BoothNumber>, PathRejection>,
) -> Result<Json<Usual>, HistoryError> {
    let Path(number) = number?;
    let found = state.guide.history.find(number).await.map_err(|error| match error {
        ApiError::BoothNotFound { .. } => HistoryError::NotFound,
        _ => HistoryError::Storage,
    })?;
    Ok(Json(found.usual.clone()))
}

#[derive(Debug, Deserialize)]
struct After {
    after: Option<String>,
    #[serde(default)]
    era: u32,
    limit: Option<u64>,
}

#[derive(Debug, Serialize)]
struct EventList {
    events: Vec<EventRow>,
}

#[derive(Debug, Serialize)]
struct EventRow {
    id: String,
    era: u32,
    at: UtcMs,
    received_at: UtcMs,
    states: String,
    counts: Vec<u16>,
    battery_mv: u16,
    rssi_dbm: i16,
    up_s: u32,
    gap: u32,
}

async fn list_events(
    State(state): State<WebState>,
    board: Result<Path<BoardId>, PathRejection>,
    after: Result<Query<After>, QueryRejection>,
) -> Result<Json<EventList>, HistoryError> {
    let (Path(board), Query(After { after, era, limit })) = (board?, after?);
    let after = after.map(|after| after.parse::<EventId>()).transpose()?.map(|after| (era, after));
    let limit = limit.unwrap_or(EVENTS_DEFAULT);
    if !(1..=EVENTS_MAX).contains(&limit) {
        return Err(HistoryError::Limit);
    }
    let events = state.storage.list_events(&board, after, limit).await?;
    Ok(Json(EventList { events: events.into_iter().map(EventRow::from).collect() }))
}

impl From<BoardEvent> for EventRow {
    fn from(event: BoardEvent) -> Self {
        Self {
            id: event.id.to_string(),
            era: event.era,
            at: event.at,
            received_at: event.received_at,
            states: event.channels.iter().map(|channel| if channel.high { '1' } else { '0' }).collect(),
            counts: event.channels.iter().map(|channel| channel.high_samples).collect(),
            battery_mv: event.battery_mv,
            rssi_dbm: event.rssi_dbm,
            up_s: event.up_s,
            gap: event.gap,
        }
    }
}
