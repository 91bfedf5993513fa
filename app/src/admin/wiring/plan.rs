//! The plan, on which each booth is a button of the form.

use super::use_wiring_words;
use crate::backend::{BoothDetail, FloorDetail, drawable};
use crate::erased::IntoAny;
use crate::geometry::view_box_value;
use crate::texts::use_texts;
use domain::Placement;
use leptos::prelude::*;

#[component]
pub(super) fn WiringPlan(floor: FloorDetail, may_wire: bool) -> impl IntoView {
    let words = use_wiring_words();
    let FloorDetail { number, plan, booths } = floor;
    let buttons = booths.into_iter().map(|booth| view! { <BoothButton booth=booth may_wire=may_wire /> });
    view! {
        <div class="wiring-plan">
            <div class="wiring-frame">
                <svg class="wiring-map" viewBox=view_box_value(drawable(plan.view_box)) role="group" aria-label=(use_texts().floor)(number)>
                    <g class="plan" aria-hidden="true" inner_html=plan.drawing></g>
                    {buttons.collect_view()}
                </svg>
            </div>
            <p>
                <button class="plain-button" type="submit" name="booth" value="" disabled=!may_wire>{words.unwire}</button>
            </p>
        </div>
    }
    .into_any()
}

/// A button of HTML in the drawing, so that forms and keyboards know it.
#[component]
fn BoothButton(booth: BoothDetail, may_wire: bool) -> impl IntoView {
    let words = use_wiring_words();
    let BoothDetail { number, name, placement, polygon } = booth;
    // A button is a rectangle: the one within the polygon in which its name stands.
    let room = polygon.map_or(placement, |polygon| polygon.label);
    let Placement { x, y, width, height, rotation_deg } = room;
    let turned =
        (rotation_deg != 0.0).then(|| format!("rotate({rotation_deg} {} {})", x + width / 2.0, y + height / 2.0));
    let label = if name.is_empty() { (words.booth)(number) } else { format!("{}, {name}", (words.booth)(number)) };
    view! {
        <foreignObject x=x y=y width=width height=height transform=turned>
            <button
                class="wiring-booth"
                type="submit"
                name="booth"
                value=number.0
                data-wiring-booth=number.0
                aria-label=label
                disabled=!may_wire
            >
                {number.0}
            </button>
        </foreignObject>
    }
    .into_any()
}
