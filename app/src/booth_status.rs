//! The word of a status, with its glyph.

use crate::glyphs::Glyph;
use crate::texts::use_texts;
use domain::BoothStatus;
use leptos::prelude::*;

/// A status as glyph and word, for lists and cards.
#[component]
pub(crate) fn StatusBadge(#[prop(into)] status: Signal<BoothStatus>) -> impl IntoView {
    let texts = use_texts();
    view! {
        <span class="status-badge" data-status=move || status.get().as_str()>
            <svg class="status-glyph" viewBox="0 0 24 24" aria-hidden="true">
                <Glyph status=status />
            </svg>
            <span>{move || (texts.status)(status.get())}</span>
        </span>
    }
}
