//! The one set of signs, 24 by 24 units, stroked by the style sheet. A status is told by its sign as well as by its
//! colour.

use domain::BoothStatus;
use leptos::prelude::*;

/// The sign of a status: a seated person, an open door, a question mark, a clock, a moon, a switch.
#[component]
pub(crate) fn Glyph(#[prop(into)] status: Signal<BoothStatus>) -> impl IntoView {
    view! { <path class="glyph" d=move || outline(status.get()) /> }
}

/// The path of a status's sign.
pub(crate) const fn outline(status: BoothStatus) -> &'static str {
    match status {
        BoothStatus::Occupied => "M9 4.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M10 9v6h5l2.5 5M10 11l4 1.5M6.5 10v8.5h6",
        BoothStatus::Free => "M4 20.5h16M6.5 20.5v-17h8v3M6.5 20.5l8-3v-14M14.5 6.5h3v14M12 11v2",
        BoothStatus::Unknown => "M8.5 8.5a3.5 3.5 0 1 1 5.6 2.8c-1.4 1-2.1 1.7-2.1 3.2M12 18.4v.2",
        BoothStatus::Late => "M4 12a8 8 0 1 0 16 0a8 8 0 1 0-16 0M12 7v5l3.5 2",
        BoothStatus::Asleep => "M19 14.5A7.5 7.5 0 1 1 9.5 5a6 6 0 0 0 9.5 9.5z",
        BoothStatus::Off => "M12 4v7M7.5 6.8a7 7 0 1 0 9 0",
    }
}
