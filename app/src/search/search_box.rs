//! The field in the bar: results while typing, after the combobox pattern of WAI-ARIA. Without scripts it is a form.

use super::directory::{Fetched, fetch, use_directory};
use super::results::{SearchOption, find_best, option_id};
use super::{Needle, SEARCH_FIELD, use_search_text};
use crate::backend::BoothEntry;
use crate::booth_list::{ListQuery, use_list_query};
use crate::erased::IntoAny;
use crate::navigation::{NavigateOptions, use_navigate};
use crate::texts::use_texts;
use domain::BoothNumber;
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::SvgElement;

/// How many results are shown; more would want more letters.
const RESULTS_MAX: usize = 8;
/// For how long a map is waited for that is to show what was found: some seconds.
const FRAMES_MAX: u32 = 300;
const LIST_ID: &str = "search-results";

/// Whether results are shown, and which one Enter goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Popup {
    Closed,
    Open { active: usize },
}

impl Popup {
    /// Another one of `count` results, around the ends.
    const fn moved(self, down: bool, count: usize) -> Self {
        match self {
            Self::Open { active } if count > 0 => {
                let step = if down { 1 } else { count - 1 };
                Self::Open { active: (active + step) % count }
            }
            Self::Open { .. } | Self::Closed => Self::Open { active: 0 },
        }
    }

    fn is_at(self, place: usize) -> bool {
        self == Self::Open { active: place }
    }
}

/// A magnifying glass, the field and what it finds.
#[component]
pub(crate) fn SearchBox() -> impl IntoView {
    let texts = use_texts();
    let search = Search::new();
    let Search { field, text, popup, directory, .. } = search;
    let found = search.found();
    let is_open = Memo::new(move |_| popup.get() != Popup::Closed && !found.with(Vec::is_empty));
    let active_id = move || match popup.get() {
        Popup::Open { active } if is_open.get() => Some(option_id(active)),
        Popup::Open { .. } | Popup::Closed => None,
    };
    let go = StoredValue::new(search.use_go());
    let choose = move |booth: &BoothEntry| go.with_value(|go| go(booth));
    let on_key = move |event: KeyboardEvent| search.key(&event, &found.get_untracked(), choose);
    let option = move |(place, booth): (usize, BoothEntry)| {
        let is_active = Signal::derive(move || popup.get().is_at(place));
        let chosen = booth.clone();
        view! { <SearchOption place=place booth=booth is_active=is_active go=move || choose(&chosen) /> }
    };
    view! {
        <form class="search" role="search" action="/search" method="get">
            <svg class="search-glyph" viewBox="0 0 24 24" aria-hidden="true">
                <path class="glyph" d="M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M15.5 15.5l5 5" />
            </svg>
            <input
                node_ref=field
                id=SEARCH_FIELD
                class="search-field"
                type="search"
                name="q"
                maxlength=ListQuery::TEXT_MAX.to_string()
                placeholder=texts.search.hint
                aria-label=texts.search.search
                autocomplete="off"
                spellcheck="false"
                role="combobox"
                aria-autocomplete="list"
                aria-controls=LIST_ID
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                aria-activedescendant=active_id
                on:focus=move |_| fetch(directory)
                on:input=move |_| search.typed()
                on:keydown=on_key
                on:blur=move |_| popup.set(Popup::Closed)
            />
            <ul id=LIST_ID class="search-results" role="listbox" aria-label=texts.search.results hidden=move || !is_open.get()>
                {move || found.get().into_iter().enumerate().map(option).collect_view()}
            </ul>
            <p class="search-note" role="status">
                {move || search.note(popup.get(), &text.read(), found.with(Vec::len))}
            </p>
        </form>
    }
    .into_any()
}

#[derive(Clone, Copy)]
struct Search {
    field: NodeRef<Input>,
    text: RwSignal<String>,
    popup: RwSignal<Popup>,
    directory: RwSignal<Fetched>,
}

impl Search {
    fn new() -> Self {
        let search = Self {
            field: NodeRef::new(),
            text: use_search_text(),
            popup: RwSignal::new(Popup::Closed),
            directory: use_directory(),
        };
        // What was typed before the page came alive counts too.
        Effect::new(move |_| {
            if search.field.get().is_some_and(|field| !field.value().is_empty()) {
                search.typed();
            }
        });
        search
    }

    fn typed(self) {
        let Some(field) = self.field.get_untracked() else { return };
        fetch(self.directory);
        self.text.set(field.value());
        self.popup.set(Popup::Open { active: 0 });
    }

    /// What fits to what is typed; nothing while nothing is typed.
    fn found(self) -> Memo<Vec<BoothEntry>> {
        let Self { text, directory, .. } = self;
        Memo::new(move |_| {
            let needle = text.with(|text| Needle::new(text));
            directory.with(|fetched| match fetched {
                Fetched::Here(booths) if !needle.is_empty() => find_best(booths, &needle, RESULTS_MAX),
                Fetched::No | Fetched::Asked | Fetched::Here(_) | Fetched::Failed => Vec::new(),
            })
        })
    }

    fn key(self, event: &KeyboardEvent, found: &[BoothEntry], choose: impl Fn(&BoothEntry)) {
        if event.is_composing() {
            return;
        }
        match (event.key().as_str(), self.popup.get_untracked()) {
            ("ArrowDown" | "ArrowUp", popup) if !found.is_empty() => {
                self.popup.set(popup.moved(event.key() == "ArrowDown", found.len()));
                event.prevent_default();
            }
            ("Enter", Popup::Open { active }) => {
                // Nothing to go to: the form goes to the page of results.
                if let Some(booth) = found.get(active) {
                    event.prevent_default();
                    choose(booth);
                }
            }
            ("Escape", _) => {
                event.prevent_default();
                event.stop_propagation();
                self.leave();
            }
            _ => {}
        }
    }

    /// Forgets what was typed and gives the focus away.
    fn leave(self) {
        self.text.set(String::new());
        self.popup.set(Popup::Closed);
        if let Some(field) = self.field.get_untracked() {
            field.set_value("");
            // An element without the focus has none to give.
            drop(field.blur());
        }
    }

    /// Goes to a booth, whose shape then has the focus. The list stays as it was, but for what it looked for.
    fn use_go(self) -> impl Fn(&BoothEntry) {
        let navigate = use_navigate();
        let query = use_list_query();
        move |booth| {
            self.leave();
            let list = ListQuery { text: String::new(), ..query.get_untracked() };
            navigate(&list.href(booth.floor, Some(booth.number)), NavigateOptions::default());
            focus_shape(booth.number, FRAMES_MAX);
        }
    }

    /// What is said below the field, and to screen readers while results come and go.
    fn note(self, popup: Popup, text: &str, count: usize) -> Option<String> {
        let texts = use_texts();
        if popup == Popup::Closed || Needle::new(text).is_empty() {
            return None;
        }
        self.directory.with(|fetched| match fetched {
            Fetched::Failed => Some(texts.server_unreachable.to_owned()),
            Fetched::Here(_) if count == 0 => Some((texts.search.none)(text.trim())),
            Fetched::Here(_) => Some((texts.search.count)(count)),
            Fetched::No | Fetched::Asked => None,
        })
    }
}

/// Puts the focus on a booth's shape; another floor's map has to come first.
fn focus_shape(number: BoothNumber, frames_left: u32) {
    let shape = document().query_selector(&format!("[data-booth='{number}']")).ok().flatten();
    match shape.and_then(|shape| shape.dyn_into::<SvgElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        Some(shape) => drop(shape.focus()),
        None if frames_left > 0 => request_animation_frame(move || focus_shape(number, frames_left - 1)),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_around_the_ends() {
        let at = |active| Popup::Open { active };
        assert_eq!(at(0).moved(true, 3), at(1));
        assert_eq!(at(2).moved(true, 3), at(0));
        assert_eq!(at(0).moved(false, 3), at(2));
        assert_eq!(Popup::Closed.moved(true, 3), at(0));
        assert_eq!(at(5).moved(true, 0), at(0));
    }
}
