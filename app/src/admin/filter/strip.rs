//! What the rules make of what was recorded, as bars with their figures.

use super::{RecordedPast, use_filter_words};
use crate::admin::AdminPage;
use crate::erased::IntoAny;
use domain::{BoothStatus, FilterPreview, UtcMs};
use leptos::prelude::*;

/// Units of the drawing.
const WIDTH: u64 = 2_400;

#[component]
pub(super) fn RecordedPart(past: RecordedPast) -> impl IntoView {
    let words = use_filter_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let RecordedPast { from, until, reports, now, tried } = past;
    let span = (words.span)(&show_time(from), &show_time(until), reports);
    view! {
        <p class="field-hint">{span}</p>
        <Row title=words.by_now preview=now from=from until=until name="now" />
        {tried.map(|tried| view! { <Row title=words.by_tried preview=tried from=from until=until name="tried" /> })}
    }
    .into_any()
}

#[component]
fn Row(title: &'static str, preview: FilterPreview, from: UtcMs, until: UtcMs, name: &'static str) -> impl IntoView {
    let words = use_filter_words();
    let FilterPreview { shown, changes, occupied_ms, enter_delay_ms, leave_delay_ms } = preview;
    let span_ms = until.since(from).max(1);
    let x = move |at: UtcMs| at.since(from).min(span_ms) * WIDTH / span_ms;
    let ends: Vec<UtcMs> = shown.iter().skip(1).map(|(at, _)| *at).chain([until]).collect();
    let part = move |((at, status), end): ((UtcMs, BoothStatus), UtcMs)| {
        let (left, right) = (x(at), x(end));
        view! { <rect data-shown=status.as_str() x=left y="0" width=(right - left).max(1) height="120" /> }
    };
    let seconds = |ms: Option<u64>| ms.map_or_else(|| "–".to_owned(), |ms| (words.seconds)(ms.div_ceil(1_000)));
    view! {
        <div class="filter-row" data-filter=name data-changes=changes>
            <h3>{title}</h3>
            <svg class="filter-strip" viewBox=format!("0 0 {WIDTH} 120") preserveAspectRatio="none" aria-hidden="true">
                {shown.into_iter().zip(ends).map(part).collect_view()}
            </svg>
            <dl class="filter-figures">
                <div><dt>{words.changes}</dt><dd>{changes}</dd></div>
                <div><dt>{words.occupied}</dt><dd>{(words.minutes)(occupied_ms / 60_000)}</dd></div>
                <div><dt>{words.enter}</dt><dd>{seconds(enter_delay_ms)}</dd></div>
                <div><dt>{words.leave}</dt><dd>{seconds(leave_delay_ms)}</dd></div>
            </dl>
        </div>
    }
    .into_any()
}
