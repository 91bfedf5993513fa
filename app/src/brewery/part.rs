//! A part of the drawing that can be switched: by a click, by Enter or Space; arrow keys go on to its neighbour.

use super::act::Act;
use super::drawing::{PARTS, PartPlace, direction_of_key, neighbour};
use super::live::{Plant, use_plant};
use super::texts::use_brewery_texts;
use crate::erased::{AnyView, IntoAny};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::SvgElement;

/// The part at which the Tab key stops, by its place in [`PARTS`].
#[derive(Clone, Copy)]
pub(super) struct TabStop(pub(super) RwSignal<usize>);

/// A symbol that is a switch. `symbol` is drawn around its origin, and lies at the part's place.
#[component]
pub(super) fn PartSwitch(index: usize, place: PartPlace, kind: &'static str, symbol: AnyView) -> impl IntoView {
    let (plant, texts, TabStop(stop)) = (use_plant(), use_brewery_texts(), expect_context());
    let PartPlace { switch, x, y } = place;
    let is_on = move || plant.look(|view| view.is_on(switch));
    let is_odd = move || plant.look(|view| view.is_odd(switch) || view.has_alarm(&switch.to_string()));
    let label = move || {
        let odd = if is_odd() { format!(", {}", (texts.odd)(switch)) } else { String::new() };
        format!("{}, {}{odd}", (texts.part)(switch), (texts.part_where)(switch))
    };
    view! {
        <g
            class="part"
            role="switch"
            data-kind=kind
            data-part=switch.to_string()
            data-on=move || is_on().to_string()
            data-odd=move || is_odd().then_some("")
            aria-checked=move || is_on().to_string()
            aria-disabled=(!plant.may_operate).then_some("true")
            aria-label=label
            tabindex=move || if stop.get() == index { "0" } else { "-1" }
            transform=format!("translate({x} {y})")
            on:click=move |_| toggle(plant, place)
            on:focus=move |_| stop.set(index)
            on:keydown=move |event| press(plant, index, &event)
        >
            <title>{(texts.part)(switch)}</title>
            {symbol}
        </g>
    }
    .into_any()
}

fn toggle(plant: Plant, PartPlace { switch, .. }: PartPlace) {
    let is_on = untrack(|| plant.look(|view| view.is_on(switch)));
    plant.act(&Act::Switch(switch, !is_on));
}

fn press(plant: Plant, index: usize, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let key = event.key();
    match (key.as_str(), direction_of_key(&key)) {
        ("Enter" | " ", _) if !event.repeat() => toggle(plant, PARTS[index]),
        ("Home", _) => focus(0),
        ("End", _) => focus(PARTS.len() - 1),
        (_, Some(direction)) => _ = neighbour(index, direction).map(focus),
        _ => return,
    }
    // The page does not scroll as well.
    event.prevent_default();
}

fn focus(index: usize) {
    let selector = format!(".diagram [data-part='{}']", PARTS[index].switch);
    let element = document().query_selector(&selector).ok().flatten();
    if let Some(element) = element.and_then(|element| element.dyn_into::<SvgElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        drop(element.focus());
    }
}
