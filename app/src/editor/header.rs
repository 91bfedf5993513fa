//! The top of the page: which floor, who else, whether it is saved, and where it goes from here.

use super::icons::{self, Icon};
use super::presence::Presence;
use super::studio::use_studio;
use crate::clock::use_local_time;
use crate::erased::IntoAny;
use drafting::{Colleague, Saving};
use leptos::prelude::*;

#[component]
pub(super) fn Header(colleagues: Vec<Colleague>, discard: RwSignal<bool>) -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let floor = studio.floor;
    let link = |page: &str| format!("/admin/floors/{floor}/{page}");
    let (plan, versions, publish) = (link("plan"), link("versions"), link("publish"));
    let has_draft = move || studio.keeping.revision.get().0 > 0;
    let going = leave_once_saved();
    let leave = move |event: leptos::ev::MouseEvent, to: String| {
        event.prevent_default();
        studio.keeping.hurry();
        going.set(Some(to));
    };
    let to_publish = publish.clone();
    view! {
        <header class="editor-bar">
            <a class="icon-button" href=format!("/floor/{floor}") rel="external" title=texts.to_map aria-label=texts.to_map>
                <Icon path=icons::BACK />
            </a>
            <h1>{(texts.title)(floor)}</h1>
            <SavingState />
            <Presence begin=colleagues />
            <nav class="editor-links" aria-label=texts.versions>
                <button
                    type="button"
                    class="plain-button"
                    data-action="discard"
                    disabled=move || !has_draft()
                    on:click=move |_| discard.set(true)
                >
                    {texts.discard}
                </button>
                <a class="plain-button" href=plan rel="external">{texts.plan}</a>
                <a class="plain-button" href=versions rel="external">{texts.versions}</a>
                <a
                    class="main-button"
                    href=publish
                    rel="external"
                    data-action="publish"
                    on:click=move |event| leave(event, to_publish.clone())
                >
                    {texts.publish}
                </a>
            </nav>
        </header>
    }
    .into_any()
}

/// Goes to an address as soon as the draft is saved; stays when it could not be.
fn leave_once_saved() -> RwSignal<Option<String>> {
    let studio = use_studio();
    let going: RwSignal<Option<String>> = RwSignal::new(None);
    Effect::new(move |_| match (going.get(), studio.keeping.saving.get()) {
        // Fails only for an address that is none.
        (Some(to), Saving::Saved) => drop(window().location().set_href(&to)),
        (Some(_), Saving::Failed | Saving::Behind) => going.set(None),
        _ => {}
    });
    going
}

/// Where the saving of the draft stands.
#[component]
fn SavingState() -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let keeping = studio.keeping;
    let local_time = use_local_time();
    let text = move || match keeping.saving.get() {
        Saving::Saved => {
            keeping.saved_at.get().map_or_else(|| texts.saved_never.to_owned(), |at| (texts.saved_at)(&local_time(at)))
        }
        Saving::Waiting => texts.waiting.to_owned(),
        Saving::Sending { .. } => texts.sending.to_owned(),
        Saving::Failed => texts.not_saved.to_owned(),
        Saving::Behind => texts.behind.to_owned(),
    };
    let state = move || match keeping.saving.get() {
        Saving::Saved => "saved",
        Saving::Waiting => "waiting",
        Saving::Sending { .. } => "sending",
        Saving::Failed => "failed",
        Saving::Behind => "behind",
    };
    view! { <p class="saving" data-saving=state>{text}</p> }.into_any()
}
