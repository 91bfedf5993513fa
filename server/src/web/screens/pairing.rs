//! `POST /api/kiosk/pair` and `POST /api/kiosk/paired`: a screen without a secret gets a code to show, and asks what has come of it.

use super::refuse;
use crate::screens::{Asked, PairingError};
use crate::web::WebState;
use crate::web::accounts::{Channel, keep_nowhere};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::{IntoResponse, Response};
use domain::PairingCode;
use http::StatusCode;
use serde::{Deserialize, Serialize};

/// What a screen gets that asks for a code.
#[derive(Serialize)]
struct Begun {
    code: String,
    /// Only the browser that asked has it.
    secret: String,
    good_ms: u64,
}

#[derive(Deserialize)]
pub(super) struct Ask {
    secret: String,
}

/// A code.
pub(super) async fn begin(State(state): State<WebState>, from: Channel) -> Response {
    match state.screens.begin_pairing(from.address) {
        Ok((code, secret)) => {
            let code = code.as_str().to_owned();
            let begun = Begun { code, secret: secret.as_str().to_owned(), good_ms: PairingCode::GOOD_MS };
            keep_nowhere(Json(begun).into_response())
        }
        Err(PairingError::TooMany | PairingError::UnknownCode) => refuse(StatusCode::TOO_MANY_REQUESTS, "too_many"),
        Err(PairingError::NoRandomness) => refuse(StatusCode::SERVICE_UNAVAILABLE, "no_randomness"),
    }
}

/// `{"path":"/kiosk/..."}` once, when an operator has typed the code; `{"path":null}` while it waits; 410 when it is over.
pub(super) async fn ask(State(state): State<WebState>, body: Result<Json<Ask>, JsonRejection>) -> Response {
    let Ok(Json(Ask { secret })) = body else { return refuse(StatusCode::BAD_REQUEST, "body") };
    let path = match state.screens.ask_pairing(&secret) {
        Asked::Waiting => None,
        Asked::Granted(token) => Some(format!("/kiosk/{}", token.as_str())),
        Asked::Over => return refuse(StatusCode::GONE, "over"),
    };
    keep_nowhere(Json(serde_json::json!({ "path": path })).into_response())
}
