//! The drawing: pipes below, vessels and what is on the pipes above.

use super::drawing::{PARTS, PIPES, PartPlace, VESSELS, VIEW_BOX};
use super::heater::Heater;
use super::part::TabStop;
use super::pipe::{FlowArrow, PipeLine};
use super::pump::Pump;
use super::setpoint_slider::SetpointSlider;
use super::texts::use_brewery_texts;
use super::valve::Valve;
use super::vessel::Vessel;
use crate::erased::IntoAny;
use brewery::contract::Switch;
use leptos::prelude::*;

/// The plant as a drawing, in a window of its own on narrow screens.
#[component]
pub(super) fn Diagram() -> impl IntoView {
    let texts = use_brewery_texts();
    provide_context(TabStop(RwSignal::new(0)));
    view! {
        // Works without scripts: the style sheet follows the box.
        <label class="diagram-whole">
            <input type="checkbox" autocomplete="off" />
            {texts.whole}
        </label>
        <div class="diagram-window">
            <svg class="diagram" viewBox=VIEW_BOX role="group" aria-label=texts.diagram aria-describedby="diagram-help">
                <defs>
                    <pattern id="grain" width="14" height="14" patternUnits="userSpaceOnUse">
                        <circle cx="4" cy="4" r="2.4" />
                        <circle cx="11" cy="11" r="2.4" />
                    </pattern>
                </defs>
                {PIPES.iter().map(|place| view! { <PipeLine place=place /> }).collect_view()}
                {VESSELS.iter().map(|place| view! { <Vessel place=place /> }).collect_view()}
                {PIPES.iter().map(|place| view! { <FlowArrow place=place /> }).collect_view()}
                <Ports />
                {PARTS.into_iter().enumerate().map(view_part).collect_view()}
                {VESSELS.iter().map(|place| view! { <SetpointSlider place=place /> }).collect_view()}
            </svg>
        </div>
        <p class="visually-hidden" id="diagram-help">{texts.diagram_help}</p>
    }
    .into_any()
}

fn view_part((index, place): (usize, PartPlace)) -> impl IntoView {
    match place.switch {
        Switch::Valve(valve) => view! { <Valve index=index place=place valve=valve /> }.into_any(),
        Switch::Pump(pump) => view! { <Pump index=index place=place pump=pump /> }.into_any(),
        Switch::Heater(heater) => view! { <Heater index=index place=place heater=heater /> }.into_any(),
        // A loop has no place on the pipes.
        Switch::Pid(_) => ().into_any(),
    }
}

/// Where pipes end in the open.
#[component]
fn Ports() -> impl IntoView {
    let texts = use_brewery_texts();
    view! {
        <g class="port">
            <path d="M288 888H316L302 910Z" />
            <text x="324" y="906">{texts.mains}</text>
            <path d="M97 36H125L111 14Z" />
            <text x="136" y="30">{texts.waste}</text>
        </g>
    }
    .into_any()
}
