//! The page: reads what is on the table, then opens the workshop.

use super::failure::Failure;
use super::workshop::Workshop;
use crate::deadline::within;
use crate::erased::IntoAny;
use crate::head::Title;
use crate::plans::read_layout;
use crate::texts::editor::use_editor_texts;
use domain::FloorNumber;
use drafting::DraftingTable;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Raised to read everything anew from the server; what is not saved then is gone.
#[derive(Clone, Copy)]
pub(super) struct Reload(pub(super) RwSignal<u32>);

impl Reload {
    pub(super) fn ask(self) {
        self.0.update(|count| *count += 1);
    }
}

/// `/admin/floors/4/edit`.
#[component]
pub(crate) fn EditorPage(floor: FloorNumber) -> impl IntoView {
    let texts = use_editor_texts();
    let reload = Reload(RwSignal::new(0));
    provide_context(reload);
    let table: RwSignal<Option<Result<DraftingTable, Failure>>> = RwSignal::new(None);
    Effect::new(move |_| {
        reload.0.track();
        spawn_local(async move {
            let answer = within(async move { Ok(read_layout(floor).await) }).await;
            let answer = answer.map_or(Err(Failure::Unreachable), |answer| answer.map_err(Failure::from));
            table.try_set(Some(answer));
        });
    });
    let shown = move || match table.get() {
        None => view! { <Waiting /> }.into_any(),
        Some(Ok(table)) => view! { <Workshop floor=floor table=table /> }.into_any(),
        Some(Err(failure)) => view! { <Trouble failure=failure reload=reload /> }.into_any(),
    };
    view! {
        <Title text=format!("{} · DispoBox", (texts.title)(floor)) />
        <main class="editor-page">{shown}</main>
    }
    .into_any()
}

/// Until the plan is there; without scripts, for ever.
#[component]
fn Waiting() -> impl IntoView {
    let texts = use_editor_texts();
    view! {
        <div class="problem">
            <h1>{texts.loading}</h1>
            <noscript>
                <p>{texts.needs_scripts}</p>
            </noscript>
        </div>
    }
}

#[component]
fn Trouble(failure: Failure, reload: Reload) -> impl IntoView {
    let texts = use_editor_texts();
    let sign_in = (failure == Failure::SignedOut).then(|| view! { <SignIn /> });
    view! {
        <div class="problem">
            <h1>{failure.words(texts)}</h1>
            {sign_in}
            <button type="button" class="plain-button" on:click=move |_| reload.ask()>{texts.retry}</button>
        </div>
    }
}

/// To sign in elsewhere, so that what is drawn here stays.
#[component]
pub(super) fn SignIn() -> impl IntoView {
    let texts = use_editor_texts();
    view! { <a href="/login" target="_blank" rel="external">{texts.sign_in} " " <small>{texts.new_tab}</small></a> }
}
