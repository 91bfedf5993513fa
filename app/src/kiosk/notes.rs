use super::words::use_kiosk_words;
use crate::erased::IntoAny;
use leptos::prelude::*;

/// A message as large as the wall.
#[component]
pub(super) fn WallNote(
    title: &'static str,
    text: &'static str,
    #[prop(optional)] link: Option<(&'static str, &'static str)>,
) -> impl IntoView {
    view! {
        <main class="wall-note">
            <h1>{title}</h1>
            <p>{text}</p>
            {link.map(|(to, text)| view! { <p><a href=to>{text}</a></p> })}
        </main>
    }
    .into_any()
}

/// What `public/js/heal.js` puts over a page whose application has broken; until then it is in the document's head, out of sight.
#[component]
pub(super) fn BrokenNote() -> impl IntoView {
    let words = use_kiosk_words();
    view! {
        <template id="broken-page">
            <div class="broken-page" role="alert">
                <p class="broken-page-waiting">{words.waiting}</p>
                <p class="broken-page-given-up">{words.given_up}</p>
            </div>
        </template>
    }
    .into_any()
}
