//! Plants as such: which there are, how they are, how they were.

use super::error::AdminError;
use super::{AdminState, read};
use crate::brewhouse::Command;
use crate::hosting::{InstanceName, InstanceSettings};
use crate::snapshot::Snapshot;
use crate::trends::Sample;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;

pub(super) async fn list(State(state): State<AdminState>) -> Json<Vec<InstanceName>> {
    Json(state.brewery.list().iter().map(|handle| handle.name().clone()).collect())
}

pub(super) async fn create(
    State(state): State<AdminState>,
    Path(name): Path<String>,
    body: String,
) -> Result<(StatusCode, Json<Snapshot>), AdminError> {
    let settings = if body.trim().is_empty() { InstanceSettings::default() } else { read(&body)? };
    let handle = state.brewery.create(name.parse()?, settings)?;
    Ok((StatusCode::CREATED, Json(handle.snapshot())))
}

pub(super) async fn remove(
    State(state): State<AdminState>,
    Path(name): Path<String>,
) -> Result<StatusCode, AdminError> {
    state.brewery.remove(&name.parse()?)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn snapshot(
    State(state): State<AdminState>,
    Path(name): Path<String>,
) -> Result<Json<Snapshot>, AdminError> {
    Ok(Json(state.find(&name)?.snapshot()))
}

#[derive(Debug, Deserialize)]
pub(super) struct TrendsQuery {
    after_s: Option<u64>,
}

pub(super) async fn trends(
    State(state): State<AdminState>,
    Path(name): Path<String>,
    Query(query): Query<TrendsQuery>,
) -> Result<Json<Vec<Sample>>, AdminError> {
    Ok(Json(state.find(&name)?.trends(query.after_s)))
}

pub(super) async fn data(State(state): State<AdminState>, Path(name): Path<String>) -> Result<String, AdminError> {
    Ok(state.find(&name)?.data_file().to_string())
}

pub(super) async fn import(
    State(state): State<AdminState>,
    Path(name): Path<String>,
    body: String,
) -> Result<StatusCode, AdminError> {
    state.find(&name)?.command(&Command::Import(body))?;
    Ok(StatusCode::NO_CONTENT)
}
