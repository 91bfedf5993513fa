//! `GET /dispobox/?action=getAllBoxes`: the web service of 2016, which the Android apps of that time still call.
//!
//! `{"code":0,"message":"","data":[{"id":"0","state":1,"name":"0"},{"id":"41","state":1,"name":"41"},...]}`: state 1
//! occupied, 0 free, -1 no information. The id "0" is the whole system: 1 running, -1 stopped, which is what the old
//! system was outside the service hours.

use super::WebState;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{Json, Router};
use domain::{BoothState, BoothStatus};
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_REQUEST_HEADERS, CACHE_CONTROL,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;

/// The addresses that the apps know.
pub(super) fn routes() -> Router<WebState> {
    let service = || -> MethodRouter<WebState> { get(answer).options(allow) };
    Router::new().route("/dispobox", service()).route("/dispobox/", service()).route("/dispobox/index.php", service())
}

/// The apps are web views of another origin.
const ANYBODY: HeaderValue = HeaderValue::from_static("*");

/// A parameter may come twice, as in PHP: the last one counts.
type Parameters = Vec<(String, String)>;

#[derive(Debug, Serialize)]
struct Answer {
    code: i8,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Vec<BoxState>>,
}

#[derive(Debug, Serialize)]
struct BoxState {
    id: String,
    state: i8,
    name: String,
}

/// Tells a browser that another origin may ask.
async fn allow(headers: HeaderMap) -> impl IntoResponse {
    let asked = headers.get(ACCESS_CONTROL_REQUEST_HEADERS).cloned().unwrap_or(ANYBODY);
    let methods = HeaderValue::from_static("GET");
    let allowed = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, ANYBODY),
        (ACCESS_CONTROL_ALLOW_METHODS, methods),
        (ACCESS_CONTROL_ALLOW_HEADERS, asked),
    ];
    (StatusCode::NO_CONTENT, allowed)
}

async fn answer(State(state): State<WebState>, Query(parameters): Query<Parameters>) -> Response {
    let action = parameters.iter().rfind(|(name, _)| name == "action").map(|(_, value)| value.as_str());
    let answer = match action {
        Some("getAllBoxes") => all_boxes(state.backend.live.is_open(), &state.backend.hub.snapshot(None).booths),
        Some(action) => failure(format!("Action {action} not found")),
        None => failure("undefined action".to_owned()),
    };
    let mut response = Json(answer).into_response();
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANYBODY);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

const fn failure(message: String) -> Answer {
    Answer { code: -1, message, data: None }
}

fn all_boxes(running: bool, booths: &[BoothState]) -> Answer {
    let row = |id: String, state: i8| BoxState { name: id.clone(), id, state };
    let system = row("0".to_owned(), if running { 1 } else { -1 });
    let boxes = booths.iter().map(|booth| row(booth.number.to_string(), code(booth.status)));
    let data = std::iter::once(system).chain(boxes).collect();
    Answer { code: 0, message: String::new(), data: Some(data) }
}

const fn code(status: BoothStatus) -> i8 {
    match status {
        BoothStatus::Occupied => 1,
        BoothStatus::Free => 0,
        BoothStatus::Unknown | BoothStatus::Late | BoothStatus::Asleep | BoothStatus::Off => -1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{BoothNumber, FloorNumber, UtcMs};

    #[test]
    fn the_answers_of_2016() {
        let booth = |number, status| BoothState {
            number: BoothNumber(number),
            floor: FloorNumber(4),
            status,
            since_at: UtcMs(0),
            until_at: None,
            left: false,
        };
        let booths = [booth(41, BoothStatus::Occupied), booth(42, BoothStatus::Free), booth(43, BoothStatus::Late)];
        let cases = [
            (
                all_boxes(true, &booths),
                concat!(
                    r#"{"code":0,"message":"","data":[{"id":"0","state":1,"name":"0"},"#,
                    r#"{"id":"41","state":1,"name":"41"},{"id":"42","state":0,"name":"42"},"#,
                    r#"{"id":"43","state":-1,"name":"43"}]}"#
                ),
            ),
            (all_boxes(false, &[]), r#"{"code":0,"message":"","data":[{"id":"0","state":-1,"name":"0"}]}"#),
            (failure("undefined action".into()), r#"{"code":-1,"message":"undefined action"}"#),
        ];
        for (answer, expect) in cases {
            assert_eq!(serde_json::to_string(&answer).expect("encodes"), expect);
        }
    }
}
