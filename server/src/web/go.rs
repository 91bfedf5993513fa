//! `GET /go?floor=4&from=42`: leads to the nearest free booth, also without scripts; for printed codes and the button.

use super::WebState;
use app::backend::Wish;
use axum::extract::{Query, Request, State};
use axum::middleware::Next;
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
    let building = state.backend.memory.get();
    let floors = &building.building.floors;
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

/// The page of a floor on the way to a free booth: `/floor/4?booth=42&go=1&from=45&asked=6`.
#[derive(Debug, Deserialize)]
struct GoingQuery {
    go: Option<String>,
    booth: Option<BoothNumber>,
    from: Option<BoothNumber>,
    asked: Option<FloorNumber>,
}

/// Chooses for pages that say what else there is, before they are written: that may take a look into history, and writing a
/// page waits for nothing.
pub(super) async fn choose_for_page(State(state): State<WebState>, mut request: Request, next: Next) -> Response {
    if let Some(wish) = wish_of(&request) {
        let choice = state.guide.choose(wish).await;
        request.extensions_mut().insert(choice);
    }
    next.run(request).await
}

fn wish_of(request: &Request) -> Option<Wish> {
    let floor = request.uri().path().strip_prefix("/floor/")?.parse().ok()?;
    let Query(GoingQuery { go, booth, from, asked }) = Query::try_from_uri(request.uri()).ok()?;
    go.map(|_| Wish { floor: Some(asked.unwrap_or(floor)), from: booth.or(from) })
}
