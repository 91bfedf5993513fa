//! A quarter-turn valve: its handle lies along the pipe when it is open, and across it when it is shut.

use super::drawing::PartPlace;
use super::live::use_plant;
use super::part::PartSwitch;
use crate::erased::IntoAny;
use brewery::plant::ValveId;
use leptos::prelude::*;

/// A valve on a pipe that runs up and down.
#[component]
pub(super) fn Valve(index: usize, place: PartPlace, valve: ValveId) -> impl IntoView {
    let plant = use_plant();
    let is_open = move || plant.look(|view| view.valves[valve.index()].is_open);
    let symbol = view! {
        <rect class="hit" x="-30" y="-34" width="72" height="68" rx="8" />
        <g data-open=move || is_open().to_string()>
            <path class="valve-body" d="M-19 -28H19L-19 28H19Z" />
            <path class="valve-handle" d="M0 -24V24" />
        </g>
        <text class="part-name" x="30" y="7">{valve.code()}</text>
    }
    .into_any();
    view! { <PartSwitch index=index place=place kind="valve" symbol=symbol /> }.into_any()
}
