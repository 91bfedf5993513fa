//! The thermometer on a vessel's right side.

use super::drawing::{VESSEL_WIDTH, VesselPlace, thermometer_y};
use super::live::use_plant;
use crate::erased::IntoAny;
use leptos::prelude::*;

/// From the vessel's right side to the thermometer's middle.
const INSET: i32 = 36;

/// Its middle.
pub(super) const fn thermometer_x(place: &VesselPlace) -> i32 {
    place.left + VESSEL_WIDTH - INSET
}

/// A scale from 0 to 110 °C with what the probe says.
#[component]
pub(super) fn Thermometer(place: &'static VesselPlace) -> impl IntoView {
    let plant = use_plant();
    let (x, index) = (thermometer_x(place), place.id.index());
    let top = move || plant.look(|view| thermometer_y(view.vessels[index].reading_dc));
    let (cold, hot) = (thermometer_y(0), thermometer_y(1_100));
    view! {
        <g class="thermometer">
            <rect class="thermometer-tube" x=x - 6 y=hot - 6 width="12" height=cold - hot + 12 rx="6" />
            <path class="thermometer-column" d=move || format!("M{x} {cold}V{}", top()) />
            {[0, 500, 1_000].map(|dc| view! { <path class="thermometer-mark" d=format!("M{} {}h6", x - 14, thermometer_y(dc)) /> })
                .into_iter()
                .collect_view()}
        </g>
    }
    .into_any()
}
