//! One stop of the Tab key for the whole map: the booth that had the focus last. Arrow keys go on from there. Before the
//! page is alive, every booth is a link with a stop of its own.

use super::Placements;
use crate::attention::Attention;
use domain::BoothNumber;
use leptos::prelude::*;
use leptos::svg::Svg;
use std::iter::successors;
use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};

const OUT_OF_ORDER: &str = "-1";

#[derive(Clone, Copy)]
pub(super) struct Roving {
    map: NodeRef<Svg>,
    stop: StoredValue<Option<BoothNumber>>,
}

impl Roving {
    /// Makes the booth in the address the stop and gives it the focus; the first one where there is none.
    pub(super) fn begin(map: NodeRef<Svg>, placements: &Placements) -> Self {
        let attention: Attention = expect_context();
        let first = placements.first().map(|(number, _)| *number);
        let roving = Self { map, stop: StoredValue::new(first) };
        Effect::new(move |begun: Option<bool>| {
            let Some(svg) = map.get().filter(|_| begun != Some(true)) else { return begun.unwrap_or_default() };
            let chosen = attention.chosen.get_untracked().filter(|number| roving.find(*number).is_some());
            roving.leave_order(&svg);
            roving.move_to(chosen.or(first));
            if let Some(number) = chosen {
                roving.focus(number);
            }
            true
        });
        roving
    }

    /// The Tab key stops at this booth from now on.
    pub(super) fn move_to(self, number: impl Into<Option<BoothNumber>>) {
        let Some(number) = number.into() else { return };
        let before = self.stop.try_update_value(|stop| stop.replace(number)).flatten();
        if let Some(element) = before.filter(|before| *before != number).and_then(|before| self.find(before)) {
            // Setting a plain attribute cannot fail.
            drop(element.set_attribute("tabindex", OUT_OF_ORDER));
        }
        if let Some(element) = self.find(number) {
            drop(element.remove_attribute("tabindex"));
        }
    }

    /// Gives a booth the focus.
    pub(super) fn focus(self, number: BoothNumber) {
        if let Some(booth) = self.find(number).and_then(|booth| booth.dyn_into::<SvgElement>().ok()) {
            // An element that cannot take the focus leaves it where it is.
            drop(booth.focus());
        }
    }

    fn leave_order(self, svg: &Element) {
        let booths = svg.query_selector(".booths").ok().flatten();
        let each = |parent: &Element| successors(parent.first_element_child(), Element::next_element_sibling);
        for booth in booths.iter().flat_map(each).flat_map(|tile| each(&tile)) {
            drop(booth.set_attribute("tabindex", OUT_OF_ORDER));
        }
    }

    fn find(self, number: BoothNumber) -> Option<Element> {
        self.map.get_untracked()?.query_selector(&format!("[data-booth='{number}']")).ok().flatten()
    }
}
