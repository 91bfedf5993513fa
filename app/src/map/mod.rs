//! The floor plan with its booths.

mod booth_links;
pub(crate) mod booth_shape;
mod detail;
mod gesture;
mod kept_view;
mod keys;
mod labels;
mod marks;
mod moving;
mod neighbour;
mod pointers;
mod rings;
mod route;
mod roving;
mod tiles;
mod view_controls;

use crate::backend::{FloorDetail, drawable};
use crate::erased::IntoAny;
use crate::geometry::view_box_value;
use crate::lazy::LazyDrawing;
use crate::parts::Part;
use crate::parts::map::{self as part, Piece};
use crate::texts::use_texts;
use booth_links::BoothLinks;
use detail::{follow_screen, use_detail};
use domain::{BoothNumber, Placement};
use gesture::Gesture;
use keys::{MapKeys, follow_page_keys};
use leptos::prelude::*;
use marks::{JustLeftMarks, Ripples};
use moving::Map;
use pointers::Pointers;
use rings::Rings;
use route::Route;
use roving::Roving;
use std::sync::Arc;
use tiles::Booths;
use view_controls::ViewControls;

/// The booths of the map and where they stand, by number.
pub(crate) type Placements = Arc<[(BoothNumber, Placement)]>;

/// A floor as an interactive map: wheel, fingers, drag and keys to look closer, booths to hover, focus and choose.
///
/// Whatever happens on a booth is heard by the group around all of them, so that a booth is as few nodes and as little
/// memory as can be: there may be thousands.
#[component]
pub(crate) fn FloorMap(floor: FloorDetail) -> impl IntoView {
    let texts = use_texts();
    let (number, drawing) = (floor.number, floor.plan.drawing.clone());
    let placements: Placements = floor.booths.iter().map(|booth| (booth.number, booth.placement)).collect();
    let map = Map::new(number, drawable(floor.plan.view_box), &placements);
    let Map { element, view, view_box, .. } = map;
    let gesture = RwSignal::new(Gesture::Idle);
    let pointers = Pointers { map, gesture };
    let roving = Roving::begin(element, &placements);
    let links = BoothLinks::new(number, map, gesture, roving);
    let keys = MapKeys { map, roving, placements: StoredValue::new(placements.clone()) };
    let screen = follow_screen(map);
    let detail = use_detail(map, screen);
    follow_page_keys(map);
    let focused = links.focused;
    let marks = move || part::view(Piece::Marks { placements: placements.clone(), focused });

    view! {
        <div class="map-frame" on:wheel=move |event| map.zoom_by_wheel(&event)>
            <svg
                node_ref=element
                class="floor-map"
                role="group"
                tabindex="-1"
                aria-label=(texts.floor)(number)
                viewBox=view_box_value(view_box)
                data-dragging=move || gesture.get().is_dragging().then_some("")
                data-zoomed=move || (view.get().scale >= 2.0).then_some("")
                data-closer=move || (view.get().scale > 1.0).then_some("")
                data-detail=detail
                on:pointerdown=move |event| pointers.down(&event)
                on:pointermove=move |event| pointers.moved(&event)
                on:pointerup=move |event| pointers.up(&event)
                on:pointercancel=move |event| pointers.cancel(&event)
                on:touchmove=move |event| pointers.keep_from_page(&event)
                on:pointerover=move |event| links.point_at(&event)
                on:pointerleave=move |_| links.leave()
                on:focusin=move |event| links.focus(&event)
                on:focusout=move |_| links.blur()
                on:click=links.follow()
                on:keydown=move |event| keys.press(&event)
            >
                <defs>
                    <pattern id="hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <rect class="hatch-ground" width="9" height="9" />
                        <line class="hatch-line" x1="0" y1="0" x2="0" y2="9" />
                    </pattern>
                </defs>
                <g class="view" transform=move || view.get().transform() data-view=move || view.get().to_data()>
                    <g class="plan" aria-hidden="true" inner_html=drawing></g>
                    <g class="booths">
                        <Booths floor=floor map=map screen=screen />
                    </g>
                    <g class="marks" aria-hidden="true">
                        <LazyDrawing part=Part::Map view=marks />
                    </g>
                    <Route />
                </g>
            </svg>
            <ViewControls map=map />
        </div>
    }
    .into_any()
}

/// What comes and goes above the booths.
#[component]
pub(crate) fn Marks(
    placements: Placements,
    /// The booth that has the focus by keyboard.
    focused: RwSignal<Option<BoothNumber>>,
) -> impl IntoView {
    view! {
        <JustLeftMarks placements=placements.clone() />
        <Rings placements=placements.clone() focused=focused />
        <Ripples placements=placements />
    }
    .into_any()
}

/// Where a booth of the map stands.
fn placement_of(placements: &Placements, number: BoothNumber) -> Option<Placement> {
    let index = placements.binary_search_by_key(&number, |(number, _)| *number).ok()?;
    placements.get(index).map(|(_, placement)| *placement)
}
