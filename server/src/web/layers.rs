//! What every answer passes: headers that keep browsers strict, limits, compression.

use super::body_limits::limit_body;
use axum::Router;
use axum::middleware::from_fn;
use http::HeaderValue;
use http::header::{CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use std::time::Duration;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// Between two pieces of a body.
const BODY_IDLE_MAX: Duration = Duration::from_secs(10);

/// For everything that is no page; pages set a policy of their own.
const POLICY_OF_FILES: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 4] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (CONTENT_SECURITY_POLICY, POLICY_OF_FILES),
];

/// Puts the layers around all routes.
pub(super) fn around(routes: Router) -> Router {
    let limited = routes
        .layer(from_fn(limit_body))
        .layer(RequestBodyTimeoutLayer::new(BODY_IDLE_MAX))
        .layer(CsrfLayer::new())
        // Leaves the event stream and what is compressed already as they are.
        .layer(CompressionLayer::new());
    HEADERS.into_iter().fold(limited, |routes, (name, value)| {
        routes.layer(SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)))
    })
}
