//! The fields by which a screen is arranged.

use super::words::use_screen_words;
use crate::admin::fields::TextField;
use crate::erased::IntoAny;
use domain::{Dwell, FloorNumber, PairingCode, ScreenFacts, ScreenName, ScreenVariant};
use leptos::prelude::*;

/// What it is called, which floors it shows, for how long, and what it is made of.
#[component]
pub(super) fn ScreenFields(floors: Vec<FloorNumber>, #[prop(optional)] facts: Option<ScreenFacts>) -> impl IntoView {
    let words = use_screen_words();
    let name = facts.as_ref().map(|facts| facts.name.as_str().to_owned()).unwrap_or_default();
    let chosen = facts.as_ref().map(|facts| facts.floors.clone()).unwrap_or_default();
    let dwell = facts.as_ref().map(|facts| facts.dwell).unwrap_or_default();
    let kind = facts.map(|facts| facts.variant).unwrap_or_default();
    let option = move |variant: ScreenVariant| {
        view! { <option value=variant.as_str() selected=variant == kind>{(words.variant)(variant)}</option> }
    };
    view! {
        <TextField
            label=words.name
            name="name"
            hint=words.name_hint
            value=name
            required=true
            length_max=ScreenName::LETTERS_MAX
        />
        <FloorChoice floors=floors chosen=chosen />
        <label class="field">
            <span class="field-label">{words.dwell}</span>
            <input
                type="number"
                name="dwell_s"
                value=dwell.seconds()
                min=Dwell::MIN_S
                max=Dwell::MAX_S
                required
                inputmode="numeric"
            />
            <span class="field-hint">{words.dwell_hint}</span>
        </label>
        <label class="field">
            <span class="field-label">{words.kind}</span>
            <select name="variant">{ScreenVariant::ALL.map(option).into_iter().collect_view()}</select>
        </label>
    }
    .into_any()
}

#[component]
fn FloorChoice(floors: Vec<FloorNumber>, chosen: Vec<FloorNumber>) -> impl IntoView {
    let words = use_screen_words();
    let choice = |floor: FloorNumber| {
        let checked = chosen.contains(&floor);
        view! {
            <label class="screen-floor">
                <input type="checkbox" name="floors[]" value=floor.0 checked=checked />
                <span>{(words.floor)(floor.0)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="roles">
            <legend class="field-label">{words.which_floors}</legend>
            <div class="screen-floors">{floors.into_iter().map(choice).collect_view()}</div>
            <span class="field-hint">{words.floors_hint}</span>
        </fieldset>
    }
    .into_any()
}

/// What stands on the screen.
#[component]
pub(super) fn CodeField() -> impl IntoView {
    let words = use_screen_words();
    view! {
        <label class="field screen-code">
            <span class="field-label">{words.code}</span>
            <input
                type="text"
                name="code"
                required
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                // A gap may stand in it.
                maxlength=PairingCode::LETTERS + 2
            />
        </label>
    }
    .into_any()
}
