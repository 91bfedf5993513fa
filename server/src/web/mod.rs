//! Every route of the web listener.
//!
//! | route | what |
//! |---|---|
//! | `/`, `/floor/{floor}`, `/status` | pages, rendered here first ([`pages`]) |
//! | `/api/{function}` | the pages' server functions ([`pages`]) |
//! | `/events` | the live stream ([`events`]) |
//! | `/lang/{language}` | chooses the language ([`language`]) |
//! | `/health` | how the server is, in words ([`health`]) |
//! | `/metrics` | how the server is, in numbers ([`metrics`]) |
//! | `/api/v1/...` | floors, booths, boards, latency as JSON ([`api`]), and what was ([`history`]) |
//! | `/dispobox/`, `/dispobox/index.php` | the web service of 2016 ([`service_2016`]) |
//! | anything else | the site's files, else the "not found" page |

mod api;
mod events;
mod health;
mod history;
mod language;
mod layers;
pub(crate) mod listener;
mod metrics;
mod pages;
mod service_2016;

use crate::backend::MemoryBackend;
use crate::site_files::SiteFiles;
use axum::Router;
use axum::routing::get;
use entity::Storage;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// What handlers share.
#[derive(Clone)]
pub(crate) struct WebState {
    pub(crate) backend: Arc<MemoryBackend>,
    pub(crate) storage: Storage,
    pub(crate) site: Arc<SiteFiles>,
    pub(crate) shutdown: CancellationToken,
}

impl WebState {
    pub(crate) fn new(
        backend: Arc<MemoryBackend>,
        storage: Storage,
        site: Arc<SiteFiles>,
        shutdown: CancellationToken,
    ) -> Self {
        Self { backend, storage, site, shutdown }
    }
}

/// All routes, behind the layers that every answer passes.
pub(crate) fn router(state: WebState) -> Router {
    let routes = Router::new()
        .route("/events", get(events::events))
        .route("/health", get(health::health))
        .route("/metrics", get(metrics::metrics))
        .route("/lang/{language}", get(language::choose_language))
        .nest("/api/v1", api::routes().merge(history::routes()))
        .merge(service_2016::routes());
    layers::around(pages::add_pages(routes, &state).with_state(state))
}
