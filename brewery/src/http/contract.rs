//! The contract on the wire: `GET`, `POST` and `HEAD` all act, and what stands behind a question mark counts for nothing.

use super::wire::Fate;
use crate::contract::{Answer, Call, CallError};
use crate::faults::Mishap;
use crate::hosting::{Brewery, Handle, InstanceName, MAIN};
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL,
    CONTENT_LENGTH, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use std::time::Duration;

const METHODS: &str = "GET, HEAD, POST, OPTIONS";
const TEXT: &str = "text/plain; charset=utf-8";
/// What clients may send along, for nothing.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// And how long they may take.
const BODY_MAX: Duration = Duration::from_secs(10);
/// What `/` says.
const WELCOME: &str =
    "The brewery stub. Ask for /getTemp1.py, /startR1.py, /Reset.py and their like; see brewery/README.md.\n";

/// Whose contract it is.
#[derive(Clone)]
pub struct ContractState {
    brewery: Brewery,
    name: String,
    /// Whether other plants can be had by a prefix.
    with_others: bool,
}

impl ContractState {
    /// The main plant, and all others by `/i/{name}/`.
    pub(super) fn main(brewery: Brewery) -> Self {
        Self { brewery, name: MAIN.to_owned(), with_others: true }
    }

    /// One plant.
    pub(super) fn only(brewery: Brewery, name: InstanceName) -> Self {
        Self { brewery, name: name.into(), with_others: false }
    }

    /// The plant that a path means, and what it asks of it.
    fn find<'a>(&self, path: &'a str) -> Result<(Handle, &'a str), String> {
        let prefixed = path.strip_prefix("/i/").filter(|_| self.with_others).and_then(|rest| rest.split_once('/'));
        let (name, rest) = prefixed.unwrap_or((self.name.as_str(), path.strip_prefix('/').unwrap_or(path)));
        let handle = self.brewery.find(name);
        handle.map(|handle| (handle, rest)).ok_or_else(|| {
            let name: String = name.chars().take(40).collect();
            format!("there is no plant {name}")
        })
    }
}

pub(super) fn routes(state: ContractState) -> Router {
    Router::new().fallback(answer).with_state(state)
}

async fn answer(
    State(state): State<ContractState>,
    Extension(fate): Extension<Fate>,
    method: Method,
    uri: Uri,
    body: Body,
) -> Response {
    // Nobody looks at it, but a connection on which it is left over cannot be used again.
    let read = tokio::time::timeout(BODY_MAX, to_bytes(body, BODY_BYTES_MAX)).await;
    let response = match method {
        _ if !matches!(read, Ok(Ok(_))) => refuse(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long, or too slow"),
        Method::GET | Method::HEAD | Method::POST => act(&state, &fate, &method, uri.path()).await,
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        _ => {
            let said = format!("{METHODS} are understood\n");
            (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, METHODS)], said).into_response()
        }
    };
    with_headers(response)
}

async fn act(state: &ContractState, fate: &Fate, method: &Method, path: &str) -> Response {
    let (handle, rest) = match state.find(path) {
        Ok(found) => found,
        Err(said) => return refuse(StatusCode::NOT_FOUND, &said),
    };
    if rest.is_empty() {
        return ([(CONTENT_TYPE, TEXT)], WELCOME).into_response();
    }
    let mishap = handle.strike(&format!("/{rest}"));
    if let Some((status, said)) = mishap.refusal() {
        return mishap.befall(refuse(status, ""), said.to_owned(), fate).await;
    }
    match rest.parse::<Call>() {
        Ok(call) => deliver(handle.call(call), mishap, fate, method).await,
        Err(error @ CallError::Unknown { .. }) => refuse(StatusCode::NOT_FOUND, &error.to_string()),
        Err(error @ CallError::Setpoint { .. }) => refuse(StatusCode::BAD_REQUEST, &error.to_string()),
    }
}

async fn deliver(answer: Answer, mishap: Mishap, fate: &Fate, method: &Method) -> Response {
    let Answer { content_type, body } = answer;
    let length = body.len();
    let mut response = mishap.befall(([(CONTENT_TYPE, content_type)], ()).into_response(), body, fate).await;
    if *method == Method::HEAD && mishap.fault.is_none() {
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

fn refuse(status: StatusCode, said: &str) -> Response {
    let body = if said.is_empty() { String::new() } else { format!("{said}\n") };
    (status, [(CONTENT_TYPE, TEXT)], body).into_response()
}

/// Pages of any origin may ask, also from within a frame, and nothing is kept.
fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
