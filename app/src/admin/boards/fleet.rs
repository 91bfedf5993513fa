use super::entry::{Battery, Health, Running, Seen, Signal, Suspicions};
use super::use_board_words;
use super::view::{BoardEntry, FleetQuery, FleetShow, FleetSort, FleetView, Span};
use crate::admin::AdminPage;
use crate::admin::fields::TextField;
use crate::erased::IntoAny;
use domain::Right;
use leptos::prelude::*;

/// `/admin/boards`: all boards, the worst first.
#[component]
pub(super) fn FleetPage(view: FleetView) -> impl IntoView {
    let words = use_board_words();
    let FleetView { query, boards, total, problems, span } = view;
    let may_operate = may_operate();
    let is_empty = boards.is_empty();
    view! {
        <div class="fleet-head">
            <h1>{words.boards}</h1>
            <p class="field-hint" data-fresh="summary">{(words.summary)(total, problems)}</p>
            {may_operate.then(|| view! { <a class="main-button" href="/admin/boards/new">{words.new_board}</a> })}
        </div>
        <FleetFilters query=query.clone() />
        <div class="fleet" data-fresh="boards">
            {is_empty.then(|| view! { <p>{words.none}</p> })}
            {(!is_empty).then(|| view! { <FleetTable query=query boards=boards span=span /> })}
        </div>
    }
    .into_any()
}

/// Whether who looks may also do something.
pub(super) fn may_operate() -> bool {
    expect_context::<AdminPage>().who.is_some_and(|who| who.roles.grant(Right::OperateBoards))
}

#[component]
fn FleetFilters(query: FleetQuery) -> impl IntoView {
    let words = use_board_words();
    let FleetQuery { sort, is_descending, show, text } = query;
    let option = |known: FleetShow| {
        view! { <option value=known.as_str() selected=known == show>{(words.show_what)(known)}</option> }
    };
    view! {
        <form class="fleet-filters" method="get" action="/admin/boards">
            <input type="hidden" name="sort" value=sort.as_str() />
            {is_descending.then(|| view! { <input type="hidden" name="desc" value="1" /> })}
            <TextField label=words.search name="q" value=text length_max=40 />
            <label class="field">
                <span class="field-label">{words.show}</span>
                <select name="show">{FleetShow::ALL.iter().copied().map(option).collect_view()}</select>
            </label>
            <button class="plain-button" type="submit">{words.apply}</button>
        </form>
    }
    .into_any()
}

#[component]
fn FleetTable(query: FleetQuery, boards: Vec<BoardEntry>, span: Span) -> impl IntoView {
    let words = use_board_words();
    let head = move |sort: FleetSort, text: &'static str| {
        let direction = if query.is_descending { "descending" } else { "ascending" };
        let current = (query.sort == sort).then_some(direction);
        view! {
            <th scope="col" aria-sort=current>
                <a href=query.sorted_by(sort).href() title=(words.sort_by)(sort)>{text}</a>
            </th>
        }
    };
    view! {
        <table class="admin-table fleet-table">
            <thead>
                <tr>
                    {head(FleetSort::State, words.state)}
                    {head(FleetSort::Name, words.board)}
                    {head(FleetSort::Seen, words.seen)}
                    {head(FleetSort::Battery, words.battery)}
                    {head(FleetSort::Signal, words.signal)}
                    {head(FleetSort::Firmware, words.firmware)}
                </tr>
            </thead>
            <tbody>{boards.into_iter().map(|board| view! { <FleetRow board=board span=span /> }).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn FleetRow(board: BoardEntry, span: Span) -> impl IntoView {
    let words = use_board_words();
    let now = span.to;
    let booths = board.booths.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let label = board.label.to_string();
    let (id, health) = (board.id.to_string(), board.health.as_str());
    view! {
        <tr data-board=id.clone() data-health=health>
            <td data-label=words.state>
                <Health health=board.health is_retired=board.is_retired now=now />
                <Suspicions suspicions=board.suspicions.clone() />
            </td>
            <th scope="row">
                <a href=format!("/admin/boards/{id}")>{id.clone()}</a>
                {(!label.is_empty()).then(|| view! { <small>{label}</small> })}
                {(!booths.is_empty()).then(|| view! { <small>{words.booths}" "{booths}</small> })}
            </th>
            <td data-label=words.seen><Seen seen_at=board.seen_at expected_at=board.expected_at now=now /></td>
            <td data-label=words.battery data-empty=board.battery_mv.is_none().then_some("true")>
                <Battery entry=board.clone() span=span />
            </td>
            <td data-label=words.signal data-empty=board.rssi_dbm.is_none().then_some("true")>
                <Signal entry=board.clone() span=span />
            </td>
            <td data-label=words.firmware><Running entry=board now=now /></td>
        </tr>
    }
    .into_any()
}
