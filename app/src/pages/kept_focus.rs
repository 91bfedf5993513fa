//! Where the reader is while a floor is drawn anew, because it was rearranged.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Gives the focus back once the floor is drawn: to the element that has it now, or to the same booth's.
pub(super) fn keep_focus() {
    let Some(active) = document().active_element() else { return };
    let twin = find_twin(&active);
    request_animation_frame(move || {
        let stays = Some(active).filter(|active| active.is_connected());
        let other = || document().query_selector(&twin?).ok().flatten();
        if let Some(element) = stays.or_else(other) {
            // Drawings have the same method. An element that cannot take the focus leaves it where it is.
            drop(element.unchecked_ref::<HtmlElement>().focus());
        }
    });
}

fn find_twin(active: &Element) -> Option<String> {
    ["data-booth", "data-booth-row"].into_iter().find_map(|name| {
        let holder = active.closest(&format!("[{name}]")).ok().flatten()?;
        let within = if holder.is_same_node(Some(active)) { "" } else { " a" };
        Some(format!("[{name}='{}']{within}", holder.get_attribute(name)?))
    })
}
