//! Finding a booth by its number or its name.

mod directory;
mod matching;
mod results;
mod search_box;

use directory::provide_directory_context;
pub(crate) use directory::{Fetched, fetch, use_directory};
pub(crate) use matching::Needle;
pub(crate) use results::find_best;
pub(crate) use search_box::SearchBox;

use leptos::prelude::*;

/// The element that `/` puts the focus in.
pub(crate) const SEARCH_FIELD: &str = "search-field";

/// What is typed in the search box; the list is narrowed to it too.
#[derive(Clone, Copy)]
struct SearchText(RwSignal<String>);

/// Begins with nothing typed.
pub(crate) fn provide_search_context() {
    provide_context(SearchText(RwSignal::new(String::new())));
    provide_directory_context();
}

/// What is typed in the search box.
pub(crate) fn use_search_text() -> RwSignal<String> {
    expect_context::<SearchText>().0
}
