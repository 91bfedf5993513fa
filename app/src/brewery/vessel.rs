//! A vessel with what is in it.

use super::coil::Coil;
use super::drawing::{
    FALSE_BOTTOM_Y, GRAIN_HEIGHT, LEVEL_STEP_DL, VESSEL_BOTTOM, VESSEL_TOP, VESSEL_WIDTH, VesselPlace, level_y, warmth,
};
use super::live::use_plant;
use super::number::write_tenths;
use super::texts::use_brewery_texts;
use super::thermometer::Thermometer;
use super::view::VesselView;
use crate::erased::IntoAny;
use brewery::plant::VesselId;
use leptos::prelude::*;

/// Wall, liquid, marks of the level, thermometer and numbers.
#[component]
pub(super) fn Vessel(place: &'static VesselPlace) -> impl IntoView {
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let &VesselPlace { id, left, name_x } = place;
    let look = move || plant.look(|view| view.vessels[id.index()]);
    let has_alarm = move || plant.look(|view| view.has_alarm(id.code()));
    let number = move |tenths| write_tenths(tenths, texts.decimal_mark);
    view! {
        <g class="vessel" data-vessel=id.code() data-alarm=move || has_alarm().then_some("")>
            <rect class="vessel-ground" x=left y=VESSEL_TOP width=VESSEL_WIDTH height=VESSEL_BOTTOM - VESSEL_TOP rx="16" />
            <Liquid place=place />
            {(id == VesselId::Mashtun).then(|| view! { <Grain left=left /> })}
            {(id == VesselId::Ebu).then(|| view! { <Coil /> })}
            <LevelMarks left=left volume_max_dl=untrack(look).volume_max_dl />
            <rect class="vessel-wall" x=left y=VESSEL_TOP width=VESSEL_WIDTH height=VESSEL_BOTTOM - VESSEL_TOP rx="16" />
            <Thermometer place=place />
            <text class="vessel-name" x=name_x y="266">{(texts.vessel)(id)}</text>
            <text class="vessel-celsius" x=left + 48 y="336">{move || number(look().reading_dc)} "\u{202f}°C"</text>
            <text class="vessel-litres" x=left + 48 y="366">
                {move || number(look().volume_dl)} "\u{202f}" {texts.litres}
                {move || look().is_boiling.then(|| format!(" · {}", texts.boiling))}
            </text>
        </g>
    }
    .into_any()
}

/// The liquid, as high as it stands and as warm as it is.
#[component]
fn Liquid(place: &'static VesselPlace) -> impl IntoView {
    let plant = use_plant();
    let &VesselPlace { id, left, .. } = place;
    let top = move || {
        plant.look(|view| {
            let VesselView { volume_dl, volume_max_dl, .. } = view.vessels[id.index()];
            level_y(volume_dl, volume_max_dl)
        })
    };
    let clip = format!("inside-{}", id.code());
    view! {
        <clipPath id=clip.clone()>
            <rect x=left y=VESSEL_TOP width=VESSEL_WIDTH height=VESSEL_BOTTOM - VESSEL_TOP rx="16" />
        </clipPath>
        <g clip-path=format!("url(#{clip})")>
            <rect
                class="liquid"
                data-warmth=move || plant.look(|view| warmth(view.vessels[id.index()].liquid_dc))
                x=left
                y=top
                width=VESSEL_WIDTH
                height=move || VESSEL_BOTTOM - top()
            />
            <path class="liquid-surface" d=move || format!("M{left} {}h{VESSEL_WIDTH}", top()) />
        </g>
    }
    .into_any()
}

/// The grain, which lies on the false bottom.
#[component]
fn Grain(left: i32) -> impl IntoView {
    view! {
        <rect class="grain" x=left y=FALSE_BOTTOM_Y - GRAIN_HEIGHT width=VESSEL_WIDTH height=GRAIN_HEIGHT fill="url(#grain)" />
        <path class="false-bottom" d=format!("M{left} {FALSE_BOTTOM_Y}h{VESSEL_WIDTH}") />
    }
    .into_any()
}

/// A mark every ten litres, on the left wall; the lowest has a pipe in the place of its number.
#[component]
fn LevelMarks(left: i32, volume_max_dl: i32) -> impl IntoView {
    let count = volume_max_dl / LEVEL_STEP_DL;
    let mark = |index: i32| {
        let y = level_y(index * LEVEL_STEP_DL, volume_max_dl);
        view! {
            <path d=format!("M{left} {y}h10") />
            <text x=left - 8 y=y + 5>{(index > 1).then_some(index * LEVEL_STEP_DL / 10)}</text>
        }
    };
    view! { <g class="level-marks">{(1..count).map(mark).collect_view()}</g> }.into_any()
}
