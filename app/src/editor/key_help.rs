//! What each key does.

use super::dialogs::Dialog;
use super::studio::use_studio;
use crate::erased::IntoAny;
use leptos::prelude::*;

#[component]
pub(super) fn KeyHelp(is_open: RwSignal<bool>) -> impl IntoView {
    let texts = use_studio().texts;
    let row = |(keys, what): &(&'static [&'static str], &'static str)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> " " }).collect_view();
        view! {
            <dt>{keys}</dt>
            <dd>{*what}</dd>
        }
    };
    view! {
        <Dialog title=texts.keys is_open=is_open.into() on_close=move || is_open.set(false)>
            <dl class="keys" tabindex="0" aria-label=texts.keys>{texts.key_rows.iter().map(row).collect_view()}</dl>
            <p class="dialog-buttons">
                <button type="button" class="plain-button" on:click=move |_| is_open.set(false)>{texts.close}</button>
            </p>
        </Dialog>
    }
    .into_any()
}
