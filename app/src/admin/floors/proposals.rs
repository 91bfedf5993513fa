use super::drawing::{Numbered, points};
use super::view::ProposedBooth;
use super::words::use_floor_words;
use crate::backend::drawable;
use crate::erased::IntoAny;
use crate::geometry::view_box_value;
use domain::FloorPlan;
use drafting::{Layout, LayoutBooth};
use leptos::prelude::*;

/// The new plan with the booths that are there and those that it seems to have; each of these may be taken.
#[component]
pub(super) fn Proposals(plan: FloorPlan, layout: Layout, proposals: Vec<ProposedBooth>) -> impl IntoView {
    let words = use_floor_words();
    let there = |booth: &LayoutBooth| {
        view! { <Numbered shape=booth.shape.clone() text=booth.number.0.to_string() change="same" /> }
    };
    let drawn = |(i, booth): (usize, &ProposedBooth)| {
        let text = if booth.number.is_empty() { format!("({})", i + 1) } else { booth.number.clone() };
        view! { <Numbered shape=booth.shape.clone() text=text change="proposed" /> }
    };
    let label = (words.proposed)(proposals.len());
    let list = (!proposals.is_empty()).then(|| {
        let rows = proposals.iter().enumerate().map(|(i, booth)| view! { <Proposal index=i booth=booth.clone() /> });
        view! {
            <fieldset class="proposals">
                <legend class="field-label">{label.clone()}</legend>
                <ol>{rows.collect_view()}</ol>
            </fieldset>
        }
    });
    let view_box = drawable(plan.view_box);
    view! {
        <svg class="drawn" role="img" aria-label=label.clone() viewBox=view_box_value(view_box)>
            <g class="plan" inner_html=plan.drawing></g>
            <g class="drawn-booths">
                {layout.booths().map(there).collect_view()}
                {proposals.iter().enumerate().map(drawn).collect_view()}
            </g>
        </svg>
        {list}
    }
    .into_any()
}

/// A booth that may be taken, with its number to be corrected.
#[component]
fn Proposal(index: usize, booth: ProposedBooth) -> impl IntoView {
    let words = use_floor_words();
    let note = match (booth.is_here, booth.is_elsewhere) {
        (true, _) => Some(words.is_on_this_floor),
        (_, true) => Some(words.is_on_another_floor),
        (false, false) => None,
    };
    let note_id = format!("note-{index}");
    let described = note.is_some().then(|| note_id.clone());
    let label =
        (words.take_proposal)(&if booth.number.is_empty() { format!("({})", index + 1) } else { booth.number.clone() });
    let bounds = booth.shape.bounds();
    let view_box =
        format!("{} {} {} {}", bounds.left, bounds.top, bounds.right - bounds.left, bounds.bottom - bounds.top);
    view! {
        <li data-proposal=index>
            <input type="hidden" name=format!("shape-{index}") value=booth.shape_json />
            <label class="take">
                <input type="checkbox" name=format!("take-{index}") value="yes" checked=booth.is_taken aria-describedby=described />
                <svg class="proposal-shape" viewBox=view_box aria-hidden="true">
                    <polygon points=points(&booth.shape) />
                </svg>
                <span class="visually-hidden">{label}</span>
            </label>
            <label class="field">
                <span class="visually-hidden">{words.number}</span>
                <input type="text" inputmode="numeric" name=format!("number-{index}") value=booth.number maxlength="6" size="6" />
            </label>
            <label class="field">
                <span class="visually-hidden">{words.booth_name}</span>
                <input type="text" name=format!("name-{index}") value=booth.name maxlength="80" placeholder=words.booth_name />
            </label>
            {note.map(|note| view! { <span class="field-hint" id=note_id>{note}</span> })}
        </li>
    }
    .into_any()
}
