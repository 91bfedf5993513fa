//! Buttons that move the view.

use crate::erased::IntoAny;
use crate::geometry::{Point, ScreenRect, View};
use crate::texts::use_texts;
use domain::ViewBox;
use leptos::prelude::*;

/// One press of a zoom button.
const ZOOM_STEP: f64 = 1.4;

/// Closer, further, all of it, true to scale.
#[component]
pub(super) fn ViewControls(
    view: RwSignal<View>,
    view_box: ViewBox,
    /// What people want to look closer at.
    middle: Point,
    /// Where the map stands on the screen; nothing before it does.
    rect: Callback<(), Option<ScreenRect>>,
) -> impl IntoView {
    let texts = use_texts();
    let centre = Point { x: view_box.x + view_box.width / 2.0, y: view_box.y + view_box.height / 2.0 };
    // From the whole plan towards the booths, then about the centre of what is seen.
    let zoom = move |factor: f64| {
        view.update(|view| {
            let from_fit = *view == View::FIT && factor > 1.0;
            let zoomed = view.zoomed(factor, centre);
            *view = if from_fit { zoomed.centred(middle, view_box) } else { zoomed.panned(0.0, 0.0, view_box) };
        });
    };
    let actual_size = move || {
        if let Some(rect) = rect.run(()) {
            view.set(View::actual_size(rect, view_box, middle));
        }
    };
    view! {
        <div class="view-controls" role="group" aria-label=texts.map_tools>
            <Tool action="zoom-in" name=texts.zoom_in icon="M12 5v14M5 12h14" run=move || zoom(ZOOM_STEP) />
            <Tool action="zoom-out" name=texts.zoom_out icon="M5 12h14" run=move || zoom(1.0 / ZOOM_STEP) />
            <Tool
                action="fit"
                name=texts.fit
                icon="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"
                run=move || view.set(View::FIT)
            />
            <Tool
                action="actual-size"
                name=texts.actual_size
                icon="M5 8l2-1.5V18M17 8l2-1.5V18M12 9.5v.2M12 14.5v.2"
                run=actual_size
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
