use crate::backend::{FloorDetail, drawable};
use crate::erased::IntoAny;
use crate::geometry::view_box_value;
use crate::map::booth_shape::BoothShape;
use crate::texts::use_texts;
use leptos::prelude::*;

/// A floor's map that nobody touches: the drawing and its booths, without a view to move.
#[component]
pub(super) fn StillMap(floor: FloorDetail) -> impl IntoView {
    let texts = use_texts();
    let FloorDetail { number, plan, booths } = floor;
    let view_box = drawable(plan.view_box);
    let shape = |booth| view! { <BoothShape floor=number booth=booth plan_width=view_box.width /> };
    view! {
        <div class="wall-map">
            <svg class="floor-map" role="group" aria-label=(texts.floor)(number) viewBox=view_box_value(view_box) inert>
                <g class="plan" aria-hidden="true" inner_html=plan.drawing></g>
                <g class="booths">{booths.into_iter().map(shape).collect_view()}</g>
            </svg>
        </div>
    }
    .into_any()
}

/// What occupied booths of all maps are filled with.
#[component]
pub(super) fn Hatch() -> impl IntoView {
    view! {
        <svg class="visually-hidden" aria-hidden="true">
            <defs>
                <pattern id="hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="hatch-ground" width="9" height="9" />
                    <line class="hatch-line" x1="0" y1="0" x2="0" y2="9" />
                </pattern>
            </defs>
        </svg>
    }
    .into_any()
}
