//! Server functions that are not for everybody. Nothing of a request is looked at before it is known who asks; what they may do
//! is then checked by the function itself, by type. Forms are answered with a page, programs with JSON.

use super::visit::{Visit, encode, keep_nowhere, redirect};
use crate::accounts::Accounts;
use crate::web::WebState;
use crate::web::body_limits::bytes_max;
use crate::web::language::local_path;
use app::admin::Told;
use app::backend::{AdminDone, AdminError, SignedIn};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT, CONTENT_TYPE, REFERER};
use http::{HeaderMap, StatusCode, Uri};

/// What anybody may ask. Every other function is for who is signed in.
const PUBLIC: [&str; 8] = [
    "/api/choose_booth",
    "/api/find_floor",
    "/api/find_walk",
    "/api/open_plant",
    "/api/read_directory",
    "/api/read_plant_trends",
    "/api/read_status",
    "/api/read_usual",
];

/// More is in no answer: a plan's drawing, and its booths.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Whether anybody may ask this.
pub(crate) fn is_public(path: &str) -> bool {
    PUBLIC.contains(&path)
}

/// Answers by `answer`, if somebody is signed in, who then stands in the request.
pub(crate) async fn guard<F>(state: WebState, request: Request, answer: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let (mut parts, body) = request.into_parts();
    let is_form = accepts_pages(&parts.headers);
    let back = where_it_came_from(&parts.headers);
    let principal = match Visit::of(&parts, &state).await {
        Ok(visit) => visit.principal,
        Err((_, error)) => {
            tracing::error!(%error, "it is not known who asks");
            return refuse(AdminError::Away, is_form, &back);
        }
    };
    let Some(principal) = principal else { return refuse(AdminError::NotSignedIn, is_form, &back) };
    let Ok(body) = to_bytes(body, bytes_max(parts.uri.path())).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    // Without it the function answers with what it has to say, and not with a page of its own choice.
    parts.headers.remove(ACCEPT);
    parts.extensions.insert(SignedIn(principal.clone()));
    let answered = answer(Request::from_parts(parts, Body::from(body.clone()))).await;
    let (status, content) = read(answered).await;
    if !is_form {
        let mut response = (status, content).into_response();
        response.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
        return keep_nowhere(response);
    }
    let accounts: &Accounts = &state.accounts;
    match (serde_json::from_slice(&content), status.is_success()) {
        (Ok(done), true) => {
            let to = page_of(&done).unwrap_or(back);
            accounts.told.put(principal.session, Told::Done(done));
            redirect(&to)
        }
        _ => {
            let error = serde_json::from_slice(&content).unwrap_or(AdminError::Away);
            accounts.told.put(principal.session, Told::Refused { error, typed: read_form(&body) });
            redirect(&back)
        }
    }
}

/// The page of an account that was made just now.
fn page_of(done: &AdminDone) -> Option<String> {
    match done {
        AdminDone::Link { id, created: true, .. } => Some(format!("/admin/accounts/{}", id.0)),
        _ => None,
    }
}

async fn read(response: Response) -> (StatusCode, Bytes) {
    let (parts, body) = response.into_parts();
    let content = to_bytes(body, ANSWER_BYTES_MAX).await.unwrap_or_default();
    let error = serde_json::from_slice::<AdminError>(&content).ok().filter(|_| !parts.status.is_success());
    let status = error.and_then(|error| StatusCode::from_u16(error.http_status()).ok()).unwrap_or(parts.status);
    (status, content)
}

fn refuse(error: AdminError, is_form: bool, back: &str) -> Response {
    if is_form && error == AdminError::NotSignedIn {
        return redirect(&format!("/login?to={}", encode(back)));
    }
    let status = StatusCode::from_u16(error.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    keep_nowhere((status, axum::Json(error)).into_response())
}

pub(super) fn accepts_pages(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// The page with the form, on this server.
fn where_it_came_from(headers: &HeaderMap) -> String {
    let referer = headers.get(REFERER).and_then(|referer| referer.to_str().ok()?.parse::<Uri>().ok());
    let path = referer.as_ref().and_then(Uri::path_and_query).map_or("/admin", |path| path.as_str());
    match local_path(path) {
        path if path.starts_with("/admin") => path.to_owned(),
        _ => "/admin".to_owned(),
    }
}

fn read_form(body: &Bytes) -> Vec<(String, String)> {
    let uri = format!("/?{}", String::from_utf8_lossy(body));
    let uri = uri.parse::<Uri>().unwrap_or_default();
    axum::extract::Query::try_from_uri(&uri).map(|query| query.0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn the_way_back_stays_on_this_side() {
        let cases = [
            ("https://box.example.org/admin/accounts/7?x=1", "/admin/accounts/7?x=1"),
            ("http://127.0.0.1:3000/admin", "/admin"),
            ("https://evil.example/elsewhere", "/admin"),
            ("https://evil.example//admin", "/admin"),
            ("nonsense", "/admin"),
        ];
        for (referer, expect) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(REFERER, HeaderValue::from_static(referer));
            assert_eq!(where_it_came_from(&headers), expect, "{referer}");
        }
    }

    #[test]
    fn what_was_typed() {
        let body = Bytes::from_static(b"name=Ann+O&roles%5B%5D=viewer&roles%5B%5D=editor&display_name=L%C3%A9a");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let expect =
            [pair("name", "Ann O"), pair("roles[]", "viewer"), pair("roles[]", "editor"), pair("display_name", "Léa")];
        assert_eq!(read_form(&body), expect);
    }
}
