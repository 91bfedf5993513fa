//! `GET /kiosk` and `GET /kiosk/{token}`: the pages. Whatever the answer is, nobody keeps it, and nobody else is told of its address.

use crate::screens::Lookup;
use crate::web::WebState;
use crate::web::accounts::{Channel, Renderer, keep_nowhere};
use crate::web::qr::to_svg;
use app::backend::{Backend as _, PublicUrl};
use app::kiosk::{KioskFloor, KioskPage, KioskScreen, KioskView};
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use entity::KeptScreen;
use http::header::{HeaderName, REFERRER_POLICY};
use http::{HeaderMap, HeaderValue, StatusCode, Uri};

/// What the page is written under in the place of its address, which holds the secret.
const HERE: &str = "/kiosk/-";
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// A code for a screen that nobody knows yet.
pub(super) async fn show_code(Extension(renderer): Extension<Renderer>, headers: HeaderMap) -> Response {
    render(&renderer, &headers, KioskView::Pairing, StatusCode::OK).await
}

/// A screen.
pub(super) async fn show(
    State(state): State<WebState>,
    Extension(renderer): Extension<Renderer>,
    from: Channel,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let (view, status) = match state.screens.find(&token, from.address) {
        Lookup::Found(screen) => (view_screen(&state, &screen, &headers), StatusCode::OK),
        Lookup::Unknown => (KioskView::Gone, StatusCode::NOT_FOUND),
        Lookup::NotYet => (KioskView::Away, StatusCode::SERVICE_UNAVAILABLE),
        Lookup::TooMany => (KioskView::Away, StatusCode::TOO_MANY_REQUESTS),
    };
    render(&renderer, &headers, view, status).await
}

fn view_screen(state: &WebState, screen: &KeptScreen, headers: &HeaderMap) -> KioskView {
    let now = state.screens.state(screen);
    let PublicUrl(site) = state.public_url(headers);
    let there_are = state.backend.overview().floors;
    let floors = screen.facts.floors_of(&there_are).into_iter().filter_map(|number| {
        let address = format!("{site}/floor/{number}");
        // Only a host of two thousand letters is too long for a code.
        let code = to_svg(&address).unwrap_or_default();
        Some(KioskFloor { detail: state.backend.find_floor(number)?, code, address })
    });
    KioskView::Screen(Box::new(KioskScreen {
        floors: floors.collect(),
        dwell: screen.facts.dwell,
        variant: screen.facts.variant,
        light: now.light,
        page: now.page,
    }))
}

async fn render(Renderer(render): &Renderer, headers: &HeaderMap, view: KioskView, status: StatusCode) -> Response {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = Uri::from_static(HERE);
    *request.headers_mut() = headers.clone();
    request.extensions_mut().insert(KioskPage { view });
    let mut response = render(request).await;
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(ROBOTS, HeaderValue::from_static("noindex"));
    keep_nowhere(response)
}
