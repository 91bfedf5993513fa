//! The way to the booth that the reader goes to.

use crate::backend::WalkDetail;
use crate::erased::{AnyView, IntoAny};
use crate::going::Going;
use leptos::prelude::*;

/// A quiet dashed line from where the way begins.
#[component]
pub(super) fn Route() -> impl IntoView {
    let going: Going = expect_context();
    view! {
        <g class="walk" aria-hidden="true">
            <defs>
                <marker id="walk-start" viewBox="-6 -6 12 12" markerWidth="3" markerHeight="3">
                    <circle class="walk-start" r="4.5" />
                </marker>
            </defs>
            {going.view_walk(None, view_line)}
        </g>
    }
    .into_any()
}

fn view_line(walk: &WalkDetail) -> AnyView {
    view! { <path class="walk-line" d=walk.path.clone() marker-start="url(#walk-start)" /> }.into_any()
}
