//! The application: what stands around every page, and which page stands at which address.

use crate::backend::{ApiError, KeptPage, Overview, use_backend, use_plants};
use crate::booth_list::provide_list_query_context;
use crate::clock::provide_time_zone_context;
use crate::erased::{AnyView, IntoAny};
use crate::handed_over::hand_over;
use crate::lazy::{Lazy, TakeOver, provide_parts_context, use_asking, use_part};
use crate::live::{Announcements, Link, Live, provide_live_context, stand_in_for_map};
use crate::navigation::provide_location_context;
use crate::notices::Asked;
use crate::pages::{NoFloorPage, NotFoundPage, Page, use_home_floor};
use crate::parts::Part;
use crate::parts::brewery;
use crate::parts::editor;
use crate::parts::map::{self, Piece};
use crate::parts::other_pages::{self, OtherPage};
use crate::search::provide_search_context;
use crate::texts::use_texts;
use crate::top_bar::TopBar;
use crate::wall_screen::WallScreen;
use domain::{FloorNumber, UtcMs};
use leptos::prelude::*;
use std::time::Duration;

/// The application.
#[component]
pub fn App() -> impl IntoView {
    provide_parts_context();
    let pathname = provide_location_context().pathname;
    let page = Memo::new(move |_| pathname.with(|path| Page::at(path)));
    if page.get_untracked() == Page::Wall {
        // Nobody goes anywhere from there.
        return view! { <WallScreen /> }.into_any();
    }
    // The pages of the map have one frame around them, which stays when one goes from one to another.
    let frame = Memo::new(move |_| match page.get() {
        page @ (Page::NotFound | Page::Editor(_)) => page,
        _ => Page::Home,
    });
    let layout = move || match frame.get() {
        Page::NotFound => view! { <main><NotFoundPage /></main> }.into_any(),
        Page::Editor(floor) => view! { <EditorLayout floor=floor /> }.into_any(),
        _ => view! { <MapLayout page=page /> }.into_any(),
    };
    layout.into_any()
}

/// The floors that there are, in the order of their tabs.
#[derive(Clone)]
pub(crate) struct Floors(pub(crate) Vec<FloorNumber>);

/// When the server rendered the page.
#[derive(Clone, Copy)]
pub(crate) struct AsOf(pub(crate) UtcMs);

/// Whether there is a brewing plant to look at.
#[derive(Clone, Copy)]
pub(crate) struct Brews(pub(crate) bool);

/// What stands around the maps: the bar, the live state, the announcements.
#[component]
fn MapLayout(page: Memo<Page>) -> impl IntoView {
    let kept = use_context::<KeptPage>().is_some();
    let brews = use_plants().is_ok_and(|plants| plants.runs_any());
    match hand_over(|| use_backend().ok().map(|backend| Overview { kept, brews, ..backend.overview() })) {
        Some(overview) => view! { <LiveLayout overview=overview page=page /> }.into_any(),
        None => view! { <Problem error=ApiError::Unreachable /> }.into_any(),
    }
}

/// The plan editor, which hears of publications.
#[component]
fn EditorLayout(floor: FloorNumber) -> impl IntoView {
    if let Some(overview) = hand_over(|| use_backend().ok().map(|backend| backend.overview())) {
        provide_live_context(&overview);
        provide_time_zone_context(&overview);
        use_asking(Part::Editor)();
        view! { <Lazy part=Part::Editor view=move || editor::view(floor) take_over=TakeOver::Anew /> }.into_any()
    } else {
        view! { <Problem error=ApiError::Unreachable /> }.into_any()
    }
}

#[component]
fn LiveLayout(overview: Overview, page: Memo<Page>) -> impl IntoView {
    let live = provide_live_context(&overview);
    provide_time_zone_context(&overview);
    Asked::provide_context();
    provide_context(Floors(overview.floors));
    provide_context(AsOf(overview.now));
    provide_context(Brews(overview.brews));
    let page = name_home_floor(page);
    provide_list_query_context();
    provide_search_context();
    ask_for_map_once_live(live);
    stand_in_for_map();
    let link = live.link();
    let has_map = use_part(Part::Map);
    view! {
        <div class="app" data-link=move || link.get().as_str() data-map=move || has_map().then_some("here")>
            <TopBar />
            <main>{move || view_page(page.get())}</main>
            <Announcements />
        </div>
    }
    .into_any()
}

/// `/` is a floor under another name: to go from there to a booth of it, or back, builds no page anew.
fn name_home_floor(page: Memo<Page>) -> Memo<Page> {
    let home = use_home_floor().map_or(Page::Home, Page::Floor);
    Memo::new(move |_| Some(page.get()).filter(|page| *page != Page::Home).unwrap_or(home))
}

fn view_page(page: Page) -> impl IntoView {
    match page {
        Page::Home => view! { <NoFloorPage /> }.into_any(),
        Page::Brewery => view_brewery(),
        Page::Floor(number) => view_map_page(move || Piece::Floor(number)),
        Page::QrBooth(number) => view_other_page(OtherPage::QrBooth(number)),
        Page::QrFloor(number) => view_other_page(OtherPage::QrFloor(number)),
        Page::Search => view_other_page(OtherPage::Search),
        Page::Status => view_other_page(OtherPage::Status),
        Page::Editor(_) | Page::NotFound | Page::Wall => view! { <NotFoundPage /> }.into_any(),
    }
}

fn view_map_page(page: impl Fn() -> Piece + 'static) -> AnyView {
    let view = move || map::view(page());
    view! { <Lazy part=Part::Map view=view take_over=TakeOver::AsItIs /> }.into_any()
}

/// A page that comes when it is gone to.
fn view_other_page(page: OtherPage) -> AnyView {
    let view = move || other_pages::view(page);
    use_asking(Part::OtherPages)();
    view! { <Lazy part=Part::OtherPages view=view take_over=TakeOver::Anew /> }.into_any()
}

/// The brewing plant, which comes when it is gone to.
fn view_brewery() -> AnyView {
    use_asking(Part::Brewery)();
    view! { <Lazy part=Part::Brewery view=brewery::view take_over=TakeOver::Anew /> }.into_any()
}

/// The map's part comes as soon as the map is live, or as it turns out that it will not be.
fn ask_for_map_once_live(live: Live) {
    let link = live.link();
    let is_settled = Memo::new(move |_| link.get() != Link::Connecting);
    let ask = use_asking(Part::Map);
    Effect::new(move |_| {
        if is_settled.get() {
            // After what is live has reached the document.
            set_timeout(ask, Duration::ZERO);
        }
    });
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
