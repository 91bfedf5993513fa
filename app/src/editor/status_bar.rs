//! What the last action has done, where the pointer is, how large the plan is seen.

use super::numbers::write_units;
use super::studio::use_studio;
use crate::erased::IntoAny;
use crate::reader::use_reader;
use domain::PlanPoint;
use leptos::prelude::*;

#[component]
pub(super) fn StatusBar() -> impl IntoView {
    let studio = use_studio();
    let (texts, locale) = (studio.texts, use_reader().locale);
    let said = move || studio.said.with(|said| if said.is_empty() { texts.ready.to_owned() } else { said.clone() });
    let pointer = move || {
        let place = |PlanPoint { x, y }: PlanPoint| {
            format!("X {}   Y {}", write_units(x.round(), locale), write_units(y.round(), locale))
        };
        studio.pointer.get().map(place)
    };
    view! {
        <footer class="status-bar">
            <p class="said" role="status">{said}</p>
            <p class="pointer-place">{pointer}</p>
            <p class="zoom">{texts.zoom} " " {move || studio.view.get().percent()} " %"</p>
        </footer>
    }
    .into_any()
}
