//! One booth on the map. It takes geometry and a status; the style sheet paints.

use super::gesture::Gesture;
use super::labels::Labels;
use crate::attention::Attention;
use crate::backend::BoothDetail;
use crate::erased::IntoAny;
use crate::glyphs::Glyph;
use crate::live::{BoothView, use_booth};
use crate::navigation::{NavigateOptions, use_navigate};
use crate::texts::use_texts;
use domain::{BoothStatus, FloorNumber, Placement};
use leptos::ev::{FocusEvent, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// A link to the booth's card, drawn as its rectangle with sign, number and name.
#[component]
pub(super) fn BoothShape(floor: FloorNumber, booth: BoothDetail, gesture: RwSignal<Gesture>) -> impl IntoView {
    let texts = use_texts();
    let attention: Attention = expect_context();
    let BoothDetail { number, name, placement } = booth;
    let BoothView { status, .. } = use_booth(number);
    let href = format!("/floor/{floor}?booth={number}");
    let label = {
        let name = name.clone();
        move || [(texts.booth)(number), name.clone(), (texts.status)(status.get()).to_owned()].join(", ")
    };
    view! {
        <g transform=rotation(placement)>
            <a
                class="booth"
                href=href.clone()
                aria-label=label
                data-booth=number.0
                data-status=move || status.get().as_str()
                class:chosen=move || attention.booth() == Some(number)
                on:click=follow_link(href, gesture)
                on:pointerenter=move |_| attention.point_at(number)
                on:pointerleave=move |_| attention.leave(number)
                on:focus=move |event| {
                    // A click or a tap gives the focus too; what it chose is in the address then.
                    if is_focus_visible(&event) {
                        attention.point_at(number);
                    }
                }
                on:blur=move |_| attention.leave(number)
                draggable="false"
            >
                <BoothRect class="booth-ring" placement=placement outside=RING_OUTSIDE />
                <BoothRect class="booth-ground" placement=placement />
                <BoothRect class="booth-hatch" placement=placement />
                <BoothLabels labels=Labels::of(placement, number, &name) number=number.0 status=status />
                <BoothRect class="booth-edge" placement=placement />
            </a>
        </g>
    }
    .into_any()
}

/// How far outside the booth its ring runs, in plan units: on the partition walls, away from the booth's colour.
const RING_OUTSIDE: f64 = 4.0;
const CORNER: f64 = 8.0;

#[component]
fn BoothRect(
    class: &'static str,
    placement: Placement,
    /// Plan units that the rectangle is larger on each side.
    #[prop(default = 0.0)]
    outside: f64,
) -> impl IntoView {
    let Placement { x, y, width, height, .. } = placement;
    let (x, y) = (x - outside, y - outside);
    let (width, height) = (width + 2.0 * outside, height + 2.0 * outside);
    view! { <rect class=class x=x y=y width=width height=height rx=CORNER + outside /> }
}

#[component]
fn BoothLabels(labels: Labels, number: u32, status: Signal<BoothStatus>) -> impl IntoView {
    let Labels { glyph_x, glyph_y, glyph_scale, number_x, number_y, number_size, name_size, name_x, name_lines } =
        labels;
    // Spaces, so that what is read is "42 Mark Zuckerberg" and part of the link's label.
    let name_line = |(y, line)| {
        view! {
            " "
            <text class="booth-name" x=name_x y=y font-size=name_size>
                {line}
            </text>
        }
    };
    view! {
        <g transform=format!("translate({glyph_x:.1} {glyph_y:.1}) scale({glyph_scale:.3})")>
            <Glyph status=status />
        </g>
        <text class="booth-number" x=number_x y=number_y font-size=number_size>
            {number}
        </text>
        {name_lines.into_iter().map(name_line).collect_view()}
    }
}

/// Goes to the booth without a new page. The router does this for links of HTML, not for those of SVG.
fn follow_link(href: String, gesture: RwSignal<Gesture>) -> impl Fn(MouseEvent) {
    let navigate = use_navigate();
    move |event| {
        // A browser counts the presses of a button in `detail`; a key is none.
        let by_keyboard = event.detail() == 0;
        if gesture.try_update(|gesture| gesture.swallows_click(by_keyboard)).unwrap_or_default() {
            event.prevent_default();
        } else if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
            event.prevent_default();
            navigate(&href, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    }
}

fn is_focus_visible(event: &FocusEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.matches(":focus-visible").unwrap_or(true))
}

fn rotation(placement: Placement) -> Option<String> {
    let Placement { x, y, width, height, rotation_deg } = placement;
    (rotation_deg != 0.0).then(|| format!("rotate({rotation_deg} {} {})", x + width / 2.0, y + height / 2.0))
}
