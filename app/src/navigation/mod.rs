//! Which address the page stands at, and going to another one without loading a new document.
//!
//! In the place of leptos_router, which was an eighth of the wasm that every map waits for: nested and parametrised
//! routes, loaders and transitions, for what is here one enum of pages ([`crate::pages::Page`]) and two signals.

mod address;
mod history;
mod redirect;

pub use address::Address;
pub(crate) use address::{Query, encode};
pub(crate) use history::has_modifier;
pub(crate) use redirect::Redirect;

use leptos::prelude::*;

/// The address of the page, as it changes.
#[derive(Clone, Copy)]
pub(crate) struct Location {
    address: RwSignal<Address>,
    /// The path, beginning with a slash.
    pub(crate) pathname: Memo<String>,
    /// What follows the question mark; may be empty.
    pub(crate) search: Memo<String>,
}

/// How to go to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NavigateOptions {
    /// Takes the place of the address before, so that "back" passes it over.
    pub(crate) replace: bool,
    /// Shows the top of the new page.
    pub(crate) scroll: bool,
}

impl Default for NavigateOptions {
    fn default() -> Self {
        Self { replace: false, scroll: true }
    }
}

/// Makes the address known to everything below. In the browser it then follows links and the history.
pub(crate) fn provide_location_context() -> Location {
    let address = RwSignal::new(use_context::<Address>().unwrap_or_else(history::current_address));
    let location = Location {
        address,
        pathname: Memo::new(move |_| address.with(|address| address.path().to_owned())),
        search: Memo::new(move |_| address.with(|address| address.search().to_owned())),
    };
    provide_context(location);
    Effect::new(move |_| history::follow(location));
    location
}

/// The address of the page.
pub(crate) fn use_location() -> Location {
    expect_context()
}

/// What the address says behind the question mark.
pub(crate) fn use_query_map() -> Memo<Query> {
    let address = use_location().address;
    Memo::new(move |_| address.with(Address::query))
}

/// Goes to an address on this server.
pub(crate) fn use_navigate() -> impl Fn(&str, NavigateOptions) + Clone + Send + Sync + 'static {
    let location = use_location();
    move |to, options| history::go(location, to, options)
}
