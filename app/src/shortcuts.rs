//! The page's keys: one table of them, one listener for those that work anywhere, and a dialog that lists them all.

use crate::erased::IntoAny;
use crate::go_button::GO_BUTTON;
use crate::search::SEARCH_FIELD;
use crate::settings::current_value;
use crate::texts::{ShortcutTexts, use_texts};
use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

const DIALOG: &str = "shortcuts";

/// Keys, and what they do in the words of a language.
type Row = (&'static [&'static str], fn(&ShortcutTexts) -> &'static str);

/// Keys and what they do, in the order of the dialog. Those of the map are obeyed by the map.
const TABLE: [Row; 8] = [
    (&["f"], |texts| texts.free_box),
    (&["/"], |texts| texts.search),
    (&["+", "−"], |texts| texts.zoom),
    (&["0"], |texts| texts.fit),
    (&["←", "↑", "↓", "→"], |texts| texts.arrows),
    (&["Enter"], |texts| texts.enter),
    (&["Esc"], |texts| texts.escape),
    (&["?"], |texts| texts.help),
];

/// Listens for the page's keys for as long as the component lives that calls it.
pub(crate) fn listen_for_shortcuts() {
    let obey = move |event: KeyboardEvent| {
        if !is_for_page(&event) {
            return;
        }
        match event.key().as_str() {
            "/" => focus_search(),
            "?" => open_shortcuts(),
            "f" | "F" if !event.repeat() => press(GO_BUTTON),
            _ => return,
        }
        event.prevent_default();
    };
    let obey = StoredValue::new(obey);
    Effect::new(move |_| {
        let listening = window_event_listener(keydown, move |event| obey.with_value(|obey| obey(event)));
        on_cleanup(move || listening.remove());
    });
}

/// Whether a key is meant for the page: nobody types, no dialog is open, nobody else has taken it, and the reader has not
/// switched such keys off.
pub(crate) fn is_for_page(event: &KeyboardEvent) -> bool {
    let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing());
    is_plain && !event.default_prevented() && !is_typing(event) && current_value("shortcuts") != Some("off".to_owned())
}

/// Shift is no modifier here: on many keyboards it is needed for `/` and `?`.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let takes_text = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog[open] *";
    target.is_some_and(|target| target.closest(takes_text).ok().flatten().is_some())
}

fn focus_search() {
    if let Some(field) = html_element(SEARCH_FIELD) {
        // An element that cannot take the focus leaves it where it is.
        drop(field.focus());
    }
}

fn press(id: &str) {
    if let Some(button) = html_element(id) {
        button.click();
    }
}

/// Shows the dialog; nothing happens when it is open already.
pub(crate) fn open_shortcuts() {
    let dialog = html_element(DIALOG).and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok());
    if let Some(dialog) = dialog.filter(|dialog| !dialog.open()) {
        // Fails only for a dialog that is open.
        drop(dialog.show_modal());
    }
}

fn html_element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The dialog that lists the keys; closed until it is asked for.
#[component]
pub(crate) fn ShortcutDialog() -> impl IntoView {
    let texts = use_texts();
    let row = |(keys, what): Row| {
        view! {
            <div>
                <dt>{keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view()}</dt>
                <dd>{what(texts.shortcuts)}</dd>
            </div>
        }
    };
    view! {
        <dialog id=DIALOG class="shortcuts" aria-labelledby="shortcuts-title">
            <h2 id="shortcuts-title">{texts.shortcuts.title}</h2>
            <dl>{TABLE.into_iter().map(row).collect_view()}</dl>
            <form method="dialog">
                <button class="plain-button">{texts.close}</button>
            </form>
        </dialog>
    }
    .into_any()
}
