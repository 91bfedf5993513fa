//! One booth on the map. It takes geometry and a status; the style sheet paints.

use super::labels::Labels;
use crate::backend::BoothDetail;
use crate::erased::IntoAny;
use crate::glyphs::outline;
use crate::live::{BoothView, use_booth};
use crate::texts::use_texts;
use domain::{FloorNumber, Placement};
use leptos::prelude::*;
use leptos::svg;

/// A link to the booth's card, drawn as its outline with sign, number and name.
#[component]
pub(crate) fn BoothShape(floor: FloorNumber, booth: BoothDetail, plan_width: f64) -> impl IntoView {
    let texts = use_texts();
    let BoothDetail { number, name, placement, polygon } = booth;
    let state = use_booth(number);
    let BoothView { status, .. } = state;
    let room = polygon.as_ref().map_or(placement, |polygon| polygon.label);
    let labels = Labels::of(room, number, &name, plan_width);
    let label = move || [&(texts.booth)(number), name.as_str(), state.words(texts)].join(", ");
    let Labels { glyph, number_x, number_y, number_size, figure_class, name_class, name_x, name_size, name_lines } =
        labels;
    // Spaces, so that what is read is "42 Mark Zuckerberg" and part of the link's label.
    let name_line = |(y, line)| {
        view! {
            " "
            <text class=name_class.clone() x=name_x y=y font-size=name_size>
                {line}
            </text>
        }
    };
    let ground = match polygon {
        Some(polygon) => view! { <path class="booth-ground" d=polygon.path /> }.into_any(),
        None => {
            let Placement { x, y, width, height, .. } = placement;
            view! { <rect class="booth-ground" x=x y=y width=width height=height rx=CORNER /> }.into_any()
        }
    };
    let drawing = view! {
        {ground}
        // Its em is the booth's height, so that the style sheet can lift it in that measure when a name appears.
        <g class=figure_class font-size=room.height>
            <path class="glyph" transform=glyph d=move || outline(status.get()) />
            <text class="booth-number" x=number_x y=number_y font-size=number_size>
                {number.0}
            </text>
        </g>
        {name_lines.into_iter().map(name_line).collect_view()}
    };
    // Not in the macro: it would take an `a` without a parent for one of HTML.
    svg::a()
        .class("booth")
        .attr("href", format!("/floor/{floor}?booth={number}"))
        .attr("aria-label", label)
        .attr("data-booth", number.0)
        .attr("data-status", move || status.get().as_str())
        .attr("transform", upright_rotation(placement))
        .attr("draggable", "false")
        .child(drawing)
        .into_any()
}

const CORNER: f64 = 8.0;

/// The outline of a booth.
#[component]
pub(super) fn Outline(
    class: &'static str,
    placement: Placement,
    /// Plan units that it is larger on each side.
    #[prop(default = 0.0)]
    outside: f64,
    /// What the outline's dashes take for its length.
    #[prop(optional)]
    length: Option<u64>,
) -> impl IntoView {
    let Placement { x, y, width, height, .. } = placement;
    let (x, y) = (x - outside, y - outside);
    let (width, height) = (width + 2.0 * outside, height + 2.0 * outside);
    view! {
        <g transform=upright_rotation(placement)>
            <rect class=class x=x y=y width=width height=height rx=CORNER + outside pathLength=length />
        </g>
    }
}

/// A rectangle looks the same after half a turn; its number does not, so it is turned by a quarter at most.
fn upright_rotation(placement: Placement) -> Option<String> {
    let Placement { x, y, width, height, rotation_deg } = placement;
    let half_turns = (rotation_deg / 180.0).round();
    let rotation_deg = rotation_deg - half_turns * 180.0;
    (rotation_deg != 0.0).then(|| format!("rotate({rotation_deg} {} {})", x + width / 2.0, y + height / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_never_stand_on_their_head() {
        let cases = [
            (0.0, None),
            (30.0, Some("rotate(30 50 20)")),
            (180.0, None),
            (200.0, Some("rotate(20 50 20)")),
            (-150.0, Some("rotate(30 50 20)")),
            (360.0, None),
        ];
        for (rotation_deg, expect) in cases {
            let placement = Placement { x: 0.0, y: 0.0, width: 100.0, height: 40.0, rotation_deg };
            assert_eq!(upright_rotation(placement).as_deref(), expect, "{rotation_deg}");
        }
    }
}
