//! What heats a vessel: an element within it, or a burner below it. It glows by the heat that it gives, not by its switch.

use super::drawing::PartPlace;
use super::live::use_plant;
use super::part::PartSwitch;
use crate::erased::{AnyView, IntoAny};
use brewery::plant::HeaterId;
use leptos::prelude::*;

/// The element of the hot tank, or a burner.
#[component]
pub(super) fn Heater(index: usize, place: PartPlace, heater: HeaterId) -> impl IntoView {
    let plant = use_plant();
    let glow = move || plant.look(|view| view.vessels[heater.index()].heat_percent);
    // In four steps, which is as fine as an eye tells.
    let step = move || (glow() + 24) / 25;
    let symbol = view! {
        <g data-glow=step>{if heater == HeaterId::R1 { element(heater) } else { burner(heater) }}</g>
    }
    .into_any();
    view! { <PartSwitch index=index place=place kind="heater" symbol=symbol /> }.into_any()
}

fn element(heater: HeaterId) -> AnyView {
    view! {
        <rect class="hit" x="-82" y="-28" width="164" height="56" rx="8" />
        <path class="element" d="M-74 0H-52L-44 -15L-30 15L-16 -15L-2 15L12 -15L26 15L34 0H44" />
        <text class="part-name" x="52" y="7">{heater.code()}</text>
    }
    .into_any()
}

fn burner(heater: HeaterId) -> AnyView {
    let flame = |x: i32| {
        view! { <path class="flame" transform=format!("translate({x} 0)") d="M0 -27C9 -14 13 -8 13 1A13 13 0 0 1 -13 1C-13 -8 -6 -14 0 -27Z" /> }
    };
    view! {
        <rect class="hit" x="-82" y="-32" width="164" height="64" rx="8" />
        {[-44, 0, 44].map(flame).into_iter().collect_view()}
        <path class="burner" d="M-66 20H66" />
        <text class="part-name" x="74" y="20">{heater.code()}</text>
    }
    .into_any()
}
