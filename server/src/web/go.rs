//! `GET /go?floor=4&from=42`: leads to the nearest free booth, also without scripts; for printed codes and the button.

use super::WebState;
use app::backend::Wish;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::{BoothNumber, FloorNumber};
use http::header::{CACHE_CONTROL, LOCATION};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct GoQuery {
    floor: Option<FloorNumber>,
    from: Option<BoothNumber>,
}

/// Asked again each time: what is free changes. A floor that does not exist leads to the page that says so.
pub(super) async fn go(State(state): State<WebState>, headers: HeaderMap, Query(query): Query<GoQuery>) -> Response {
    let GoQuery { floor, from } = query;
    let floors = &state.backend.memory.building.floors;
    let stranger = floor.filter(|number| !floors.iter().any(|floor| floor.number == *number));
    let address = match stranger {
        Some(number) => format!("/floor/{number}"),
        None => {
            let last = super::pages::reader_of(&headers).floor.filter(|_| from.is_none());
            state.guide.choose(Wish { floor: floor.or(last), from }).await.address()
        }
    };
    (StatusCode::SEE_OTHER, [(LOCATION, address), (CACHE_CONTROL, "no-store".to_owned())]).into_response()
}
