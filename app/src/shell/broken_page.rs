//! What `public/js/heal.js` puts on a page whose application has broken.

use crate::reader::{Locale, use_reader};
use leptos::prelude::*;

/// Its words. Not among the other texts, because the application never says them: they stay out of the wasm.
struct BrokenTexts {
    /// While the server does not answer, so that the page cannot be loaded anew.
    waiting: &'static str,
    /// After loading it anew has not helped.
    given_up: &'static str,
    reload: &'static str,
}

impl BrokenTexts {
    const fn of(locale: Locale) -> Self {
        match locale {
            Locale::Fr => Self {
                waiting: "Cette page s’est arrêtée : l’état des box n’est pas connu. Elle se rechargera dès que le serveur répondra.",
                given_up: "Cette page ne fonctionne pas pour l’instant : l’état des box n’est pas connu.",
                reload: "Recharger la page",
            },
            Locale::En => Self {
                waiting: "This page has stopped: the state of the boxes is not known. It will reload as soon as the server answers.",
                given_up: "This page does not work at the moment: the state of the boxes is not known.",
                reload: "Reload the page",
            },
        }
    }
}

/// Kept in the document's head, where it is not shown.
#[component]
pub(super) fn BrokenPage() -> impl IntoView {
    let BrokenTexts { waiting, given_up, reload } = BrokenTexts::of(use_reader().locale);
    view! {
        <template id="broken-page">
            <div class="broken-page" role="alert">
                <p class="broken-page-waiting">{waiting}</p>
                <p class="broken-page-given-up">{given_up} " " <a href="">{reload}</a></p>
            </div>
        </template>
    }
}
