//! What has to be read: what is not saved, what others have published.

use super::failure::Failure;
use super::news::{News, Published};
use super::page::{Reload, SignIn};
use super::studio::use_studio;
use crate::erased::{AnyView, IntoAny};
use drafting::{Saving, SavingEvent};
use leptos::prelude::*;

#[component]
pub(super) fn Notices(news: News) -> impl IntoView {
    let studio = use_studio();
    let keeping = studio.keeping;
    let failure = Memo::new(move |_| keeping.failure.get().filter(|_| keeping.saving.get() == Saving::Failed));
    let is_behind = Memo::new(move |_| keeping.saving.get() == Saving::Behind);
    view! {
        <div class="editor-notices">
            {move || failure.get().map(view_failure)}
            {move || is_behind.get().then(view_behind)}
            {move || news.published.get().map(|published| view_published(news, &published))}
        </div>
    }
    .into_any()
}

fn view_failure(failure: Failure) -> AnyView {
    let studio = use_studio();
    let texts = studio.texts;
    view! {
        <p class="editor-notice" data-kind="failure" role="alert">
            <span>{failure.words(texts)} " " {texts.work_is_kept}</span>
            {(failure == Failure::SignedOut).then(|| view! { <SignIn /> })}
            <button
                type="button"
                class="plain-button"
                data-action="retry"
                on:click=move |_| studio.keeping.feel(SavingEvent::Retry)
            >
                {texts.retry}
            </button>
        </p>
    }
    .into_any()
}

/// Another window of the same person has saved: which of the two goes on?
fn view_behind() -> AnyView {
    let studio = use_studio();
    let (texts, reload) = (studio.texts, expect_context::<Reload>());
    view! {
        <p class="editor-notice" data-kind="behind" role="alert">
            <span>{texts.behind_what}</span>
            <button type="button" class="plain-button" data-action="take-newer" on:click=move |_| reload.ask()>
                {texts.take_newer}
            </button>
            <button
                type="button"
                class="plain-button"
                data-action="keep-this"
                on:click=move |_| studio.keeping.go_on_with_this()
            >
                {texts.keep_this}
            </button>
        </p>
    }
    .into_any()
}

fn view_published(news: News, published: &Published) -> AnyView {
    let texts = use_studio().texts;
    let version = published.version.0;
    let text = match published.by.as_str() {
        "" => (texts.published_by_nobody)(version),
        name => (texts.published_meanwhile)(name, version),
    };
    let merge = move || {
        (!news.is_for_later.get()).then(|| {
            view! {
                <button type="button" class="main-button" data-action="merge-now" on:click=move |_| news.merge_now()>
                    {texts.merge_now}
                </button>
            }
        })
    };
    view! {
        <p class="editor-notice" data-kind="published" role="status">
            <span>{text} " " {move || news.is_for_later.get().then_some(texts.merge_at_publication)}</span>
            {merge}
            <button type="button" class="plain-button" data-action="go-on" on:click=move |_| news.put_off()>
                {texts.go_on}
            </button>
        </p>
    }
    .into_any()
}
