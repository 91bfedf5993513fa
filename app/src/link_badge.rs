//! The link to the server, always on screen.

use crate::clock::{Elapsed, use_local_time};
use crate::erased::IntoAny;
use crate::live::{Link, use_live};
use crate::texts::use_texts;
use leptos::prelude::*;

/// A dot and a word: live, reconnecting with the seconds of silence, offline.
#[component]
pub(crate) fn LinkBadge() -> impl IntoView {
    let texts = use_texts();
    let link = use_live().link();
    view! {
        <a class="link-badge" href="/status" title=texts.status_page>
            <span class="link-dot" aria-hidden="true"></span>
            <span class="link-text">{move || (texts.link)(link.get())}</span>
        </a>
    }
}

/// "Last news at 14:32, age 5 min"
#[component]
fn LastNews() -> impl IntoView {
    let seen_at = use_texts().seen_at;
    let lost_at = use_live().lost_at();
    let local_time = use_local_time();
    view! {
        <span class="last-news">
            {move || lost_at.get().map(|at| seen_at(&local_time(at)))} " " <Elapsed since_at=lost_at />
        </span>
    }
    .into_any()
}

/// Says over a grey map why it is grey.
#[component]
pub(crate) fn LinkBanner() -> impl IntoView {
    let texts = use_texts();
    let link = use_live().link();
    let is_down = move || matches!(link.get(), Link::Down { .. });
    view! {
        <Show when=is_down>
            <p class="link-banner" role="alert">
                {texts.link_down_banner}
                <LastNews />
            </p>
        </Show>
    }
    .into_any()
}
