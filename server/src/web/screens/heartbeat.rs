//! `POST /api/kiosk/heartbeat`: `{"token","knows","report"}`; `knows` is the stamp of the answer before, empty at first. Answered at
//! once when the screen does not know something, else after some seconds.

use super::refuse;
use crate::screens::{Lookup, ScreenState};
use crate::web::WebState;
use crate::web::accounts::{Channel, keep_nowhere};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::{IntoResponse, Response};
use domain::ScreenReport;
use http::StatusCode;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
pub(super) struct Beat {
    token: String,
    #[serde(default)]
    knows: String,
    report: ScreenReport,
}

#[derive(Serialize)]
struct Answer {
    stamp: String,
    #[serde(flatten)]
    state: ScreenState,
}

/// The answer.
pub(super) async fn hear(
    State(state): State<WebState>,
    from: Channel,
    body: Result<Json<Beat>, JsonRejection>,
) -> Response {
    let Ok(Json(Beat { token, knows, report })) = body else { return refuse(StatusCode::BAD_REQUEST, "body") };
    if !report.is_bounded() {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "report");
    }
    let screen = match state.screens.find(&token, from.address) {
        Lookup::Found(screen) => screen,
        Lookup::Unknown => return refuse(StatusCode::FORBIDDEN, "gone"),
        Lookup::NotYet => return refuse(StatusCode::SERVICE_UNAVAILABLE, "not_yet"),
        Lookup::TooMany => return refuse(StatusCode::TOO_MANY_REQUESTS, "too_many"),
    };
    match state.screens.hear(&screen, report, &knows, &state.shutdown).await {
        Some(state) => keep_nowhere(Json(Answer { stamp: state.stamp(), state }).into_response()),
        None => refuse(StatusCode::FORBIDDEN, "gone"),
    }
}
