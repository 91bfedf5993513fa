//! A plan with very many booths is drawn in tiles of neighbours. Texts of tiles that are out of sight are left out: to
//! zoom, browsers lay out each text anew. The booths themselves stay, so that each can be reached by keyboard.

use super::booth_shape::BoothShape;
use super::moving::Map;
use crate::backend::{BoothDetail, FloorDetail};
use crate::erased::IntoAny;
use crate::geometry::{PlanRect, ScreenRect};
use leptos::prelude::*;

/// Below this, nothing is gained.
const TILED_FROM: usize = 300;
const BOOTHS_PER_TILE: usize = 50;

/// All booths of a floor.
#[component]
pub(super) fn Booths(floor: FloorDetail, map: Map, screen: RwSignal<Option<ScreenRect>>) -> impl IntoView {
    let FloorDetail { number, booths, .. } = floor;
    let shape =
        move |booth: BoothDetail| view! { <BoothShape floor=number booth=booth plan_width=map.view_box.width /> };
    if booths.len() < TILED_FROM {
        return view! { <g class="tile">{booths.into_iter().map(shape).collect_view()}</g> }.into_any();
    }
    let seen = Memo::new(move |_| screen.get().map(|rect| map.view.get().seen(rect, map.view_box)));
    let tile = move |booths: &[BoothDetail]| {
        let extent = PlanRect::around(booths.iter().map(|booth| booth.placement));
        let is_away = move || seen.get().zip(extent).is_some_and(|(seen, extent)| !seen.meets(extent));
        let is_away = Memo::new(move |_| is_away());
        view! {
            <g class="tile" data-away=move || is_away.get().then_some("")>
                {booths.iter().cloned().map(shape).collect_view()}
            </g>
        }
    };
    booths.chunks(BOOTHS_PER_TILE).map(tile).collect_view().into_any()
}
