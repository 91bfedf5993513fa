//! `POST /admin/plans`: takes a plan's file as the body of the request, whatever its media type says. Answered with JSON: what is kept
//! of it, or why nothing is.

use super::visit::{Visit, keep_nowhere};
use crate::plans::UploadError;
use crate::web::WebState;
use crate::web::body_limits::PLAN_BYTES_MAX;
use app::backend::PlanError;
use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use domain::{EditPlans, Holds};
use http::StatusCode;
use serde::Serialize;

/// Why a file is no plan, in English: for whoever has made it.
#[derive(Serialize)]
struct NoPlan {
    refused: String,
}

/// Nothing of the body is taken before it is known who sends it.
pub(super) async fn receive(State(state): State<WebState>, request: Request) -> Response {
    keep_nowhere(match take(&state, request).await {
        Ok(response) => response,
        Err(error) => {
            let status = StatusCode::from_u16(error.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(error)).into_response()
        }
    })
}

async fn take(state: &WebState, request: Request) -> Result<Response, PlanError> {
    let (parts, body) = request.into_parts();
    let visit = Visit::of(&parts, state).await.map_err(|(_, error)| {
        tracing::error!(%error, "it is not known who sends a plan");
        PlanError::Away
    })?;
    let principal = visit.principal.ok_or(PlanError::NotSignedIn)?;
    let by = Holds::<EditPlans>::claim(&principal).map_err(|_| PlanError::Forbidden)?;
    let Ok(file) = to_bytes(body, PLAN_BYTES_MAX).await else {
        return Ok(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    };
    match state.plans.receive(&by, file.into()).await {
        Ok(received) => Ok(Json(received).into_response()),
        Err(UploadError::File(refusal)) => {
            let refused = NoPlan { refused: refusal.to_string() };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(refused)).into_response())
        }
        Err(UploadError::Plan(error)) => Err(error),
    }
}
