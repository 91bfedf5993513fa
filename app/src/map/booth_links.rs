//! What happens on the booths, heard by the map for all of them.

use super::gesture::Gesture;
use super::moving::Map;
use super::roving::Roving;
use crate::attention::Attention;
use crate::booth_list::use_list_query;
use crate::navigation::{NavigateOptions, has_modifier, use_navigate};
use domain::{BoothNumber, FloorNumber};
use leptos::ev::{FocusEvent, MouseEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// Hovering, focusing and choosing booths.
#[derive(Clone, Copy)]
pub(super) struct BoothLinks {
    floor: FloorNumber,
    map: Map,
    gesture: RwSignal<Gesture>,
    roving: Roving,
    attention: Attention,
    hovered: StoredValue<Option<BoothNumber>>,
    /// The booth that has the focus by keyboard.
    pub(super) focused: RwSignal<Option<BoothNumber>>,
}

impl BoothLinks {
    pub(super) fn new(floor: FloorNumber, map: Map, gesture: RwSignal<Gesture>, roving: Roving) -> Self {
        let (hovered, focused) = (StoredValue::new(None), RwSignal::new(None));
        Self { floor, map, gesture, roving, attention: expect_context(), hovered, focused }
    }

    /// The pointer comes over something: a booth, or what is between them.
    pub(super) fn point_at(self, event: &PointerEvent) {
        // A finger that is down does not point yet: it may be about to move the plan.
        if event.pointer_type() == "touch" {
            return;
        }
        let number = booth_of(event).map(|(number, _)| number);
        if number != self.hovered.get_value() {
            self.leave();
            self.hovered.set_value(number);
            if let Some(number) = number {
                self.attention.point_at(number);
            }
        }
    }

    /// The pointer is over no booth any more.
    pub(super) fn leave(self) {
        if let Some(number) = self.hovered.try_update_value(Option::take).flatten() {
            self.attention.leave(number);
        }
    }

    pub(super) fn focus(self, event: &FocusEvent) {
        let Some((number, element)) = booth_of(event) else { return };
        self.roving.move_to(number);
        // A click or a tap gives the focus too; what it chose is in the address then.
        if element.matches(":focus-visible").unwrap_or(true) {
            self.attention.point_at(number);
            self.focused.set(Some(number));
            self.map.bring_into_sight(&element);
        }
    }

    pub(super) fn blur(self) {
        if let Some(number) = self.focused.get_untracked() {
            self.focused.set(None);
            self.attention.leave(number);
        }
    }

    /// Goes to the booth without a new page, and leaves the list as it is. The router does this for links of HTML, not for
    /// those of SVG.
    pub(super) fn follow(self) -> impl Fn(MouseEvent) {
        let (navigate, list) = (use_navigate(), use_list_query());
        move |event| {
            // A browser counts the presses of a button in `detail`; a key is none.
            let by_keyboard = event.detail() == 0;
            if self.gesture.try_update(|gesture| gesture.swallows_click(by_keyboard)).unwrap_or_default() {
                event.prevent_default();
                return;
            }
            let Some((number, _)) = booth_of(&event) else { return };
            if has_modifier(&event) {
                return;
            }
            event.prevent_default();
            // The second of two clicks is no second step in the history.
            if self.attention.chosen.get_untracked() != Some(number) {
                let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
                let href = list.with_untracked(|list| list.href(self.floor, Some(number)));
                navigate(&href, options);
            }
        }
    }
}

/// The booth that an event has happened on, with its link.
pub(super) fn booth_of(event: &Event) -> Option<(BoothNumber, Element)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let element = target.closest("[data-booth]").ok()??;
    let number = element.get_attribute("data-booth")?.parse().ok()?;
    Some((number, element))
}
