//! Who acts on the brewing plant. Pages and programs ask by the same function of `app`; forms, of pages without scripts, are
//! answered with the way back to their page.

use super::functions::accepts_pages;
use super::visit::{Visit, encode, keep_nowhere, redirect};
use crate::web::WebState;
use app::backend::{Operator, PlantError};
use axum::body::to_bytes;
use axum::extract::{Query, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT, REFERER};
use http::request::Parts;
use http::{HeaderMap, StatusCode, Uri};
use serde::Deserialize;

/// The one function that changes something.
pub(in crate::web) const ACT: &str = "/api/act_on_plant";
const PAGE: &str = "/brewery";
/// What else depends on who asks: it shows what they may do.
const LOOKED_AT: [&str; 2] = [PAGE, "/api/open_plant"];
/// More is in no error.
const ERROR_BYTES_MAX: usize = 1_024;

/// Finds out whether who asks may act, for what shows it.
pub(in crate::web) async fn find_operator(State(state): State<WebState>, request: Request, next: Next) -> Response {
    if !LOOKED_AT.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let operator = operator_of(&parts, &state).await;
    parts.extensions.insert(Operator(operator));
    next.run(Request::from_parts(parts, body)).await
}

/// Answers by `answer`, if who asks may act. Nothing else of the request is looked at before that is known.
pub(in crate::web) async fn act<F>(state: WebState, request: Request, answer: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let (mut parts, body) = request.into_parts();
    let back = accepts_pages(&parts.headers).then(|| way_back(&parts.headers));
    let operator = match operator_of(&parts, &state).await {
        Ok(operator) => operator,
        Err(error) => return refuse(error, back.as_deref()),
    };
    // Without it the function answers with what it has to say, and not with a page of its own choice.
    parts.headers.remove(ACCEPT);
    parts.extensions.insert(Operator(Ok(operator)));
    let answered = answer(Request::from_parts(parts, body)).await;
    let Some(back) = back else { return keep_nowhere(answered) };
    if answered.status().is_success() {
        return redirect(&back);
    }
    let content = to_bytes(answered.into_body(), ERROR_BYTES_MAX).await.unwrap_or_default();
    refuse(serde_json::from_slice(&content).unwrap_or(PlantError::Unreachable), Some(&back))
}

async fn operator_of(parts: &Parts, state: &WebState) -> Result<domain::Holds<domain::OperatePlant>, PlantError> {
    match Visit::of(parts, state).await {
        Ok(visit) => state.plants.operator(visit.principal.as_ref()),
        Err((_, error)) => {
            tracing::warn!(%error, "it is not known who asks for the plant");
            Err(PlantError::Unreachable)
        }
    }
}

fn refuse(error: PlantError, back: Option<&str>) -> Response {
    match (back, error) {
        (Some(back), PlantError::NotSignedIn) => redirect(&format!("/login?to={}", encode(back))),
        (Some(back), error) => {
            let mark = if back.contains('?') { '&' } else { '?' };
            redirect(&format!("{back}{mark}refused={}", error.as_str()))
        }
        (None, error) => {
            let status = StatusCode::from_u16(error.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            keep_nowhere((status, axum::Json(error)).into_response())
        }
    }
}

#[derive(Debug, Default, Deserialize)]
struct PageQuery {
    plant: Option<String>,
}

/// The page with the form, on this server, without what it said of an act before.
fn way_back(headers: &HeaderMap) -> String {
    let referer = headers.get(REFERER).and_then(|referer| referer.to_str().ok()?.parse::<Uri>().ok());
    let query = referer.filter(|uri| uri.path() == PAGE).and_then(|uri| Query::<PageQuery>::try_from_uri(&uri).ok());
    match query.and_then(|Query(query)| query.plant) {
        Some(plant) => format!("{PAGE}?plant={}", encode(&plant)),
        None => PAGE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn the_way_back_is_the_plants_page() {
        let cases = [
            ("http://127.0.0.1:3000/brewery", "/brewery"),
            ("https://box.example.org/brewery?refused=senseless&plant=second", "/brewery?plant=second"),
            ("https://box.example.org/brewery?plant=a%26b", "/brewery?plant=a%26b"),
            ("https://box.example.org/admin?plant=x", "/brewery"),
            ("nonsense", "/brewery"),
        ];
        for (referer, expect) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(REFERER, HeaderValue::from_static(referer));
            assert_eq!(way_back(&headers), expect, "{referer}");
        }
    }
}
