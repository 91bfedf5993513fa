//! `GET /plans/{sha}.svg`, `.png`, `.jpg`: plans that were sent, as they are kept. They never change, and each is a document of its own
//! in which nothing runs and from which nothing is asked.

use super::WebState;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use drafting::PlanSha;
use entity::{PlanKind, StorageError};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/// The file.
pub(super) async fn plan(State(state): State<WebState>, Path(file): Path<String>) -> Response {
    let Some((sha, kind)) = parse(&file) else { return StatusCode::NOT_FOUND.into_response() };
    let media_type = match kind {
        PlanKind::Svg => "image/svg+xml",
        PlanKind::Png => "image/png",
        PlanKind::Jpg => "image/jpeg",
        // A part of pages, and no file.
        PlanKind::Drawing => return StatusCode::NOT_FOUND.into_response(),
    };
    match state.storage.read_plan(&sha).await {
        Ok(kept) if kept.kind == kind => {
            let headers = [
                (CONTENT_TYPE, media_type),
                (CONTENT_SECURITY_POLICY, POLICY),
                (CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, kept.content).into_response()
        }
        Ok(_) | Err(StorageError::UnknownPlan { .. }) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a plan could not be shown");
            (StatusCode::SERVICE_UNAVAILABLE, [(CACHE_CONTROL, "no-store")]).into_response()
        }
    }
}

fn parse(file: &str) -> Option<(PlanSha, PlanKind)> {
    let (sha, kind) = file.split_once('.')?;
    Some((sha.parse().ok()?, PlanKind::from_word(kind)?))
}
