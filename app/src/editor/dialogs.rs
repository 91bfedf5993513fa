//! Dialogs: the browser's own, which keep the focus in and close by Escape.

use super::page::Reload;
use super::studio::use_studio;
use crate::deadline::within;
use crate::erased::IntoAny;
use crate::plans::discard_draft;
use drafting::SavedDraft;
use leptos::html::Dialog as DialogElement;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A dialog with a title, shown as long as `is_open`; `on_close` when somebody closes it.
#[component]
pub(super) fn Dialog(
    title: &'static str,
    is_open: Signal<bool>,
    on_close: impl Fn() + Copy + Send + Sync + 'static,
    children: Children,
) -> impl IntoView {
    let element: NodeRef<DialogElement> = NodeRef::new();
    Effect::new(move |_| {
        let is_open = is_open.get();
        let Some(dialog) = element.get() else { return };
        match (is_open, dialog.open()) {
            // Fails only for a dialog that is open.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let closed = move |_| {
        if is_open.get_untracked() {
            on_close();
        }
    };
    view! {
        <dialog node_ref=element class="editor-dialog" aria-label=title on:close=closed>
            <h2>{title}</h2>
            {children()}
        </dialog>
    }
    .into_any()
}

/// Asks before the draft is thrown away.
#[component]
pub(super) fn DiscardDialog(is_open: RwSignal<bool>) -> impl IntoView {
    let studio = use_studio();
    let (texts, reload) = (studio.texts, expect_context::<Reload>());
    let discard = move |_| {
        let (floor, revision) = (studio.floor, studio.keeping.revision.get_untracked());
        spawn_local(async move {
            let answer = within(async move { Ok(discard_draft(floor, revision).await) }).await;
            if is_open.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(Ok(SavedDraft::Saved(_))) => reload.ask(),
                Ok(Ok(SavedDraft::Behind(_))) => studio.say(texts.behind.to_owned()),
                Ok(Err(_)) | Err(_) => studio.say(texts.unreachable.to_owned()),
            }
        });
    };
    view! {
        <Dialog title=texts.discard_title is_open=is_open.into() on_close=move || is_open.set(false)>
            <p>{texts.discard_what}</p>
            <p class="dialog-buttons">
                <button type="button" class="plain-button" on:click=move |_| is_open.set(false)>{texts.cancel}</button>
                <button type="button" class="main-button danger" data-action="discard-now" on:click=discard>
                    {texts.discard_yes}
                </button>
            </p>
        </Dialog>
    }
    .into_any()
}
