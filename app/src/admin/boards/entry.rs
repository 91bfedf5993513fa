//! What is said of a board, among the others and on its own page.

use super::curve::{Curve, Frame, path};
use super::use_board_words;
use super::view::{BoardEntry, Span, Suspicion};
use crate::admin::AdminPage;
use crate::erased::IntoAny;
use domain::{BoardHealth, UtcMs, battery_percent};
use leptos::prelude::*;

/// Without a value for longer, a small curve has a gap.
const GAP_MS: u64 = 9 * 3_600_000;

/// How a board is: a mark and a word.
#[component]
pub(super) fn Health(health: BoardHealth, is_retired: bool, now: UtcMs) -> impl IntoView {
    let words = use_board_words();
    let time = match health {
        BoardHealth::Asleep { until_at } => short_time(until_at, now),
        _ => String::new(),
    };
    let (word, text) = match is_retired {
        true => ("retired", words.retired.to_owned()),
        false => (health.as_str(), (words.health)(health, &time)),
    };
    view! { <span class="health" data-health=word><span class="health-mark" aria-hidden="true"></span>{text}</span> }
        .into_any()
}

/// What else is the matter.
#[component]
pub(super) fn Suspicions(suspicions: Vec<Suspicion>) -> impl IntoView {
    let words = use_board_words();
    suspicions
        .into_iter()
        .map(|suspicion| view! { <span class="suspicion">{(words.suspicion)(suspicion)}</span> })
        .collect_view()
}

/// When it was heard, and when it should be heard next.
#[component]
pub(super) fn Seen(seen_at: Option<UtcMs>, expected_at: Option<UtcMs>, now: UtcMs) -> impl IntoView {
    let words = use_board_words();
    let Some(seen_at) = seen_at else { return view! { <span>{words.never}</span> }.into_any() };
    let expected = expected_at.map(|at| {
        let when =
            if at > now { (words.ahead)(at.since(now).div_ceil(1_000)) } else { (words.ago)(now.since(at) / 1_000) };
        view! { <small>{(words.expected)(&when)}</small> }
    });
    view! {
        <span>{(words.ago)(now.since(seen_at) / 1_000)}</span>
        <small><time>{short_time(seen_at, now)}</time></small>
        {expected}
    }
    .into_any()
}

/// How full its battery is, for how long, and how that went.
#[component]
pub(super) fn Battery(entry: BoardEntry, span: Span) -> impl IntoView {
    let words = use_board_words();
    let BoardEntry { battery_mv, battery, outlook, .. } = entry;
    let Some(battery_mv) = battery_mv else { return view! { <span>"–"</span> }.into_any() };
    let percent = battery_percent(battery_mv);
    let level = percent.map(|percent| match percent {
        0..15 => "low",
        15..35 => "middling",
        _ => "good",
    });
    let shown = percent.map(|percent| format!("{percent}\u{202f}%"));
    view! {
        <span class="level" data-level=level>{shown.unwrap_or_else(|| "–".to_owned())}</span>
        <small>{(words.volts)(battery_mv)} " · " {(words.outlook)(outlook)}</small>
        {battery_curve(&battery, span, GAP_MS)}
    }
    .into_any()
}

/// How its battery went.
pub(super) fn battery_curve(points: &[(UtcMs, i32)], span: Span, gap_ms: u64) -> impl IntoView + use<> {
    let words = use_board_words();
    let (low, high) = bounds(points)?;
    let volts = |mv: i32| (words.volts)(u16::try_from(mv).unwrap_or(0));
    let label = (words.battery_curve)(&volts(low), &volts(high));
    // At least a quarter of a volt high, so that noise looks like noise.
    let frame = Frame { span, low: low.min(high - 250), high, gap_ms };
    Some(view! { <Curve path=path(points, frame) label=label /> })
}

/// How well it hears, and how that went.
#[component]
pub(super) fn Signal(entry: BoardEntry, span: Span) -> impl IntoView {
    let BoardEntry { rssi_dbm, rssi, .. } = entry;
    let Some(rssi_dbm) = rssi_dbm else { return view! { <span>"–"</span> }.into_any() };
    let level = match rssi_dbm {
        ..-80 => "low",
        -80..-70 => "middling",
        _ => "good",
    };
    view! {
        <span class="level" data-level=level>{dbm(rssi_dbm.into())}</span>
        {signal_curve(&rssi, span, GAP_MS)}
    }
    .into_any()
}

/// How its signal went.
pub(super) fn signal_curve(points: &[(UtcMs, i32)], span: Span, gap_ms: u64) -> impl IntoView + use<> {
    let words = use_board_words();
    let (low, high) = bounds(points)?;
    let label = (words.signal_curve)(&dbm(low), &dbm(high));
    let frame = Frame { span, low: low.min(high - 20), high, gap_ms };
    Some(view! { <Curve path=path(points, frame) label=label /> })
}

/// What runs on it, since when, and why it began to.
#[component]
pub(super) fn Running(entry: BoardEntry, now: UtcMs) -> impl IntoView {
    let words = use_board_words();
    let Some(firmware) = entry.firmware else {
        let unproven = (!entry.has_keys).then_some(words.protocol_2016);
        return view! { <span>{unproven.unwrap_or("–")}</span> }.into_any();
    };
    let up = entry.up_since.map(|since| (words.up_for)(&(words.lasting)(now.since(since) / 1_000)));
    let reset = entry.reset_reason.map(|word| (words.reset)(&word));
    view! {
        <span>{firmware}</span>
        {up.map(|up| view! { <small>{up}</small> })}
        {reset.map(|reset| view! { <small>{reset}</small> })}
    }
    .into_any()
}

/// The time, with the day if it is another one.
pub(super) fn short_time(at: UtcMs, now: UtcMs) -> String {
    let show_time = expect_context::<AdminPage>().show_time;
    let (then, today) = (show_time(at), show_time(now));
    match (then.split_once(' '), today.split_once(' ')) {
        (Some((day, time)), Some((today, _))) if day == today => time.to_owned(),
        _ => then,
    }
}

/// Strength of a signal, with a minus sign as long as a plus.
pub(super) fn dbm(value: i32) -> String {
    let sign = if value < 0 { "−" } else { "" };
    format!("{sign}{}\u{a0}dBm", value.unsigned_abs())
}

/// Lowest and highest.
pub(super) fn bounds(points: &[(UtcMs, i32)]) -> Option<(i32, i32)> {
    let values = || points.iter().map(|(_, value)| *value);
    Some((values().min()?, values().max()?))
}
