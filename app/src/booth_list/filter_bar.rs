//! What the list shows, as links: each choice is an address, so it can be shared, and works without scripts.

use super::query::{ListQuery, Sort};
use super::use_list_query;
use crate::app::Floors;
use crate::erased::IntoAny;
use crate::live::{FloorCount, use_live};
use crate::texts::use_texts;
use domain::FloorNumber;
use leptos::prelude::*;

/// All or free ones, this floor or all of them, the order, and what is looked for.
#[component]
pub(super) fn FilterBar(floor: FloorNumber) -> impl IntoView {
    let texts = use_texts();
    let words = texts.list;
    let free = move |query: ListQuery, free_only| ListQuery { free_only, ..query };
    let floors = move |query: ListQuery, all_floors| ListQuery { all_floors, ..query };
    view! {
        <nav class="list-filter" aria-label=words.filters>
            <div class="choice-group">
                <ChoiceLink floor=floor word=words.all change=move |query| free(query, false) />
                <ChoiceLink floor=floor word=words.free change=move |query| free(query, true)>
                    <FreeCount floor=floor />
                </ChoiceLink>
            </div>
            <div class="choice-group">
                <ChoiceLink floor=floor word=words.this_floor change=move |query| floors(query, false) />
                <ChoiceLink floor=floor word=words.all_floors change=move |query| floors(query, true) />
            </div>
            <div class="choice-group list-sort" role="group" aria-label=words.sort>
                {Sort::ALL
                    .map(|sort| {
                        let word = match sort {
                            Sort::Number => words.by_number,
                            Sort::Free => words.free_first,
                            Sort::Longest => words.longest_first,
                        };
                        view! { <ChoiceLink floor=floor word=word change=move |query| ListQuery { sort, ..query } /> }
                    })
                    .into_iter()
                    .collect_view()}
            </div>
            <LookedFor floor=floor />
        </nav>
    }
    .into_any()
}

/// A link to the same list but for one thing; marked when that is so already.
#[component]
fn ChoiceLink(
    floor: FloorNumber,
    word: &'static str,
    change: impl Fn(ListQuery) -> ListQuery + Copy + Send + Sync + 'static,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let query = use_list_query();
    let changed = move || change(query.get());
    let is_so = move || query.with(|query| *query == changed());
    view! {
        <a
            class="choice"
            href=move || changed().href(floor, None)
            aria-current=move || is_so().then_some("true")
            data-noscroll
            data-replace
        >
            {word}
            {children.map(|children| children())}
        </a>
    }
    .into_any()
}

/// How many are free where the list looks; nothing while nothing is known.
#[component]
fn FreeCount(floor: FloorNumber) -> impl IntoView {
    let query = use_list_query();
    let Floors(floors) = expect_context();
    let live = use_live();
    let counts: Vec<_> = floors.into_iter().map(|number| (number, live.floor_count(number))).collect();
    let total = move || {
        let all_floors = query.with(|query| query.all_floors);
        let counted = counts.iter().filter(|(number, _)| all_floors || *number == floor);
        let counts: Vec<FloorCount> = counted.filter_map(|(_, count)| count.try_get()).collect();
        let is_known = counts.iter().any(|count| count.known > 0);
        is_known.then(|| format!(" {}", counts.iter().map(|count| count.free).sum::<usize>()))
    };
    view! { <span class="choice-count">{total}</span> }
}

/// What the address looks for, with the way out.
#[component]
fn LookedFor(floor: FloorNumber) -> impl IntoView {
    let texts = use_texts().list;
    let query = use_list_query();
    let is_looking = move || query.with(|query| !query.text.is_empty());
    let without = move || ListQuery { text: String::new(), ..query.get() }.href(floor, None);
    view! {
        <Show when=is_looking>
            <a class="choice looked-for" href=without data-noscroll data-replace>
                {move || query.with(|query| (texts.looked_for)(&query.text))} <span aria-hidden="true">" ×"</span>
                <span class="visually-hidden">{texts.look_for_all}</span>
            </a>
        </Show>
    }
    .into_any()
}
