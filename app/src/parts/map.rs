//! The pages of the map, and the bar's tools.

use super::Viewed;
use crate::backend::BoothDetail;
use crate::booth_card::BoothCard;
use crate::booth_list::BoothList;
use crate::erased::{AnyView, IntoAny};
use crate::go_button::GoButton;
use crate::go_guide::GoGuide;
use crate::map::{Marks, Placements};
use crate::notices::NoticeBell;
use crate::pages::{FloorPage, StrayBooth};
use crate::search::SearchBox;
use crate::settings::Settings;
use crate::shortcuts::{ShortcutDialog, listen_for_shortcuts};
use domain::{BoothNumber, FloorNumber};
use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

/// What is asked of the part.
pub(crate) enum Piece {
    /// The bar's tools; with them come the page's keys.
    Tools,
    /// `/floor/4`.
    Floor(FloorNumber),
    /// What comes and goes above the booths.
    Marks { placements: Placements, focused: RwSignal<Option<BoothNumber>> },
    /// The card of a booth, and what is said on the way to one.
    Card { floor: FloorNumber, booths: StoredValue<Vec<BoothDetail>> },
    /// The map's twin in words.
    List { floor: FloorNumber, booths: StoredValue<Vec<BoothDetail>> },
}

/// One function for all of it: each has a loader of its own.
#[wasm_split(map, fallible, preload(load))]
pub(crate) fn view(piece: Piece) -> Viewed {
    Ok(match piece {
        Piece::Tools => view_tools(),
        Piece::Floor(number) => view! { <FloorPage number=number /> }.into_any(),
        Piece::Marks { placements, focused } => view! { <Marks placements=placements focused=focused /> }.into_any(),
        Piece::Card { floor, booths } => view! {
            <BoothCard floor=floor booths=booths />
            <GoGuide floor=floor />
            <StrayBooth floor=floor />
        }
        .into_any(),
        Piece::List { floor, booths } => view! { <BoothList floor=floor booths=booths.get_value() /> }.into_any(),
    })
}

fn view_tools() -> AnyView {
    listen_for_shortcuts();
    view! {
        <GoButton />
        <SearchBox />
        <NoticeBell />
        <Settings />
        <ShortcutDialog />
    }
    .into_any()
}
