//! A pump, whose wheel turns while it turns.

use super::drawing::PartPlace;
use super::live::use_plant;
use super::part::PartSwitch;
use crate::erased::IntoAny;
use brewery::plant::PumpId;
use leptos::prelude::*;

/// A pump on a pipe that runs to the right.
#[component]
pub(super) fn Pump(index: usize, place: PartPlace, pump: PumpId) -> impl IntoView {
    let plant = use_plant();
    let is_turning = move || plant.look(|view| view.pumps[pump.index()].is_turning);
    let symbol = view! {
        <rect class="hit" x="-46" y="-46" width="92" height="92" rx="12" />
        <g data-turning=move || is_turning().to_string()>
            <circle class="pump-body" r="38" />
            <path class="pump-wheel" d="M0 0C8 -10 8 -20 0 -29M0 0C13 -2 22 3 25 15M0 0C-5 12 -13 17 -25 15" />
            <circle class="pump-axle" r="5" />
        </g>
        <text class="part-name" x="0" y="66" text-anchor="middle">{pump.code()}</text>
    }
    .into_any();
    view! { <PartSwitch index=index place=place kind="pump" symbol=symbol /> }.into_any()
}
