//! Why the admin API did not do what it was asked.

use crate::brewhouse::CommandError;
use crate::clock::ClockError;
use crate::faults::HttpRuleError;
use crate::hosting::InstanceError;
use crate::recipe::RecipeError;
use crate::recorder::ReplayError;
use axum::Json;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// Its text goes to the client, as `{"error":"..."}`.
#[derive(Debug, thiserror::Error)]
pub(super) enum AdminError {
    #[error("the token is needed: Authorization: Bearer TOKEN")]
    NoToken,
    #[error("there is no plant {name}")]
    UnknownPlant { name: String },
    #[error("the body cannot be read: {reason}")]
    Body { reason: String },
    #[error("there is no {what}")]
    Nothing { what: &'static str },
    #[error("it failed; the log says more")]
    Failed,
    #[error(transparent)]
    Command(#[from] CommandError),
    #[error(transparent)]
    Clock(#[from] ClockError),
    #[error(transparent)]
    Rule(#[from] HttpRuleError),
    #[error(transparent)]
    Instance(#[from] InstanceError),
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    #[error(transparent)]
    Replay(#[from] ReplayError),
}

impl AdminError {
    const fn status(&self) -> StatusCode {
        match self {
            Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::UnknownPlant { .. }
            | Self::Nothing { .. }
            | Self::Instance(InstanceError::Unknown { .. })
            | Self::Command(CommandError::UnknownAlarm { .. }) => StatusCode::NOT_FOUND,
            Self::Instance(InstanceError::Taken { .. } | InstanceError::Full) => StatusCode::CONFLICT,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl IntoResponse for AdminError {
    fn into_response(self) -> Response {
        let body = Json(serde_json::json!({ "error": self.to_string() }));
        let mut response = (self.status(), body).into_response();
        if matches!(self, Self::NoToken) {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
