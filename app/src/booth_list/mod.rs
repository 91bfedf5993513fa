//! The map's twin in words.

mod filter_bar;
mod order;
mod query;
mod row;

pub(crate) use query::{ListQuery, provide_list_query_context, use_list_query};

use crate::backend::{BoothDetail, BoothEntry};
use crate::erased::IntoAny;
use crate::live::{Link, use_live};
use crate::search::{Fetched, Needle, fetch, use_directory, use_search_text};
use crate::texts::use_texts;
use domain::{BoothNumber, FloorNumber};
use filter_bar::FilterBar;
use leptos::prelude::*;
use order::{Known, arrange, hold};
use row::BoothRow;
use std::collections::HashMap;
use std::sync::Arc;

/// The booths of a floor, or of all, as the address and the search box say. Those of other floors come when they are
/// asked for; until then this floor's stay.
#[component]
pub(crate) fn BoothList(floor: FloorNumber, booths: Vec<BoothDetail>) -> impl IntoView {
    let texts = use_texts();
    let query = use_list_query();
    let directory = use_directory();
    let here: Arc<[BoothEntry]> = booths.into_iter().map(|booth| entry_of(floor, booth)).collect();
    let wants_all = Memo::new(move |_| query.with(|query| query.all_floors));
    let link = use_live().link();
    // Again when the server comes back: until then it may have failed.
    Effect::new(move |_| {
        if wants_all.get() && link.get() == Link::Live {
            fetch(directory);
        }
    });
    let everywhere = Memo::new(move |_| if wants_all.get() { directory.with(Fetched::booths) } else { None });
    let is_missing = Memo::new(move |_| wants_all.get() && directory.with(|fetched| *fetched == Fetched::Failed));
    view! {
        <section class="booth-list" aria-label=texts.booths>
            <FilterBar floor=floor />
            <Show when=move || is_missing.try_get().unwrap_or_default()>
                <p class="booth-list-empty">{texts.server_unreachable}</p>
            </Show>
            {move || {
                let booths = everywhere.try_get().flatten().unwrap_or_else(|| Arc::clone(&here));
                view! { <BoothRows floor=floor booths=booths /> }
            }}
        </section>
    }
    .into_any()
}

fn entry_of(floor: FloorNumber, booth: BoothDetail) -> BoothEntry {
    BoothEntry { number: booth.number, floor, name: booth.name }
}

#[component]
fn BoothRows(floor: FloorNumber, booths: Arc<[BoothEntry]>) -> impl IntoView {
    let entries: HashMap<_, _> = booths.iter().map(|booth| (booth.number, booth.clone())).collect();
    let entries = StoredValue::new(entries);
    // Whether somebody points at a row or has the focus there.
    let held = RwSignal::new(Held::default());
    let rows = use_rows(booths, held);
    let row = move |number: BoothNumber| {
        let booth = entries.with_value(|entries| entries.get(&number).cloned());
        booth.map(|booth| view! { <BoothRow shown_floor=floor booth=booth /> })
    };
    // Also when the rows go away under pointer or focus.
    let set_pointed = move |pointed| {
        let _ = held.try_update(|held| held.pointed = pointed);
    };
    let set_focused = move |focused| {
        let _ = held.try_update(|held| held.focused = focused);
    };
    view! {
        <ul
            on:pointerenter=move |_| set_pointed(true)
            on:pointerleave=move |_| set_pointed(false)
            on:focusin=move |_| set_focused(true)
            on:focusout=move |_| set_focused(false)
        >
            <For each=move || rows.try_get().unwrap_or_default() key=|number| *number children=row />
        </ul>
        <NothingFound floor=floor rows=rows />
    }
    .into_any()
}

/// What keeps the rows where they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Held {
    pointed: bool,
    focused: bool,
}

/// The rows in their order: as asked for at once, as booths come and go only while no hand is on them.
fn use_rows(booths: Arc<[BoothEntry]>, held: RwSignal<Held>) -> ReadSignal<Vec<BoothNumber>> {
    let live = use_live();
    let query = use_list_query();
    let typed = use_search_text();
    let asked = Memo::new(move |_| {
        let typed = typed.get();
        query.with(|query| {
            let text = if typed.is_empty() { &query.text } else { &typed };
            (query.free_only, query.sort, Needle::new(text))
        })
    });
    let wanted = Memo::new(move |_| {
        let known = |number| {
            let (status, since_at) = live.look_at(number);
            Known { status, since_at }
        };
        asked.with(|(free_only, sort, needle)| arrange(&booths, *free_only, *sort, needle, known))
    });
    let rows = RwSignal::new(wanted.get_untracked());
    Effect::new(move |before: Option<(bool, ListAsked)>| {
        let asked = asked.get();
        let is_held = held.with(|held| held.pointed || held.focused);
        let is_same_question = before.is_some_and(|(_, before)| before == asked);
        let next = wanted.with(|wanted| match is_held && is_same_question {
            true => rows.with_untracked(|shown| hold(shown, wanted)),
            false => wanted.clone(),
        });
        if rows.with_untracked(|shown| *shown != next) {
            rows.set(next);
        }
        (is_held, asked)
    });
    rows.read_only()
}

/// What is asked of the list: only free ones, the order, what is looked for.
type ListAsked = (bool, query::Sort, Needle);

/// Says that no booth is as asked for, with the way back to all of them.
#[component]
fn NothingFound(floor: FloorNumber, rows: ReadSignal<Vec<BoothNumber>>) -> impl IntoView {
    let texts = use_texts().list;
    let query = use_list_query();
    let all = move || ListQuery { all_floors: query.with(|query| query.all_floors), ..ListQuery::default() };
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    view! {
        <Show when=move || is_empty.try_get().unwrap_or_default()>
            <p class="booth-list-empty">
                {texts.nothing_found} " " <a href=move || all().href(floor, None) data-noscroll>{texts.show_all}</a>
            </p>
        </Show>
    }
    .into_any()
}
