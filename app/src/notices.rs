//! "Tell me when free": the buttons that ask. What follows happens in `public/page/notices.js`, which needs nothing of the
//! application and is not waited for by the map; it keeps in `data-asked` of the document what is waited for, and sends
//! `dispobox:asked` when that changes.

use crate::erased::IntoAny;
use crate::texts::use_texts;
use domain::{BoothNumber, BoothStatus};
use leptos::ev::Custom;
use leptos::prelude::*;

/// What this browser waits for: `any floor:4 booth:42`.
#[derive(Clone, Copy)]
pub(crate) struct Asked(RwSignal<String>);

impl Asked {
    /// Follows the document, for the components below.
    pub(crate) fn provide_context() {
        let asked = RwSignal::new(String::new());
        provide_context(Self(asked));
        Effect::new(move |_| {
            asked.set(read_asked());
            let listening = window_event_listener(Custom::<web_sys::Event>::new("dispobox:asked"), move |_| {
                asked.set(read_asked());
            });
            on_cleanup(move || listening.remove());
        });
    }

    fn includes(self, target: &str) -> bool {
        self.0.with(|asked| asked.split(' ').any(|other| other == target))
    }
}

fn read_asked() -> String {
    document().document_element().and_then(|root| root.get_attribute("data-asked")).unwrap_or_default()
}

/// Asks to be told when a booth is free; there only while it is not.
#[component]
pub(crate) fn AskForBooth(number: BoothNumber, #[prop(into)] status: Signal<BoothStatus>) -> impl IntoView {
    let texts = use_texts().notices;
    let asked: Asked = expect_context();
    let target = format!("booth:{number}");
    let is_asked = {
        let target = target.clone();
        Signal::derive(move || asked.includes(&target))
    };
    view! {
        <button
            type="button"
            class="ask"
            data-ask=target
            hidden=move || status.get() == BoothStatus::Free
            aria-pressed=move || is_asked.get().to_string()
        >
            {move || if is_asked.get() { texts.asked } else { texts.ask }}
        </button>
    }
    .into_any()
}

/// Opens the panel of what is waited for.
#[component]
pub(crate) fn NoticeBell() -> impl IntoView {
    let label = use_texts().notices.bell;
    view! {
        <button type="button" class="bar-button notice-bell" popovertarget="notices" title=label>
            <span class="visually-hidden">{label}</span>
            <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">
                <path d="M6 17v-6a6 6 0 0 1 12 0v6M4 17h16M10 20.5h4M12 3v2" />
            </svg>
        </button>
    }
    .into_any()
}
