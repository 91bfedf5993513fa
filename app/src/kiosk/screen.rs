//! What is on a screen, from edge to edge.

use super::floor::FloorOnWall;
use super::map::Hatch;
use super::notes::WallNote;
use super::view::{KioskFloor, KioskScreen};
use super::words::use_kiosk_words;
use crate::erased::{AnyView, IntoAny};
use crate::live::use_live;
use crate::texts::use_texts;
use domain::FloorNumber;
use leptos::prelude::*;

/// The floors with their counts, the time, one floor at a time; over all of it what comes and goes.
#[component]
pub(super) fn Screen(screen: KioskScreen, now: String) -> impl IntoView {
    let words = use_kiosk_words();
    if screen.floors.is_empty() {
        return view! { <WallNote title=words.no_floor text=words.no_floor_what /> }.into_any();
    }
    let numbers: Vec<_> = screen.floors.iter().map(|floor| floor.detail.number).collect();
    let count = numbers.len();
    let floors = screen.floors.into_iter().enumerate().map(view_floor).collect_view();
    view! {
        <Hatch />
        <div class="wall-frame">
            <div class="wall-screen" data-floors=count>
                <header class="wall-head">
                    <h1 class="visually-hidden">{words.title}</h1>
                    <ul class="wall-tabs">{numbers.into_iter().enumerate().map(view_tab).collect_view()}</ul>
                    <time class="wall-clock">{now.clone()}</time>
                </header>
                {floors}
            </div>
            <p class="wall-banner" role="alert">
                {words.silent} " " <span class="wall-last-news"></span>
            </p>
        </div>
        <p class="wall-identify" role="status" hidden></p>
        <div class="wall-rest" aria-hidden="true">
            <time class="wall-clock">{now}</time>
        </div>
    }
    .into_any()
}

fn view_floor((at, floor): (usize, KioskFloor)) -> AnyView {
    view! { <FloorOnWall floor=floor is_first=at == 0 /> }.into_any()
}

/// A floor's name and how many of its booths are free.
fn view_tab((at, number): (usize, FloorNumber)) -> AnyView {
    let texts = use_texts();
    let count = use_live().floor_count(number).get_untracked();
    let text = if count.known == 0 { "–".to_owned() } else { (texts.free_count)(count.free) };
    view! {
        <li class="wall-tab" data-tab=number.0 data-now=(at == 0).then_some("")>
            <span class="wall-tab-name">{(texts.floor)(number)}</span>
            <span class="wall-count" data-count=number.0>{text}</span>
            <span class="wall-progress" aria-hidden="true"></span>
        </li>
    }
    .into_any()
}
