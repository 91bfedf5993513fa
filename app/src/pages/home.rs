use crate::app::Floors;
use crate::erased::IntoAny;
use crate::reader::use_reader;
use crate::texts::use_texts;
use domain::FloorNumber;
use leptos::prelude::*;

/// `/` of a building that has no floor yet.
#[component]
pub(crate) fn NoFloorPage() -> impl IntoView {
    view! { <p class="problem">{use_texts().no_floor}</p> }.into_any()
}

/// The floor that stands at `/`: the one that the reader looked at last, or the first.
pub(crate) fn use_home_floor() -> Option<FloorNumber> {
    let Floors(floors) = expect_context();
    let last = use_reader().floor.filter(|floor| floors.contains(floor));
    last.or_else(|| floors.first().copied())
}
