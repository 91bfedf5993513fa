//! The browser's side: its history, and clicks on links.

use super::{Address, Location, NavigateOptions};
use leptos::ev::{MouseEvent, click, popstate};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement};

/// Where the browser is.
pub(super) fn current_address() -> Address {
    let location = window().location();
    let part = |part: Result<String, JsValue>| part.unwrap_or_default();
    Address::parse(&(part(location.pathname()) + &part(location.search())))
}

/// From here on, links and "back" change the address instead of the document. Called once; it lasts as long as the page.
pub(super) fn follow(location: Location) {
    drop(window_event_listener(popstate, move |_| location.address.set(current_address())));
    drop(window_event_listener(click, move |event| {
        if let Some((to, options)) = followed(&event) {
            event.prevent_default();
            go(location, &to, options);
        }
    }));
}

/// Goes to an address on this server.
pub(super) fn go(location: Location, to: &str, options: NavigateOptions) {
    let address = Address::parse(to);
    let before = location.address.get_untracked();
    if before == address {
        return;
    }
    let Ok(history) = window().history() else { return };
    let noted = if options.replace {
        history.replace_state_with_url(&JsValue::NULL, "", Some(to))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(to))
    };
    // A browser refuses when a page does this hundreds of times a second; the page itself goes there all the same.
    drop(noted);
    let is_other_page = before.path() != address.path();
    location.address.set(address);
    if options.scroll && is_other_page {
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Whether the reader wants another tab or window, or the link itself.
pub(crate) fn has_modifier(event: &MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()
}

/// The address that a click leads to, and how, when it is a page of ours and the reader wants it in this tab.
fn followed(event: &MouseEvent) -> Option<(String, NavigateOptions)> {
    if event.default_prevented() || event.button() != 0 || has_modifier(event) {
        return None;
    }
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let link = target.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    let leaves = link.rel().contains("external") || link.has_attribute("download") || !link.target().is_empty();
    let is_ours = window().location().origin().is_ok_and(|origin| origin == link.origin());
    // A place on this page is for the browser to find.
    let options =
        NavigateOptions { scroll: !link.has_attribute("data-noscroll"), replace: link.has_attribute("data-replace") };
    (!leaves && is_ours && link.hash().is_empty()).then(|| (link.pathname() + &link.search(), options))
}
