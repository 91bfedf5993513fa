//! Buttons that move the view.

use super::moving::Map;
use crate::erased::IntoAny;
use crate::texts::use_texts;
use leptos::prelude::*;

/// One press of a zoom button or key.
pub(super) const ZOOM_STEP: f64 = 1.4;

/// Closer, further, all of it, true to scale.
#[component]
pub(super) fn ViewControls(map: Map) -> impl IntoView {
    let texts = use_texts();
    view! {
        <div class="view-controls" role="group" aria-label=texts.map_tools>
            <Tool action="zoom-in" name=texts.zoom_in icon="M12 5v14M5 12h14" run=move || map.zoom_by_step(ZOOM_STEP) />
            <Tool action="zoom-out" name=texts.zoom_out icon="M5 12h14" run=move || map.zoom_by_step(1.0 / ZOOM_STEP) />
            <Tool action="fit" name=texts.fit icon="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" run=move || map.fit() />
            <Tool
                action="actual-size"
                name=texts.actual_size
                icon="M5 8l2-1.5V18M17 8l2-1.5V18M12 9.5v.2M12 14.5v.2"
                run=move || map.actual_size()
            />
        </div>
    }
    .into_any()
}

#[component]
fn Tool(
    action: &'static str,
    name: &'static str,
    icon: &'static str,
    run: impl Fn() + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <button type="button" data-action=action title=name aria-label=name on:click=move |_| run()>
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path class="glyph" d=icon />
            </svg>
        </button>
    }
}
