//! Screens on walls, from their side.
//!
//! | route | who | what |
//! |---|---|---|
//! | `/kiosk` | anybody | a page that shows a code, for an operator to type in ([`page`]) |
//! | `/kiosk/{token}` | who has a screen's secret | the screen ([`page`]) |
//! | `/api/kiosk/pair`, `/api/kiosk/paired` | anybody; who asked for a code | a code, and what has come of it ([`pairing`]) |
//! | `/api/kiosk/heartbeat` | who has a screen's secret | how the screen is, and what it is to know ([`heartbeat`]) |
//!
//! A screen's secret is no session: nothing else in this program looks at it. All by POST with JSON; what refuses, answers with
//! `{"error":"..."}`.

mod heartbeat;
mod page;
mod pairing;

use super::WebState;
use super::accounts::Renderer;
use super::accounts::keep_nowhere;
use axum::Json;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::StatusCode;

/// All of these routes; `renderer` writes the pages.
pub(super) fn routes(renderer: Renderer) -> Router<WebState> {
    Router::new()
        .route("/kiosk", get(page::show_code))
        .route("/kiosk/{token}", get(page::show))
        .route("/api/kiosk/pair", post(pairing::begin))
        .route("/api/kiosk/paired", post(pairing::ask))
        .route("/api/kiosk/heartbeat", post(heartbeat::hear))
        .layer(Extension(renderer))
}

/// An answer for programs that nobody keeps.
fn refuse(status: StatusCode, error: &'static str) -> Response {
    keep_nowhere((status, Json(serde_json::json!({ "error": error }))).into_response())
}
