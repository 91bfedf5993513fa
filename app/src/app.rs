//! The application: what stands around every page, and which page stands at which address.

use crate::api::read_overview;
use crate::backend::{ApiError, Overview};
use crate::clock::provide_time_zone_context;
use crate::erased::IntoAny;
use crate::live::{Announcements, provide_live_context};
use crate::pages::{FloorPage, HomePage, NotFoundPage, StatusPage};
use crate::texts::use_texts;
use crate::top_bar::TopBar;
use domain::{FloorNumber, UtcMs};
use leptos::prelude::*;
use leptos_meta::{Meta, provide_meta_context};
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// The application.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Meta name="description" content=use_texts().description />
        <Router>
            <Routes fallback=|| view! { <main><NotFoundPage /></main> }>
                // Async: the whole page is sent at once, with the state in it, so it can be read without scripts.
                <ParentRoute path=path!("") view=MapLayout ssr=SsrMode::Async>
                    <Route path=path!("") view=HomePage />
                    <Route path=path!("floor/:floor") view=FloorPage />
                    <Route path=path!("status") view=StatusPage />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// The floors that there are, in the order of their tabs.
#[derive(Clone)]
pub(crate) struct Floors(pub(crate) Vec<FloorNumber>);

/// When the server rendered the page.
#[derive(Clone, Copy)]
pub(crate) struct AsOf(pub(crate) UtcMs);

/// What stands around the maps: the bar, the live state, the announcements.
#[component]
fn MapLayout() -> impl IntoView {
    let overview = Resource::new_blocking(|| (), |()| read_overview());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match overview.await {
                    Ok(overview) => view! { <LiveLayout overview=overview /> }.into_any(),
                    Err(error) => view! { <Problem error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn LiveLayout(overview: Overview) -> impl IntoView {
    let live = provide_live_context(&overview);
    provide_time_zone_context(&overview);
    provide_context(Floors(overview.floors));
    provide_context(AsOf(overview.now));
    let link = live.link();
    view! {
        <div class="app" data-link=move || link.get().as_str()>
            <TopBar />
            <main>
                <Outlet />
            </main>
            <Announcements />
        </div>
    }
    .into_any()
}

/// Something went wrong: what, and what to do.
#[component]
pub(crate) fn Problem(error: ApiError) -> impl IntoView {
    let texts = use_texts();
    let text = match error {
        ApiError::FloorNotFound { number } => (texts.floor_not_found)(number),
        ApiError::Unreachable => texts.server_unreachable.to_owned(),
    };
    view! {
        <div class="problem">
            <h1>{text}</h1>
            <a href="/" rel="external">{texts.to_the_map}</a>
        </div>
    }
}
