//! The pages without a map.

use super::Viewed;
use crate::erased::IntoAny;
use crate::pages::{QrBoothPage, QrFloorPage, SearchPage, StatusPage};
use domain::{BoothNumber, FloorNumber};
use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

/// What is asked of the part.
#[derive(Clone, Copy)]
pub(crate) enum OtherPage {
    QrBooth(BoothNumber),
    QrFloor(FloorNumber),
    Search,
    Status,
}

/// One function for all of them: each has a loader of its own.
#[wasm_split(other_pages, fallible, preload(load))]
pub(crate) fn view(page: OtherPage) -> Viewed {
    Ok(match page {
        OtherPage::QrBooth(number) => view! { <QrBoothPage number=number /> }.into_any(),
        OtherPage::QrFloor(number) => view! { <QrFloorPage floor=number /> }.into_any(),
        OtherPage::Search => view! { <SearchPage /> }.into_any(),
        OtherPage::Status => view! { <StatusPage /> }.into_any(),
    })
}
