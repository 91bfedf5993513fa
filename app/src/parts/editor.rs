//! The plan editor.

use super::Viewed;
use crate::editor::EditorPage;
use crate::erased::IntoAny;
use domain::FloorNumber;
use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

/// `/admin/floors/4/edit`.
#[wasm_split(editor, fallible, preload(load))]
pub(crate) fn view(floor: FloorNumber) -> Viewed {
    Ok(view! { <EditorPage floor=floor /> }.into_any())
}
