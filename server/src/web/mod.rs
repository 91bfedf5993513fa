//! Every route of the web listener.
//!
//! | route | what |
//! |---|---|
//! | `/`, `/floor/{floor}`, `/status` | pages, rendered here first ([`pages`]) |
//! | `/api/{function}` | the pages' server functions ([`pages`]) |
//! | `/events` | the live stream ([`events`]) |
//! | `/api/notices/...` | "tell me when free" ([`notices`]) |
//! | `/lang/{language}` | chooses the language ([`language`]) |
//! | `/sw.js`, `/manifest.webmanifest` | what makes the pages installable ([`worker`], [`manifest`]) |
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
mod manifest;
mod metrics;
pub(crate) mod notices;
mod pages;
mod service_2016;
pub(crate) mod worker;

use crate::backend::MemoryBackend;
use crate::site_files::SiteFiles;
use axum::Router;
use axum::extract::FromRef;
use axum::routing::get;
use entity::Storage;
use leptos::prelude::LeptosOptions;
use notices::NoticeState;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use worker::Worker;

/// What handlers share.
#[derive(Clone)]
pub(crate) struct WebState {
    pub(crate) backend: Arc<MemoryBackend>,
    pub(crate) storage: Storage,
    pub(crate) site: Arc<SiteFiles>,
    pub(crate) shutdown: CancellationToken,
    notices: NoticeState,
    worker: Worker,
    leptos: LeptosOptions,
}

impl WebState {
    pub(crate) fn new(
        backend: Arc<MemoryBackend>,
        storage: Storage,
        site: Arc<SiteFiles>,
        notices: NoticeState,
        worker: Worker,
        shutdown: CancellationToken,
    ) -> Self {
        let leptos = LeptosOptions::builder().output_name("dispobox").build();
        Self { backend, storage, site, shutdown, notices, worker, leptos }
    }
}

impl FromRef<WebState> for LeptosOptions {
    fn from_ref(state: &WebState) -> Self {
        state.leptos.clone()
    }
}

/// All routes, behind the layers that every answer passes.
pub(crate) fn router(state: WebState) -> Router {
    let routes = Router::new()
        .route("/events", get(events::events))
        .route("/health", get(health::health))
        .route("/manifest.webmanifest", get(manifest::manifest))
        .route("/sw.js", get(worker::worker))
        .route("/metrics", get(metrics::metrics))
        .route("/lang/{language}", get(language::choose_language))
        .nest("/api/notices", notices::routes())
        .nest("/api/v1", api::routes().merge(history::routes()))
        .merge(service_2016::routes());
    layers::around(pages::add_pages(routes, &state).with_state(state))
}
