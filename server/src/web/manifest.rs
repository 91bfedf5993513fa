//! `GET /manifest.webmanifest?lang=fr`: what makes the page an application of the reader's device. The language is in the
//! address, because browsers ask without cookies.

use super::WebState;
use app::Locale;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde::Deserialize;
use serde_json::json;

#[derive(Debug, Deserialize)]
pub(super) struct ManifestQuery {
    #[serde(default)]
    lang: String,
}

/// Shortcuts beside the one to a free box: menus show few.
const FLOORS_MAX: usize = 3;

/// The manifest.
pub(super) async fn manifest(State(state): State<WebState>, Query(query): Query<ManifestQuery>) -> Response {
    let locale = Locale::from_tag(&query.lang).unwrap_or_default();
    let (description, free_box, floor) = match locale {
        Locale::Fr => ("Quel box est libre, en direct, sur le plan de l’étage.", "Un box libre maintenant", "Étage"),
        Locale::En => ("Which box is free right now, live on the floor plan.", "A free box now", "Floor"),
    };
    let icon = |src: &str, sizes: &str, kind: &str, purpose: &str| json!({ "src": src, "sizes": sizes, "type": kind, "purpose": purpose });
    let shown = state.backend.memory.get();
    let floors = shown.building.floors.iter().take(FLOORS_MAX);
    let to_floors =
        floors.map(|at| json!({ "name": format!("{floor} {}", at.number), "url": format!("/floor/{}", at.number) }));
    let shortcuts: Vec<_> = [json!({ "name": free_box, "url": "/go" })].into_iter().chain(to_floors).collect();
    let manifest = json!({
        "id": "/",
        "name": "DispoBox",
        "short_name": "DispoBox",
        "description": description,
        "lang": locale.tag(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f4ee",
        "theme_color": "#fffefb",
        "icons": [
            icon("/icons/icon.svg", "any", "image/svg+xml", "any"),
            icon("/icons/icon-192.png", "192x192", "image/png", "any"),
            icon("/icons/icon-512.png", "512x512", "image/png", "any"),
            icon("/icons/maskable-192.png", "192x192", "image/png", "maskable"),
            icon("/icons/maskable-512.png", "512x512", "image/png", "maskable"),
        ],
        "shortcuts": shortcuts,
    });
    ([(CONTENT_TYPE, "application/manifest+json"), (CACHE_CONTROL, "no-cache")], manifest.to_string()).into_response()
}
