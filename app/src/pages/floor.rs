use super::kept_focus::keep_focus;
use crate::app::Problem;
use crate::attention::Attention;
use crate::backend::FloorDetail;
use crate::booth_list::use_list_query;
use crate::erased::IntoAny;
use crate::floor_detail::use_floor;
use crate::going::Going;
use crate::head::Title;
use crate::lazy::{Lazy, TakeOver};
use crate::live::use_live;
use crate::map::FloorMap;
use crate::navigation::{NavigateOptions, Redirect, use_navigate};
use crate::parts::Part;
use crate::parts::map::{self, Piece};
use crate::reader::remember_floor;
use crate::texts::use_texts;
use domain::{BoothNumber, FloorNumber};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// `/floor/4` and `/floor/4?booth=42`: the map of a floor with its list.
#[component]
pub(crate) fn FloorPage(number: FloorNumber) -> impl IntoView {
    Attention::provide_context();
    Going::provide_context();
    Effect::new(move |_| remember_floor(number));
    let floor = use_floor(number);
    let texts = use_texts();
    // A floor that comes for the first time gives the focus away by itself.
    let is_drawn = StoredValue::new(false);
    view! {
        <Title text=format!("{} · DispoBox", (texts.floor)(number)) />
        {move || {
            let answer = floor.get();
            if is_drawn.get_value() {
                keep_focus();
            }
            is_drawn.set_value(answer.is_some());
            answer
                .map(|answer| match answer {
                    Ok(floor) => view! { <FloorLayout floor=floor /> }.into_any(),
                    Err(error) => view! { <Problem error=error /> }.into_any(),
                })
        }}
    }
}

#[component]
fn FloorLayout(floor: FloorDetail) -> impl IntoView {
    let texts = use_texts();
    let number = floor.number;
    let booths = StoredValue::new(floor.booths.clone());
    let going: Going = expect_context();
    let card = move || map::view(Piece::Card { floor: number, booths });
    let list = move || map::view(Piece::List { floor: number, booths });
    view! {
        <div class="floor" data-floor=number.0 data-go=move || going.is_on.get().then_some("") on:keydown=close_on_escape(number)>
            <h1 class="visually-hidden floor-title">{(texts.floor)(number)}</h1>
            <section class="stage">
                <FloorMap floor=floor />
                <Lazy part=Part::Map view=card take_over=TakeOver::Anew />
            </section>
            <Lazy part=Part::Map view=list take_over=TakeOver::Anew />
        </div>
    }
    .into_any()
}

/// When the address names a booth that is not on this floor: goes to its floor, or says that there is none.
#[component]
pub(crate) fn StrayBooth(floor: FloorNumber) -> impl IntoView {
    let texts = use_texts();
    let live = use_live();
    let attention: Attention = expect_context();
    let view_stray = move |number: BoothNumber| match live.find_floor_of(number) {
        Some(home) if home == floor => ().into_any(),
        Some(home) => view! { <Redirect path=format!("/floor/{home}?booth={number}") /> }.into_any(),
        None => view! { <p class="notice" role="status">{(texts.booth_not_found)(number)}</p> }.into_any(),
    };
    move || attention.chosen().map(view_stray)
}

/// Escape puts the card away and leaves the focus where it is.
fn close_on_escape(floor: FloorNumber) -> impl Fn(KeyboardEvent) {
    let attention: Attention = expect_context();
    let navigate = use_navigate();
    let list = use_list_query();
    move |event| {
        if event.key() == "Escape" && attention.put_away() {
            let href = list.with_untracked(|list| list.href(floor, None));
            navigate(&href, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    }
}
