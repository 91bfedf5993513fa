//! Booths on a plan, as these pages draw them.

use crate::backend::drawable;
use crate::erased::IntoAny;
use crate::geometry::view_box_value;
use domain::FloorPlan;
use drafting::{Axis, Layout, LayoutBooth, Shape};
use leptos::prelude::*;

/// A plan with booths, small: where a floor is recognised by it.
#[component]
pub(super) fn Thumbnail(plan: FloorPlan, layout: Layout) -> impl IntoView {
    let booth = |booth: &LayoutBooth| view! { <polygon class="drawn-shape" points=points(&booth.shape) /> };
    view! {
        <svg class="thumbnail" aria-hidden="true" viewBox=view_box_value(drawable(plan.view_box))>
            <g class="plan" inner_html=plan.drawing></g>
            <g class="drawn-booths">{layout.booths().map(booth).collect_view()}</g>
        </svg>
    }
    .into_any()
}

/// A plan with its booths and their numbers.
#[component]
pub(super) fn PlanWithBooths(plan: FloorPlan, layout: Layout, label: String) -> impl IntoView {
    let numbers = layout
        .booths()
        .map(|booth| view! { <Numbered shape=booth.shape.clone() text=booth.number.0.to_string() change="same" /> })
        .collect_view();
    view! {
        <svg class="drawn" role="img" aria-label=label viewBox=view_box_value(drawable(plan.view_box))>
            <g class="plan" inner_html=plan.drawing></g>
            <g class="drawn-booths">{numbers}</g>
        </svg>
    }
    .into_any()
}

/// An outline with a text in its middle. What has happened to it, the style sheet paints.
#[component]
pub(super) fn Numbered(shape: Shape, text: String, change: &'static str) -> impl IntoView {
    let (middle, size) = (shape.middle(), text_size(&shape, text.chars().count()));
    view! {
        <g data-change=change>
            <polygon class="drawn-shape" points=points(&shape) />
            <text class="drawn-number" x=middle.x y=middle.y font-size=size>
                {text}
            </text>
        </g>
    }
    .into_any()
}

/// The corners, as SVG has them.
pub(super) fn points(shape: &Shape) -> String {
    let corner = |corner: &domain::PlanPoint| format!("{:.2},{:.2}", corner.x, corner.y);
    shape.corners().iter().map(corner).collect::<Vec<_>>().join(" ")
}

/// A text that fits, and is no larger than can be read well.
#[allow(clippy::cast_precision_loss)]
fn text_size(shape: &Shape, letters: usize) -> f64 {
    let bounds = shape.bounds();
    let by_width = bounds.length(Axis::X) / (letters.max(1) as f64 * 0.62);
    (bounds.length(Axis::Y) * 0.5).min(by_width * 0.86).min(60.0)
}
