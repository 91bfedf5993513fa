//! The booths in words: the canvas's twin.

use super::studio::use_studio;
use crate::erased::IntoAny;
use drafting::{BoothId, Command};
use leptos::prelude::*;

#[component]
pub(super) fn LayoutList() -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let ids = Memo::new(move |_| {
        studio.editor.with(|editor| editor.layout().by_number().iter().map(|booth| booth.id).collect::<Vec<_>>())
    });
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    view! {
        <section class="panel booth-panel" aria-label=texts.booths>
            <h2>{texts.booths} " " <span class="count">{move || ids.with(Vec::len)}</span></h2>
            <ul class="booth-rows">
                <For each=move || ids.get() key=|id| *id let:id>
                    <BoothRow id=id />
                </For>
            </ul>
            {move || is_empty.get().then(|| view! { <p class="soft">{texts.no_booths}</p> })}
        </section>
    }
    .into_any()
}

#[component]
fn BoothRow(id: BoothId) -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let booth = studio.booth(id);
    let is_selected = Memo::new(move |_| studio.editor.with(|editor| editor.selection().contains(&id)));
    let select = move |event: leptos::ev::MouseEvent| {
        let adds = event.ctrl_key() || event.meta_key() || event.shift_key();
        studio.run(if adds { Command::Toggle(id) } else { Command::Select(id) });
    };
    view! {
        <li>
            <button
                type="button"
                class="booth-row"
                data-editor-row=move || booth.with(|booth| booth.as_ref().map(|booth| booth.number.0))
                aria-pressed=move || if is_selected.get() { "true" } else { "false" }
                on:click=select
            >
                <span class="booth-row-number">
                    {move || booth.with(|booth| booth.as_ref().map(|booth| booth.number.0))}
                </span>
                <span class="booth-row-name">{move || booth.with(|booth| booth.as_ref().map(|booth| booth.name.clone()))}</span>
                <span class="booth-row-lock">
                    {move || booth.with(|booth| booth.as_ref().is_some_and(|booth| booth.is_locked)).then_some(texts.locked)}
                </span>
            </button>
        </li>
    }
    .into_any()
}
