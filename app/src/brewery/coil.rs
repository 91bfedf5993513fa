//! The coil in the boil kettle.

use super::drawing::COIL;
use super::live::use_plant;
use crate::erased::IntoAny;
use brewery::plant::Pipe;
use leptos::prelude::*;

/// Three turns of pipe.
#[component]
pub(super) fn Coil() -> impl IntoView {
    let plant = use_plant();
    view! {
        <g class="pipe coil" data-pipe="Coil" data-flow=move || plant.look(|view| view.flow(Pipe::Coil))>
            <path class="pipe-wall" d=COIL />
            <path class="pipe-inside" d=COIL />
            <path class="pipe-flow" d=COIL />
        </g>
    }
    .into_any()
}
