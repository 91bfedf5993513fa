//! How the reader wants it to look. Kept in their browser only, under `dispobox.<name>`; on `<html>` as `data-<name>`, where
//! the style sheet finds it. `public/settings.js` puts it there before the first paint.

use crate::app::Brews;
use crate::erased::{AnyView, IntoAny};
use crate::reader::{Locale, use_reader};
use crate::shortcuts::open_shortcuts;
use crate::texts::{SettingTexts, use_texts};
use crate::top_bar::LanguageLink;
use leptos::html::Fieldset;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

const PANEL: &str = "settings";

/// Each setting with its values; the first is what a page without a choice looks like.
const THEME: (&str, [&str; 3]) = ("theme", ["auto", "light", "dark"]);
const PALETTE: (&str, [&str; 4]) = ("palette", ["standard", "deuteranopia", "protanopia", "tritanopia"]);
const CONTRAST: (&str, [&str; 2]) = ("contrast", ["normal", "high"]);
const MOTION: (&str, [&str; 2]) = ("motion", ["auto", "reduced"]);
const SHORTCUTS: (&str, [&str; 2]) = ("shortcuts", ["on", "off"]);

/// The value that the page goes by now; nothing where nothing was chosen, and on the server.
pub(crate) fn current_value(name: &str) -> Option<String> {
    document().document_element()?.get_attribute(&format!("data-{name}"))
}

fn choose(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // The name is well-formed.
        drop(root.set_attribute(&format!("data-{name}"), value));
    }
    if let Ok(Some(storage)) = window().local_storage() {
        // A browser that keeps nothing has it until the page is left.
        drop(storage.set_item(&format!("dispobox.{name}"), value));
    }
}

/// The button in the bar, and the panel that it opens: a popover, so that it opens without scripts too.
#[component]
pub(crate) fn Settings() -> impl IntoView {
    let texts = use_texts();
    let words = texts.settings;
    let Brews(brews) = expect_context();
    view! {
        <button class="bar-button" type="button" popovertarget=PANEL title=words.title aria-label=words.title data-action="settings">
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path class="glyph" d="M4 7h9M17 7h3M13 7a2 2 0 1 0 4 0a2 2 0 1 0-4 0M4 17h3M11 17h9M7 17a2 2 0 1 0 4 0a2 2 0 1 0-4 0" />
            </svg>
        </button>
        <div id=PANEL class="bar-panel" popover="auto" role="dialog" aria-label=words.title>
            <LanguageChoice />
            <div class="settings-choices">
                <Choice setting=THEME texts=&words.theme />
                <Choice setting=PALETTE texts=&words.palette />
                <Choice setting=CONTRAST texts=&words.contrast />
                <Choice setting=MOTION texts=&words.motion />
                <Choice setting=SHORTCUTS texts=&words.shortcuts />
                <button class="plain-button" type="button" on:click=move |_| close_and_list_shortcuts()>
                    {texts.shortcuts.title}
                </button>
                {brews.then(|| view! { <a class="plain-button" href="/brewery" rel="external">{words.brewery}</a> })}
                <p class="settings-note">{words.kept_here}</p>
            </div>
        </div>
    }
    .into_any()
}

fn close_and_list_shortcuts() {
    let panel = document().get_element_by_id(PANEL).and_then(|panel| panel.dyn_into::<HtmlElement>().ok());
    if let Some(panel) = panel {
        // Fails only for a panel that is closed.
        drop(panel.hide_popover());
    }
    open_shortcuts();
}

#[component]
fn LanguageChoice() -> impl IntoView {
    let texts = use_texts();
    let current = use_reader().locale;
    view! {
        <nav class="language-switch" aria-label=texts.language>
            <span class="setting-name" aria-hidden="true">{texts.language}</span>
            {Locale::ALL
                .map(|locale| view! { <LanguageLink locale=locale is_current=locale == current /> })
                .into_iter()
                .collect_view()}
        </nav>
    }
    .into_any()
}

/// One of a few values, as radio buttons.
#[component]
fn Choice<const N: usize>(
    setting: (&'static str, [&'static str; N]),
    texts: &'static SettingTexts<N>,
) -> impl IntoView {
    let (name, values) = setting;
    let pairs: Vec<_> = values.into_iter().zip(texts.values).collect();
    view_choice(name, texts.name, pairs)
}

/// Not generic, so that it is in the browser once.
fn view_choice(name: &'static str, title: &'static str, pairs: Vec<(&'static str, &'static str)>) -> AnyView {
    let element: NodeRef<Fieldset> = NodeRef::new();
    // The server does not know what was chosen: the markup begins with the first value.
    Effect::new(move |_| {
        let Some(fieldset) = element.get() else { return };
        let chosen = current_value(name).map(|value| format!("input[value='{value}']"));
        let radio = chosen.and_then(|selector| fieldset.query_selector(&selector).ok().flatten());
        if let Some(radio) = radio.and_then(|radio| radio.dyn_into::<web_sys::HtmlInputElement>().ok()) {
            radio.set_checked(true);
        }
    });
    let first = pairs.first().map(|(value, _)| *value);
    let option = move |(value, word): (&'static str, &'static str)| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name=name
                    value=value
                    checked=first == Some(value)
                    autocomplete="off"
                    on:change=move |_| choose(name, value)
                />
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <fieldset node_ref=element class="setting">
            <legend class="setting-name">{title}</legend>
            <div class="choice-group">{pairs.into_iter().map(option).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
