//! The floors, each with its count of free booths.

use crate::app::Floors;
use crate::booth_list::{ListQuery, use_list_query};
use crate::erased::IntoAny;
use crate::live::{FloorCount, use_live};
use crate::navigation::use_location;
use crate::pages::use_home_floor;
use crate::texts::use_texts;
use domain::FloorNumber;
use leptos::prelude::*;

/// A link a floor; the one that is shown is marked.
#[component]
pub(crate) fn FloorTabs() -> impl IntoView {
    let texts = use_texts();
    let Floors(floors) = expect_context();
    view! {
        <nav class="floor-tabs" aria-label=texts.floors>
            {floors.into_iter().map(|number| view! { <FloorTab number=number /> }).collect_view()}
        </nav>
    }
    .into_any()
}

#[component]
fn FloorTab(number: FloorNumber) -> impl IntoView {
    let texts = use_texts();
    let count = use_live().floor_count(number);
    let path = use_location().pathname;
    let is_home = use_home_floor() == Some(number);
    let href = format!("/floor/{number}");
    let list = use_list_query();
    // Another floor is listed in the same way; what was looked for was meant here.
    let to = move || ListQuery { text: String::new(), ..list.get() }.href(number, None);
    let is_shown = { move || path.with(|path| *path == href || (is_home && path == "/")) };
    view! {
        <a href=to class="floor-tab" data-tab=number.0 aria-current=move || is_shown().then_some("page")>
            <span class="visually-hidden">{(texts.floor)(number)}</span>
            <span class="floor-tab-number" aria-hidden="true">{number.0}</span>
            <span class="floor-tab-count">
                {move || match count.get() {
                    FloorCount { known: 0, .. } => texts.count_unknown.to_owned(),
                    FloorCount { free, .. } => (texts.free_count)(free),
                }}
            </span>
        </a>
    }
}
