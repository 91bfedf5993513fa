use super::words::use_kiosk_words;
use crate::erased::IntoAny;
use leptos::prelude::*;

/// `/kiosk`: a code as large as the wall; `public/screen/pairing.js` asks for it and waits until it was typed.
#[component]
pub(super) fn CodePage() -> impl IntoView {
    let words = use_kiosk_words();
    view! {
        <main class="wall-note" data-code="waiting">
            <h1>{words.code_title}</h1>
            <p class="wall-code" role="status" aria-live="polite">
                <span class="wall-code-wait">{words.code_wait}</span>
            </p>
            <p class="wall-code-what">{words.code_what}</p>
            <p class="wall-code-busy" hidden>{words.code_busy}</p>
            <p class="wall-code-away" hidden>{words.code_away}</p>
            <noscript>
                <p>{words.needs_scripts}</p>
            </noscript>
        </main>
    }
    .into_any()
}
