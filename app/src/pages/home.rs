use super::FloorPage;
use crate::app::Floors;
use crate::erased::IntoAny;
use crate::reader::use_reader;
use crate::texts::use_texts;
use domain::FloorNumber;
use leptos::prelude::*;

/// `/`: the floor that the reader looked at last, or the first.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    match use_home_floor() {
        Some(floor) => view! { <FloorPage number=floor /> }.into_any(),
        None => view! { <p class="problem">{use_texts().no_floor}</p> }.into_any(),
    }
}

/// The floor that stands at `/`.
pub(crate) fn use_home_floor() -> Option<FloorNumber> {
    let Floors(floors) = expect_context();
    let last = use_reader().floor.filter(|floor| floors.contains(floor));
    last.or_else(|| floors.first().copied())
}
