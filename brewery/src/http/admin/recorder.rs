//! Recordings of a plant, and playing them back.

use super::error::AdminError;
use super::{AdminState, apart};
use crate::hosting::RecorderState;
use crate::recorder::{Recording, Replay};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

type Shown = Result<Json<RecorderState>, AdminError>;

pub(super) async fn state(State(state): State<AdminState>, Path(name): Path<String>) -> Shown {
    Ok(Json(state.find(&name)?.recorder()))
}

pub(super) async fn start(State(state): State<AdminState>, Path(name): Path<String>) -> Shown {
    let handle = state.find(&name)?;
    handle.start_recording();
    Ok(Json(handle.recorder()))
}

pub(super) async fn stop(State(state): State<AdminState>, Path(name): Path<String>) -> Shown {
    let handle = state.find(&name)?;
    handle.stop_recording();
    Ok(Json(handle.recorder()))
}

pub(super) async fn recording(
    State(state): State<AdminState>,
    Path(name): Path<String>,
) -> Result<impl IntoResponse, AdminError> {
    let recording = state.find(&name)?.recording().ok_or(AdminError::Nothing { what: "recording" })?;
    let text = apart(move || recording.to_text()).await?.map_err(|_| AdminError::Failed)?;
    Ok(([(CONTENT_TYPE, "application/x-ndjson")], text))
}

pub(super) async fn replay(body: String) -> Result<Json<Replay>, AdminError> {
    let replayed = apart(move || Recording::from_text(&body)?.replay()).await??;
    Ok(Json(replayed))
}
