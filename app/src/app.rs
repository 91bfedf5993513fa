//! The application: what stands around every page, and which page stands at which address.

use crate::backend::{ApiError, KeptPage, Overview, use_backend};
use crate::booth_list::provide_list_query_context;
use crate::clock::provide_time_zone_context;
use crate::erased::IntoAny;
use crate::handed_over::hand_over;
use crate::live::{Announcements, provide_live_context};
use crate::navigation::provide_location_context;
use crate::notices::Asked;
use crate::pages::{FloorPage, HomePage, NotFoundPage, Page, QrBoothPage, QrFloorPage, SearchPage, StatusPage};
use crate::search::provide_search_context;
use crate::shortcuts::{ShortcutDialog, listen_for_shortcuts};
use crate::texts::use_texts;
use crate::top_bar::TopBar;
use domain::{FloorNumber, UtcMs};
use leptos::prelude::*;

/// The application.
#[component]
pub fn App() -> impl IntoView {
    let pathname = provide_location_context().pathname;
    let page = Memo::new(move |_| pathname.with(|path| Page::at(path)));
    let has_map = Memo::new(move |_| page.get() != Page::NotFound);
    move || {
        if has_map.get() {
            view! { <MapLayout page=page /> }.into_any()
        } else {
            view! { <main><NotFoundPage /></main> }.into_any()
        }
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
fn MapLayout(page: Memo<Page>) -> impl IntoView {
    let kept = use_context::<KeptPage>().is_some();
    match hand_over(|| use_backend().ok().map(|backend| Overview { kept, ..backend.overview() })) {
        Some(overview) => view! { <LiveLayout overview=overview page=page /> }.into_any(),
        None => view! { <Problem error=ApiError::Unreachable /> }.into_any(),
    }
}

#[component]
fn LiveLayout(overview: Overview, page: Memo<Page>) -> impl IntoView {
    let live = provide_live_context(&overview);
    provide_time_zone_context(&overview);
    Asked::provide_context();
    provide_context(Floors(overview.floors));
    provide_context(AsOf(overview.now));
    provide_list_query_context();
    provide_search_context();
    listen_for_shortcuts();
    let link = live.link();
    view! {
        <div class="app" data-link=move || link.get().as_str()>
            <TopBar />
            <main>{move || view_page(page.get())}</main>
            <Announcements />
            <ShortcutDialog />
        </div>
    }
    .into_any()
}

fn view_page(page: Page) -> impl IntoView {
    match page {
        Page::Home => view! { <HomePage /> }.into_any(),
        Page::Floor(number) => view! { <FloorPage number=number /> }.into_any(),
        Page::QrBooth(number) => view! { <QrBoothPage number=number /> }.into_any(),
        Page::QrFloor(number) => view! { <QrFloorPage floor=number /> }.into_any(),
        Page::Search => view! { <SearchPage /> }.into_any(),
        Page::Status => view! { <StatusPage /> }.into_any(),
        Page::NotFound => view! { <NotFoundPage /> }.into_any(),
    }
}

/// Something went wrong: what, and what to do.
#[component]
pub(crate) fn Problem(error: ApiError) -> impl IntoView {
    let texts = use_texts();
    let text = match error {
        ApiError::FloorNotFound { number } => (texts.floor_not_found)(number),
        ApiError::BoothNotFound { number } => (texts.booth_not_found)(number),
        ApiError::HistoryAway => texts.usual.away.to_owned(),
        ApiError::Unreachable => texts.server_unreachable.to_owned(),
    };
    view! {
        <div class="problem">
            <h1>{text}</h1>
            <a href="/" rel="external">{texts.to_the_map}</a>
        </div>
    }
}
