//! What the map shows of a change for a moment. The marks lie above the booths and come and go by themselves; the booths
//! have nothing of their own for it.

use super::booth_shape::Outline;
use super::{Placements, placement_of};
use crate::erased::IntoAny;
use crate::live::{BoothView, Ripple, use_booth, use_live};
use domain::{BoothNumber, BoothState, Placement};
use leptos::prelude::*;

/// Green outlines of booths that somebody has just left: they fill up over the minute.
#[component]
pub(super) fn JustLeftMarks(placements: Placements) -> impl IntoView {
    let just_left = use_live().just_left();
    let marks = move || {
        let here = |number| placement_of(&placements, number).map(|placement| (number, placement));
        just_left.get().into_iter().filter_map(here).collect::<Vec<_>>()
    };
    view! {
        <For each=marks key=|(number, _)| *number let((number, placement))>
            <JustLeftMark number=number placement=placement />
        </For>
    }
    .into_any()
}

#[component]
fn JustLeftMark(number: BoothNumber, placement: Placement) -> impl IntoView {
    let now = use_live().now();
    let BoothView { just_left, since_at, .. } = use_booth(number);
    let seconds = Memo::new(move |_| {
        let since_at = since_at.get().filter(|_| just_left.get())?;
        Some(now.get().since(since_at) / 1_000)
    });
    // The outline is as long as the minute has seconds: one attribute of one shape changes with each of them.
    let filled = move || seconds.get().map(|seconds| format!("{seconds} {MINUTE_S}"));
    view! {
        <Show when=move || just_left.get()>
            <g class="just-left" stroke-dasharray=filled>
                <Outline class="just-left-outline" placement=placement length=MINUTE_S />
            </g>
        </Show>
    }
}

const MINUTE_S: u64 = BoothState::JUST_LEFT_MS / 1_000;

/// One soft ripple where a booth has changed.
#[component]
pub(super) fn Ripples(placements: Placements) -> impl IntoView {
    let ripples = use_live().ripples();
    let here = move || {
        let place = |ripple: Ripple| placement_of(&placements, ripple.number).map(|placement| (ripple, placement));
        ripples.get().into_iter().filter_map(place).collect::<Vec<_>>()
    };
    view! {
        <For each=here key=|(ripple, _)| ripple.seq let((ripple, placement))>
            <g class="ripple" data-status=ripple.status.as_str()>
                <Outline class="ripple-outline" placement=placement />
            </g>
        </For>
    }
    .into_any()
}
