//! Every route of the web listener.
//!
//! | route | what |
//! |---|---|
//! | `/`, `/floor/{floor}`, `/search`, `/status` | pages, rendered here first ([`pages`]) |
//! | `/qr/floor/{floor}`, `/qr/booth/{booth}` | sheets of codes ([`pages`]) |
//! | `/qr/booth/{booth}.svg`, `/qr/go/{floor}.svg` | the codes on them ([`qr`]) |
//! | `/api/{function}` | the pages' server functions ([`pages`]) |
//! | `/events` | the live stream ([`events`]) |
//! | `/brewery`, `/brewery/events` | a brewing plant ([`pages`], [`accounts::plant`]), and its stream ([`brewery`]) |
//! | `/go` | leads to the nearest free booth ([`go`]) |
//! | `/api/notices/...` | "tell me when free" ([`notices`]) |
//! | `/plans/{file}` | plans that were sent ([`plans`]) |
//! | `/lang/{language}` | chooses the language ([`language`]) |
//! | `/sw.js`, `/manifest.webmanifest` | what makes the pages installable ([`worker`], [`manifest`]) |
//! | `/health` | how the server is, in words ([`health`]) |
//! | `/metrics` | how the server is, in numbers ([`metrics`]) |
//! | `/api/v1/...` | floors, booths, boards, latency as JSON ([`api`]), and what was ([`history`]) |
//! | `/dispobox/`, `/dispobox/index.php` | the web service of 2016 ([`service_2016`]) |
//! | `/kiosk`, `/kiosk/{token}`, `/api/kiosk/...` | screens on walls ([`screens`]) |
//! | `/login`, `/account`, `/admin`, `/setup/{token}` | the administrator's side ([`accounts`]) |
//! | anything else | the site's files, else the "not found" page |

pub(crate) mod accounts;
mod api;
mod body_limits;
mod brewery;
mod events;
mod go;
mod health;
pub(crate) mod history;
mod language;
mod layers;
pub(crate) mod listener;
mod manifest;
mod metrics;
pub(crate) mod notices;
mod pages;
mod plans;
mod qr;
mod screens;
mod service_2016;
pub(crate) mod worker;

use crate::accounts::Accounts;
use crate::alerts::AlertDesk;
use crate::backend::MemoryBackend;
use crate::fleet::FleetDesk;
use crate::floor_guide::FloorGuide;
use crate::plans::PlanDesk;
use crate::screens::ScreenDesk;
use crate::site_files::SiteFiles;
use crate::stub::PlantDesk;
use accounts::TrustedProxies;
use app::backend::PublicUrl;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use entity::Storage;
use notices::NoticeState;
pub(crate) use qr::to_svg;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use worker::Worker;

/// What handlers share.
#[derive(Clone)]
pub(crate) struct WebState {
    pub(crate) backend: Arc<MemoryBackend>,
    pub(crate) guide: Arc<FloorGuide>,
    pub(crate) storage: Storage,
    pub(crate) site: Arc<SiteFiles>,
    pub(crate) shutdown: CancellationToken,
    pub(crate) accounts: Arc<Accounts>,
    pub(crate) plans: Arc<PlanDesk>,
    pub(crate) alerts: Arc<AlertDesk>,
    pub(crate) screens: Arc<ScreenDesk>,
    pub(crate) fleet: Arc<FleetDesk>,
    proxies: TrustedProxies,
    /// Where readers find this site, if the operator says so.
    public_url: Option<PublicUrl>,
    /// Whether this server encrypts by itself.
    is_tls: bool,
    notices: NoticeState,
    worker: Worker,
    pub(crate) plants: PlantDesk,
}

/// What the administrator's side asks.
pub(crate) struct Desks {
    pub(crate) accounts: Arc<Accounts>,
    pub(crate) plans: Arc<PlanDesk>,
    pub(crate) alerts: Arc<AlertDesk>,
    pub(crate) screens: Arc<ScreenDesk>,
    pub(crate) fleet: Arc<FleetDesk>,
}

/// How readers get here.
#[derive(Debug, Clone, Default)]
pub(crate) struct WebAccess {
    pub(crate) public_url: Option<PublicUrl>,
    pub(crate) proxies: TrustedProxies,
    pub(crate) is_tls: bool,
}

impl WebState {
    pub(crate) fn new(
        backend: Arc<MemoryBackend>,
        guide: Arc<FloorGuide>,
        storage: Storage,
        site: Arc<SiteFiles>,
        (notices, worker, plants): (NoticeState, Worker, PlantDesk),
        shutdown: CancellationToken,
        (desks, access): (Desks, WebAccess),
    ) -> Self {
        let Desks { accounts, plans, alerts, screens, fleet } = desks;
        let WebAccess { public_url, proxies, is_tls } = access;
        Self {
            backend,
            guide,
            storage,
            site,
            notices,
            worker,
            plants,
            shutdown,
            accounts,
            plans,
            alerts,
            screens,
            fleet,
            proxies,
            public_url,
            is_tls,
        }
    }
}

/// All routes, behind the layers that every answer passes.
pub(crate) fn router(state: WebState) -> Router {
    let routes = Router::new()
        .route("/events", get(events::events))
        .route("/brewery/events", get(brewery::events))
        .route("/go", get(go::go))
        .route("/health", get(health::health))
        .route("/manifest.webmanifest", get(manifest::manifest))
        .route("/sw.js", get(worker::worker))
        .route("/metrics", get(metrics::metrics))
        .route("/plans/{file}", get(plans::plan))
        .route("/lang/{language}", get(language::choose_language))
        .nest("/api/notices", notices::routes())
        .nest("/api/v1", api::routes().merge(history::routes()))
        .merge(service_2016::routes());
    let pages = pages::add_pages(routes, &state)
        .layer(from_fn_with_state(state.clone(), go::choose_for_page))
        .layer(from_fn_with_state(state.clone(), accounts::plant::find_operator))
        .layer(from_fn_with_state(state.clone(), qr::answer_codes));
    layers::around(pages.with_state(state))
}
