//! The rings around the booth that is looked at and the one that has the focus. There is one of each for the whole map,
//! above all booths: no neighbour covers it, and to point at a booth costs the same among seven and among thousands.

use super::booth_shape::Outline;
use super::{Placements, placement_of};
use crate::attention::Attention;
use crate::erased::IntoAny;
use domain::BoothNumber;
use leptos::prelude::*;

/// How far outside the booth its ring runs, in plan units: on the partition walls, away from the booth's colour.
const OUTSIDE: f64 = 4.0;

#[component]
pub(super) fn Rings(
    placements: Placements,
    /// The booth that has the focus by keyboard.
    focused: RwSignal<Option<BoothNumber>>,
) -> impl IntoView {
    let attention: Attention = expect_context();
    let looked_at = Memo::new(move |_| attention.booth());
    let ring = move |class, number: Option<BoothNumber>| {
        let placement = placement_of(&placements, number?)?;
        Some(view! { <Outline class=class placement=placement outside=OUTSIDE /> })
    };
    let focus_ring = {
        let ring = ring.clone();
        move || ring("booth-ring focused", focused.get())
    };
    view! {
        {move || ring("booth-ring", looked_at.get())}
        {focus_ring}
    }
    .into_any()
}
