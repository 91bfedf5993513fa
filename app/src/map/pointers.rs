//! Pointers on the map: what the browser says of them becomes [`Input`], and an [`Act`] moves the view.

use super::gesture::{Act, Finger, Gesture, Input};
use super::moving::{Map, screen_point};
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use web_sys::Event;

/// In [`PointerEvent::buttons`].
const PRIMARY_BUTTON: u16 = 1;
const DOUBLE_TAP_ZOOM: f64 = 2.0;

#[derive(Clone, Copy)]
pub(super) struct Pointers {
    pub(super) map: Map,
    pub(super) gesture: RwSignal<Gesture>,
}

impl Pointers {
    /// The primary button or a finger goes down.
    pub(super) fn down(self, event: &PointerEvent) {
        if event.button() == 0 {
            self.feel(Input::Down { finger: finger(event), now_ms: event.time_stamp() }, event);
        }
    }

    pub(super) fn moved(self, event: &PointerEvent) {
        // Hovering wakes nothing.
        if matches!(self.gesture.get_untracked(), Gesture::Idle | Gesture::Dragged | Gesture::Tapped { .. }) {
            return;
        }
        if event.buttons() & PRIMARY_BUTTON == 0 {
            // Let go where the map did not see it.
            self.cancel(event);
        } else {
            self.feel(Input::Move { finger: finger(event) }, event);
        }
    }

    pub(super) fn up(self, event: &PointerEvent) {
        self.feel(Input::Up { id: event.pointer_id(), now_ms: event.time_stamp() }, event);
    }

    pub(super) fn cancel(self, event: &PointerEvent) {
        self.feel(Input::Cancel { id: event.pointer_id() }, event);
    }

    /// What has begun with two fingers stays the map's when one of them is lifted. The browser has decided what a finger
    /// may scroll when the first came down, on a plan that was fitted then.
    pub(super) fn keep_from_page(self, event: &Event) {
        let is_closer = self.map.view.get_untracked().scale > 1.0;
        match self.gesture.get_untracked() {
            Gesture::Pinching { .. } => event.prevent_default(),
            Gesture::Dragging { .. } if is_closer => event.prevent_default(),
            _ => {}
        }
    }

    fn feel(self, input: Input, event: &PointerEvent) {
        let before = self.gesture.get_untracked();
        let (after, act) = before.next(input);
        if matches!((before, after), (Gesture::Pressed { .. }, Gesture::Dragging { .. })) {
            self.capture(event);
        }
        if after != before {
            self.gesture.set(after);
        }
        self.act(act, event);
    }

    fn act(self, act: Act, event: &PointerEvent) {
        match act {
            Act::Nothing => {}
            Act::Pan(by) => {
                // A finger on the whole plan scrolls the page; it moves the plan once there is more of it than is seen.
                if event.pointer_type() != "touch" || self.map.view.get_untracked().scale > 1.0 {
                    self.map.pan(by);
                }
            }
            Act::Pinch { from, to, factor } => self.map.pinch(from, to, factor),
            Act::DoubleTap(at) => {
                let factor = if event.shift_key() { 1.0 / DOUBLE_TAP_ZOOM } else { DOUBLE_TAP_ZOOM };
                self.map.zoom_at(factor, at);
            }
            Act::TwoFingerTap(at) => self.map.zoom_at(1.0 / DOUBLE_TAP_ZOOM, at),
        }
    }

    /// Only when a drag begins: a captured pointer would take the click away from the booth that it is on.
    fn capture(self, event: &PointerEvent) {
        if let Some(svg) = self.map.element.get_untracked() {
            // Fails when the pointer is gone already; the gesture then ends at the edge of the map.
            drop(svg.set_pointer_capture(event.pointer_id()));
        }
    }
}

fn finger(event: &PointerEvent) -> Finger {
    Finger { id: event.pointer_id(), at: screen_point(event) }
}
