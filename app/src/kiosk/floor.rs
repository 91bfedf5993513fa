use super::map::StillMap;
use super::view::KioskFloor;
use super::words::use_kiosk_words;
use crate::backend::BoothDetail;
use crate::erased::IntoAny;
use crate::glyphs::outline;
use crate::live::use_live;
use domain::BoothStatus;
use leptos::prelude::*;

/// More booths than this, and only their numbers fit beside the map.
const NAMED_MAX: usize = 8;

/// One floor: its map, which of its booths are free, and the way on for a phone.
#[component]
pub(super) fn FloorOnWall(floor: KioskFloor, is_first: bool) -> impl IntoView {
    let words = use_kiosk_words();
    let KioskFloor { detail, code, address } = floor;
    let (number, booths) = (detail.number, detail.booths.clone());
    let is_many = booths.len() > NAMED_MAX;
    let site = address.split_once("://").map_or(address.clone(), |(_, rest)| rest.to_owned());
    view! {
        <section class="wall-floor" data-floor=number.0 hidden=!is_first>
            <StillMap floor=detail />
            <aside class="wall-side">
                <h2>{words.free_now}</h2>
                <ul class="wall-free" data-many=is_many.then_some("")>
                    {booths.into_iter().map(|booth| view! { <FreeRow booth=booth /> }).collect_view()}
                </ul>
                <p class="wall-none">{words.none_free}</p>
                <p class="wall-unknown">{words.nothing_known}</p>
                <Legend />
                <div class="wall-phone">
                    <div class="wall-qr" role="img" aria-label=address inner_html=code></div>
                    <p>
                        {words.on_phone} <span class="wall-address">{site}</span>
                    </p>
                </div>
            </aside>
        </section>
    }
    .into_any()
}

/// There for every booth, and seen while it is free: nothing is made or removed.
#[component]
fn FreeRow(booth: BoothDetail) -> impl IntoView {
    let status = use_live().status_of(booth.number);
    view! {
        <li data-booth-row=booth.number.0 data-status=status.as_str()>
            <strong>{booth.number.0}</strong>
            <span>{booth.name}</span>
        </li>
    }
    .into_any()
}

/// What the signs mean.
#[component]
fn Legend() -> impl IntoView {
    let words = use_kiosk_words();
    let entry = |status: BoothStatus, word: &'static str| {
        view! {
            <li>
                <span class="wall-swatch" data-sign=status.as_str()>
                    <svg viewBox="0 0 24 24" aria-hidden="true">
                        <path class="glyph" d=outline(status) />
                    </svg>
                </span>
                {word}
            </li>
        }
    };
    view! {
        <ul class="wall-legend">
            {entry(BoothStatus::Free, words.free)}
            {entry(BoothStatus::Occupied, words.occupied)}
            {entry(BoothStatus::Unknown, words.unknown)}
        </ul>
    }
    .into_any()
}
