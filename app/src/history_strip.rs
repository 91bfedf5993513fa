//! A booth's day as a bar, from the opening to the end of service. The text beside it says the same to those who do not
//! see it.

use crate::erased::IntoAny;
use crate::texts::use_texts;
use domain::{DayPart, DayStrip, HourTick, UtcMs};
use leptos::prelude::*;

/// Units of the drawing, of which ten are about a pixel on a card.
const WIDTH: u64 = 2_900;
/// So many hours and more get a number at every sixth only.
const LONG_DAY: usize = 14;

/// Occupied, free and unknown parts, and the hours below them.
#[component]
pub(crate) fn HistoryStrip(today: DayStrip) -> impl IntoView {
    let DayStrip { opens_at, closes_at, parts, hours, .. } = today;
    let length_ms = closes_at.since(opens_at).max(1);
    let x = move |at: UtcMs| at.since(opens_at).min(length_ms) * WIDTH / length_ms;
    let every = if hours.len() < LONG_DAY { 3 } else { 6 };
    let part = move |DayPart { from, until, known }: DayPart| {
        let left = x(from);
        view! { <rect data-known=known.as_str() x=left y="0" width=x(until) - left height="160" /> }
    };
    let tick =
        move |tick: HourTick| view! { <Tick tick=tick x=x(tick.at) has_number=tick.hour.is_multiple_of(every) /> };
    view! {
        <svg class="history-strip" viewBox="0 0 2900 340" aria-hidden="true">
            <defs>
                <pattern id="strip-hatch" width="60" height="60" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <path d="M0 0V60" />
                </pattern>
            </defs>
            <rect class="strip-ground" x="0" y="0" width=WIDTH height="160" />
            {parts.into_iter().map(part).collect_view()}
            {hours.into_iter().map(tick).collect_view()}
        </svg>
    }
    .into_any()
}

#[component]
fn Tick(tick: HourTick, x: u64, has_number: bool) -> impl IntoView {
    let texts = use_texts();
    // Numbers at the ends stay within the bar.
    let edge = match x {
        0 => Some("start"),
        WIDTH => Some("end"),
        _ => None,
    };
    view! {
        <path class="strip-tick" d=format!("M{x} 160V{}", if has_number { 210 } else { 190 }) />
        {has_number.then(|| view! { <text x=x y="310" data-edge=edge>{(texts.usual.hour)(tick.hour)}</text> })}
    }
    .into_any()
}
