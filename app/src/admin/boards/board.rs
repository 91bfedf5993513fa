use super::actions::{BoardActions, BoardSettings, ConfirmBoard, RetireBoard};
use super::charts::Charts;
use super::entry::{Battery, Health, Running, Seen, Signal, Suspicions};
use super::fleet::may_operate;
use super::past::{BoardKeys, BoardSessions, Commands};
use super::use_board_words;
use super::view::{BoardEntry, BoardView, BoardWire, Span, Suspicion};
use crate::erased::IntoAny;
use leptos::prelude::*;

/// `/admin/boards/{id}`: all that is known of one board, and what can be done about it.
#[component]
pub(super) fn BoardPage(view: BoardView) -> impl IntoView {
    let words = use_board_words();
    let entry = view.entry.clone();
    let may = may_operate();
    let (id, label) = (entry.id.to_string(), entry.label.to_string());
    let may_confirm = may && entry.suspicions.contains(&Suspicion::Restarted);
    view! {
        <p><a href="/admin/boards">{words.all_boards}</a></p>
        <div class="fleet-head">
            <h1>{id.clone()}</h1>
            {(!label.is_empty()).then(|| view! { <p class="field-hint">{label}</p> })}
        </div>
        <div data-fresh="state"><BoardState entry=entry.clone() span=view.span /></div>
        {may_confirm.then(|| view! { <ConfirmBoard action=format!("/admin/boards/{id}/confirm") /> })}
        {(may && entry.has_keys && !entry.is_retired).then(|| view! { <BoardActions entry=entry.clone() /> })}
        <div data-fresh="commands"><Commands id=id.clone() commands=view.commands.clone() now=view.now may=may /></div>
        <Wires wires=view.wires.clone() />
        <Charts view=view.clone() />
        <BoardKeys entry=entry.clone() keys=view.keys.clone() may=may />
        {may.then(|| view! { <BoardSettings view=view.clone() /> })}
        <div data-fresh="sessions"><BoardSessions sessions=view.sessions now=view.now /></div>
        {(may && !entry.is_retired && view.wires.is_empty()).then(|| view! { <RetireBoard action=format!("/admin/boards/{id}/retire") /> })}
    }
    .into_any()
}

#[component]
fn BoardState(entry: BoardEntry, span: Span) -> impl IntoView {
    let words = use_board_words();
    let now = span.to;
    let what = (!entry.is_retired).then(|| (words.health_what)(entry.health));
    let unproven = (!entry.has_keys).then_some(words.protocol_2016_what);
    let suspicions = entry.suspicions.clone();
    // The curves are below, and larger.
    let (id, health, is_retired) = (entry.id.to_string(), entry.health, entry.is_retired);
    let (seen_at, expected_at) = (entry.seen_at, entry.expected_at);
    let plain = BoardEntry { battery: Vec::new(), rssi: Vec::new(), ..entry };
    view! {
        <section class="admin-part board-state" data-board=id data-health=health.as_str()>
            <p class="board-health">
                <Health health=health is_retired=is_retired now=now />
                <Suspicions suspicions=suspicions.clone() />
            </p>
            {what.map(|what| view! { <p>{what}</p> })}
            {unproven.map(|what| view! { <p>{what}</p> })}
            {suspicions.into_iter().map(|known| view! { <p>{(words.suspicion_what)(known)}</p> }).collect_view()}
            <dl class="board-facts">
                <div><dt>{words.seen}</dt><dd><Seen seen_at=seen_at expected_at=expected_at now=now /></dd></div>
                <div><dt>{words.battery}</dt><dd><Battery entry=plain.clone() span=span /></dd></div>
                <div><dt>{words.signal}</dt><dd><Signal entry=plain.clone() span=span /></dd></div>
                <div><dt>{words.firmware}</dt><dd><Running entry=plain now=now /></dd></div>
            </dl>
        </section>
    }
    .into_any()
}

#[component]
fn Wires(wires: Vec<BoardWire>) -> impl IntoView {
    let words = use_board_words();
    let is_empty = wires.is_empty();
    let item = |wire: BoardWire| {
        let to = format!("/floor/{}?booth={}", wire.floor, wire.booth);
        view! { <li><a href=to>{(words.booth)(wire.booth.0)}</a>" "<small>{(words.channel)(wire.channel.0)}</small></li> }
    };
    view! {
        <section class="admin-part">
            <h2>{words.booths}</h2>
            {is_empty.then(|| view! { <p>{words.no_booths}</p> })}
            {(!is_empty).then(|| view! { <ul class="wires">{wires.into_iter().map(item).collect_view()}</ul> })}
        </section>
    }
    .into_any()
}
