//! Recipes on a plant that is served, at its own pace.

use super::AdminState;
use super::error::AdminError;
use crate::recipe::{Recipe, Report};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

const NONE: AdminError = AdminError::Nothing { what: "recipe" };

pub(super) async fn start(
    State(state): State<AdminState>,
    Path(name): Path<String>,
    body: String,
) -> Result<Json<Report>, AdminError> {
    let handle = state.find(&name)?;
    handle.start_recipe(Recipe::from_toml(&body)?);
    handle.recipe_report().map(Json).ok_or(NONE)
}

pub(super) async fn report(
    State(state): State<AdminState>,
    Path(name): Path<String>,
) -> Result<Json<Report>, AdminError> {
    state.find(&name)?.recipe_report().map(Json).ok_or(NONE)
}

pub(super) async fn junit(
    State(state): State<AdminState>,
    Path(name): Path<String>,
) -> Result<impl IntoResponse, AdminError> {
    let report = state.find(&name)?.recipe_report().ok_or(NONE)?;
    Ok(([(CONTENT_TYPE, "application/xml")], report.junit()))
}

pub(super) async fn stop(State(state): State<AdminState>, Path(name): Path<String>) -> Result<StatusCode, AdminError> {
    if state.find(&name)?.stop_recipe() { Ok(StatusCode::NO_CONTENT) } else { Err(NONE) }
}
