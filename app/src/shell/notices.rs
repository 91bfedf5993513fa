//! What stands beside the application in every document, empty and out of sight until the scripts of `public/page` have
//! something to show: the panel of notices, the notice itself, the word of a new version.

use super::words::PanelWords;
use crate::reader::use_reader;
use leptos::prelude::*;

#[component]
pub(super) fn PageExtras() -> impl IntoView {
    let words = use_reader().locale.panel_words();
    view! {
        <NoticesPanel words=words />
        <NoticeStrip words=words />
        <p class="update-prompt" role="status" hidden>
            {words.newer}
            <button type="button">{words.reload}</button>
        </p>
        <script type="application/json" id="page-words" inner_html=words.scripts.to_json()></script>
    }
}

/// What is waited for, and what can be.
#[component]
fn NoticesPanel(words: &'static PanelWords) -> impl IntoView {
    view! {
        <section id="notices" class="notices bar-panel" popover="auto" aria-labelledby="notices-title">
            <h2 id="notices-title">{words.title}</h2>
            <p class="notices-lead">{words.lead}</p>
            <div class="notices-asks">
                <button type="button" class="ask notices-floor" hidden></button>
                <button type="button" class="ask" data-ask="any" aria-pressed="false">{words.any}</button>
            </div>
            <p class="notices-error" role="alert" hidden></p>
            <ul class="notices-waiting"></ul>
            <p class="notices-none">{words.none}</p>
            <label class="notices-push" hidden>
                <input type="checkbox" />
                <span>{words.push}</span>
            </label>
            <p class="notices-push-error" role="alert" hidden></p>
            <template id="waiting-row">
                <li>
                    <span class="waiting-what"></span>
                    <span class="waiting-until"></span>
                    <button type="button" title=words.cancel>"×"</button>
                </li>
            </template>
        </section>
    }
}

/// A box is free, and the reader's for a while.
#[component]
fn NoticeStrip(words: &'static PanelWords) -> impl IntoView {
    view! {
        <div class="notice-strip" hidden></div>
        <p id="notice-said" class="visually-hidden" role="status"></p>
        <template id="notice-row">
            <div class="notice-row">
                <a></a>
                <span class="notice-where"></span>
                <span class="notice-left"></span>
                <button type="button" title=words.no_need>
                    <span class="visually-hidden">{words.no_need}</span>
                    <span aria-hidden="true">"×"</span>
                </button>
            </div>
        </template>
    }
}
