//! The setpoint as a mark on a vessel's thermometer: dragged, or moved by arrow keys.

use super::act::Act;
use super::drawing::{HEIGHT, VesselPlace, thermometer_tenths, thermometer_y};
use super::live::use_plant;
use super::number::write_tenths;
use super::texts::use_brewery_texts;
use super::thermometer::thermometer_x;
use crate::erased::IntoAny;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use leptos::svg::G;

/// Half a degree and five, in tenths.
const STEP: i32 = 5;
const PAGE: i32 = 50;
const MAX: i32 = 1_100;

/// The mark.
#[component]
pub(super) fn SetpointSlider(place: &'static VesselPlace) -> impl IntoView {
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let (id, x) = (place.id, thermometer_x(place));
    let element: NodeRef<G> = NodeRef::new();
    // While it is dragged, in tenths.
    let dragged: RwSignal<Option<u16>> = RwSignal::new(None);
    let set = move || plant.look(|view| view.vessels[id.index()].setpoint_dc);
    let shown = move || dragged.get().map_or_else(set, i32::from);
    let celsius = move || write_tenths(shown(), texts.decimal_mark);
    let follow = move |event: &PointerEvent| {
        let drawing = element.get_untracked().and_then(|element| element.closest(".diagram").ok().flatten());
        let Some(rect) = drawing.map(|drawing| drawing.get_bounding_client_rect()) else { return };
        // A place on the screen is a whole number of units, near enough.
        #[allow(clippy::cast_possible_truncation)]
        let y = ((f64::from(event.client_y()) - rect.top()) / rect.height().max(1.0) * f64::from(HEIGHT)) as i32;
        dragged.set(Some(thermometer_tenths(y)));
    };
    let begin = move |event: PointerEvent| {
        if let Some(element) = element.get_untracked().filter(|_| plant.may_operate && event.button() == 0) {
            // Without it the mark follows only while the pointer is on it.
            drop(element.set_pointer_capture(event.pointer_id()));
            follow(&event);
        }
    };
    let end = move |_: PointerEvent| {
        if let Some(tenths) = dragged.get_untracked() {
            plant.act(&Act::Setpoint(id, tenths));
            dragged.set(None);
        }
    };
    let press = move |event: KeyboardEvent| {
        let now = untrack(set);
        let Some(to) = moved(&event.key(), now) else { return };
        event.prevent_default();
        plant.act(&Act::Setpoint(id, u16::try_from(to).unwrap_or_default()));
    };
    view! {
        <g
            node_ref=element
            class="setpoint"
            role="slider"
            tabindex="0"
            data-setpoint=id.code()
            data-pid=move || plant.look(|view| view.vessels[id.index()].pid_on).to_string()
            aria-label=format!("{}, {}", texts.setpoint, (texts.vessel)(id))
            aria-orientation="vertical"
            aria-valuemin="0"
            aria-valuemax="110"
            aria-valuenow=move || shown() / 10
            aria-valuetext=move || format!("{}\u{202f}°C", celsius())
            aria-disabled=(!plant.may_operate).then_some("true")
            transform=move || format!("translate({x} {})", thermometer_y(shown()))
            on:pointerdown=begin
            on:pointermove=move |event| if dragged.get_untracked().is_some() { follow(&event) }
            on:pointerup=end
            on:pointercancel=move |_| dragged.set(None)
            on:keydown=press
        >
            <rect class="hit" x="-22" y="-21" width="56" height="42" rx="6" />
            <path class="setpoint-mark" d="M-10 0H10M10 0L26 -10V10Z" />
            <text class="setpoint-number" x="-16" y="6" text-anchor="end">{celsius}</text>
        </g>
    }
    .into_any()
}

/// Where a key moves it, in tenths; nowhere for other keys.
fn moved(key: &str, tenths: i32) -> Option<i32> {
    let to = match key {
        "ArrowUp" | "ArrowRight" => tenths + STEP,
        "ArrowDown" | "ArrowLeft" => tenths - STEP,
        "PageUp" => tenths + PAGE,
        "PageDown" => tenths - PAGE,
        "Home" => 0,
        "End" => MAX,
        _ => return None,
    };
    Some(to.clamp(0, MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_move_it() {
        let check = |key, from, expect| assert_eq!(moved(key, from), expect, "{key} from {from}");
        check("ArrowUp", 780, Some(785));
        check("ArrowDown", 3, Some(0));
        check("PageUp", 1_080, Some(1_100));
        check("PageDown", 780, Some(730));
        check("Home", 780, Some(0));
        check("End", 780, Some(1_100));
        check("Tab", 780, None);
    }
}
