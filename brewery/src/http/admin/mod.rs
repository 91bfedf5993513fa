//! The admin API: for those who test a screen, and for scripts. Everything but its description needs the token.
//!
//! All operations are listed in [`operations`], which is also what `openapi.json` is made from.

mod control;
mod error;
mod events;
mod openapi;
pub mod operations;
mod plants;
mod recipes;
mod recorder;

use super::token::AdminToken;
use crate::hosting::{Brewery, Handle};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post, put};
use error::AdminError;
use serde::de::DeserializeOwned;
use tokio_util::sync::CancellationToken;

/// The longest body: a recording of an hour.
const BODY_BYTES_MAX: usize = 32 * 1024 * 1024;

/// What handlers share.
#[derive(Clone)]
pub(super) struct AdminState {
    brewery: Brewery,
    token: AdminToken,
    shutdown: CancellationToken,
}

impl AdminState {
    pub(super) const fn new(brewery: Brewery, token: AdminToken, shutdown: CancellationToken) -> Self {
        Self { brewery, token, shutdown }
    }

    fn find(&self, name: &str) -> Result<Handle, AdminError> {
        let unknown = || AdminError::UnknownPlant { name: name.chars().take(40).collect() };
        self.brewery.find(name).ok_or_else(unknown)
    }
}

pub(super) fn routes(state: AdminState) -> Router {
    let plant = Router::new()
        .route("/", get(plants::snapshot).put(plants::create).delete(plants::remove))
        .route("/events", get(events::events))
        .route("/trends", get(plants::trends))
        .route("/data", get(plants::data).put(plants::import))
        .route("/clock", put(control::set_pace))
        .route("/clock/step", post(control::step))
        .route("/valves", put(control::set_valves))
        .route("/tuning", put(control::tune))
        .route("/content", put(control::fill))
        .route("/alarms/acknowledge", post(control::acknowledge))
        .route("/faults/process", get(control::process_faults).put(control::set_process_faults))
        .route("/faults/http", get(control::http_faults).put(control::set_http_faults))
        .route("/recipe", get(recipes::report).post(recipes::start).delete(recipes::stop))
        .route("/recipe/junit", get(recipes::junit))
        .route("/recorder", get(recorder::state))
        .route("/recorder/start", post(recorder::start))
        .route("/recorder/stop", post(recorder::stop))
        .route("/recorder/recording", get(recorder::recording));
    Router::new()
        .route("/instances", get(plants::list))
        .nest("/instances/{name}", plant)
        .route("/replay", post(recorder::replay))
        .layer(from_fn_with_state(state.clone(), require_token))
        .route("/openapi.json", get(openapi::describe))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(state)
}

async fn require_token(
    State(state): State<AdminState>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Result<Response, AdminError> {
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if !given.is_some_and(|given| state.token.is(given.trim())) {
        return Err(AdminError::NoToken);
    }
    let mut response = next.run(request).await;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// A body of JSON, whatever its type says.
fn read<T: DeserializeOwned>(body: &str) -> Result<T, AdminError> {
    serde_json::from_str(body).map_err(|error| AdminError::Body { reason: error.to_string() })
}

/// Does what takes longer than others should wait.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AdminError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| AdminError::Failed)
}
