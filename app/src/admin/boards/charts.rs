use super::entry::{battery_curve, bounds, dbm, signal_curve};
use super::use_board_words;
use super::view::{BoardView, ChartRange, Span};
use crate::admin::AdminPage;
use crate::erased::{AnyView, IntoAny};
use domain::UtcMs;
use leptos::prelude::*;

/// How its battery and its signal went: over a day, a week, a season.
#[component]
pub(super) fn Charts(view: BoardView) -> impl IntoView {
    let words = use_board_words();
    let BoardView { entry, range, span, samples, .. } = view;
    let link = |known: ChartRange| {
        let current = (known == range).then_some("true");
        let to = format!("/admin/boards/{}?range={}#curves", entry.id, known.as_str());
        view! { <a class="admin-link" href=to aria-current=current>{(words.range)(known.as_str())}</a> }
    };
    let battery: Vec<_> = samples.iter().map(|sample| (sample.at, i32::from(sample.battery_mv))).collect();
    let rssi: Vec<_> = samples.iter().filter_map(|sample| Some((sample.at, i32::from(sample.rssi_dbm?)))).collect();
    // A board that sleeps wakes up every three hours at the latest.
    let gap_ms = if range == ChartRange::Season { 13 * 3_600_000 } else { 4 * 3_600_000 };
    let volts = |mv: i32| (words.volts)(u16::try_from(mv).unwrap_or(0));
    let drawn = [
        (words.battery, bounds(&battery).map(|(low, high)| (volts(low.min(high - 250)), volts(high)))),
        (words.signal, bounds(&rssi).map(|(low, high)| (dbm(low.min(high - 20)), dbm(high)))),
    ];
    let [battery_scale, signal_scale] = drawn;
    view! {
        <section class="admin-part" id="curves">
            <h2>{words.curves}</h2>
            <nav class="ranges" aria-label=words.curves>{ChartRange::ALL.iter().copied().map(link).collect_view()}</nav>
            <div class="charts" data-fresh="curves">
                {chart(battery_scale, span, battery_curve(&battery, span, gap_ms).into_any())}
                {chart(signal_scale, span, signal_curve(&rssi, span, gap_ms).into_any())}
            </div>
        </section>
    }
    .into_any()
}

/// A curve with its scales around it.
fn chart((title, scale): (&'static str, Option<(String, String)>), span: Span, curve: AnyView) -> impl IntoView {
    let words = use_board_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let time = |at: UtcMs| view! { <span>{show_time(at)}</span> };
    let drawn = match scale {
        None => view! { <p class="field-hint">{words.no_curve}</p> }.into_any(),
        Some((low, high)) => view! {
            <div class="chart-plot">
                <div class="chart-scale" aria-hidden="true"><span>{high}</span><span>{low}</span></div>
                {curve}
                <div class="chart-times" aria-hidden="true">{time(span.from)}{time(span.to)}</div>
            </div>
        }
        .into_any(),
    };
    view! { <figure class="chart"><figcaption>{title}</figcaption>{drawn}</figure> }.into_any()
}
