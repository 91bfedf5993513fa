//! Where the reader is in what is made anew.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// All that can have the focus in what is made anew.
const FOCUSABLE: &str = "a, button, input";

pub(super) struct Place {
    /// Which of them has the focus, and what was typed there.
    focus: Option<(u32, Option<String>)>,
    scrolled: i32,
}

impl Place {
    pub(super) fn in_element(element: &Element) -> Self {
        let scrolled = element.first_element_child().map_or(0, |first| first.scroll_top());
        Self { focus: focus_in(element), scrolled }
    }

    pub(super) fn give_back(self, element: &Element) {
        if let Some(first) = element.first_element_child().filter(|_| self.scrolled > 0) {
            first.set_scroll_top(self.scrolled);
        }
        let Some((index, typed)) = self.focus else { return };
        let all = element.query_selector_all(FOCUSABLE).ok();
        let Some(focused) = all.and_then(|all| all.get(index)) else { return };
        if let Some((input, typed)) = focused.dyn_ref::<HtmlInputElement>().zip(typed) {
            input.set_value(&typed);
        }
        if let Some(focused) = focused.dyn_ref::<HtmlElement>() {
            // An element that cannot take the focus leaves it where it is.
            drop(focused.focus());
        }
    }
}

fn focus_in(element: &Element) -> Option<(u32, Option<String>)> {
    let active = document().active_element().filter(|active| element.contains(Some(active)))?;
    let all = element.query_selector_all(FOCUSABLE).ok()?;
    let index =
        (0..all.length()).find(|index| all.get(*index).is_some_and(|other| active.is_same_node(Some(&other))))?;
    Some((index, active.dyn_into::<HtmlInputElement>().ok().map(|input| input.value())))
}
