//! The brewing plant.

use super::Viewed;
use crate::brewery::BreweryPage;
use crate::erased::IntoAny;
use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

/// The page.
#[wasm_split(brewery, fallible, preload(load))]
pub(crate) fn view() -> Viewed {
    Ok(view! { <BreweryPage /> }.into_any())
}
