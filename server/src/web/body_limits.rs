//! How long the body of a request may be.

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http_body_util::Limited;

/// Room for server functions and forms.
pub(super) const USUAL_BYTES_MAX: usize = 64 * 1024;
/// Room for 500 booths with 64 corners each.
pub(super) const LAYOUT_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Room for the largest image.
pub(super) const PLAN_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Room for a file in a form, and for one that is too large all the same: whoever sends it is told so on a page.
pub(super) const UPLOAD_BYTES_MAX: usize = 40 * 1024 * 1024;

/// What may be sent to this path.
pub(super) fn bytes_max(path: &str) -> usize {
    match path {
        "/api/save_draft" => LAYOUT_BYTES_MAX,
        "/admin/plans" => PLAN_BYTES_MAX,
        path if path.starts_with("/admin/floors/") => match path.rsplit('/').next() {
            Some("plan") => UPLOAD_BYTES_MAX,
            Some("take_plan" | "publish") => LAYOUT_BYTES_MAX,
            _ => USUAL_BYTES_MAX,
        },
        _ => USUAL_BYTES_MAX,
    }
}

/// Refuses what says that it is longer, and cuts what is longer all the same.
pub(super) async fn limit_body(request: Request, next: Next) -> Response {
    let max = bytes_max(request.uri().path());
    let said = request.body().size_hint().lower();
    if usize::try_from(said).map_or(true, |said| said > max) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, max)))).await
}
