//! A stretch of pipe. Liquid is seen in it only while it really runs: dashes move its way, and an arrow says the same to
//! those who see no movement.

use super::drawing::PipePlace;
use super::live::use_plant;
use crate::erased::IntoAny;
use leptos::prelude::*;

/// The pipe with what runs through it.
#[component]
pub(super) fn PipeLine(place: &'static PipePlace) -> impl IntoView {
    let plant = use_plant();
    let flow = move || plant.look(|view| view.flow(place.id));
    view! {
        <g class="pipe" data-pipe=format!("{:?}", place.id) data-flow=flow>
            <path class="pipe-wall" d=place.path />
            <path class="pipe-inside" d=place.path />
            <path class="pipe-flow" d=place.path />
        </g>
    }
    .into_any()
}

/// Which way it runs.
#[component]
pub(super) fn FlowArrow(place: &'static PipePlace) -> impl IntoView {
    let plant = use_plant();
    let (x, y, degrees) = place.arrow;
    let flow = move || plant.look(|view| view.flow(place.id));
    let turned = move || if flow() == Some("back") { (degrees + 180) % 360 } else { degrees };
    view! {
        <path
            class="flow-arrow"
            data-flow=flow
            d="M-7 -9L9 0L-7 9Z"
            transform=move || format!("translate({x} {y})rotate({})", turned())
        />
    }
    .into_any()
}
