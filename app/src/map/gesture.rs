//! Dragging the plan with one pointer.

use super::screen_point;
use crate::geometry::Point;
use leptos::ev::PointerEvent;

/// A hand that trembles less than this, in CSS pixels, meant to click.
const CLICK_MAX_PX: f64 = 4.0;
/// In [`PointerEvent::buttons`].
const PRIMARY_BUTTON: u16 = 1;

/// What the pointer is doing on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Gesture {
    /// Nothing, or hovering.
    Idle,
    /// Held down where it started.
    Pressed { start: Point },
    /// Dragging the plan.
    Dragging { last: Point },
    /// Let go after a drag: the click that the browser sends now is none.
    Dragged,
}

impl Gesture {
    /// The primary button or finger goes down.
    pub(super) fn pressed(&mut self, event: &PointerEvent) {
        if event.is_primary() && event.button() == 0 {
            *self = Self::Pressed { start: screen_point(event) };
        }
    }

    /// The pointer moves; returns by how much the plan follows, in CSS pixels.
    pub(super) fn moved(&mut self, event: &PointerEvent) -> Option<Point> {
        if event.buttons() & PRIMARY_BUTTON == 0 {
            // Let go where the map did not see it.
            self.released();
        }
        self.moved_to(screen_point(event))
    }

    fn moved_to(&mut self, to: Point) -> Option<Point> {
        let from = match *self {
            Self::Pressed { start } if (to.x - start.x).hypot(to.y - start.y) > CLICK_MAX_PX => start,
            Self::Dragging { last } => last,
            Self::Pressed { .. } | Self::Idle | Self::Dragged => return None,
        };
        *self = Self::Dragging { last: to };
        Some(Point { x: to.x - from.x, y: to.y - from.y })
    }

    /// The pointer goes up or is lost.
    pub(super) fn released(&mut self) {
        *self = match *self {
            Self::Dragging { .. } | Self::Dragged => Self::Dragged,
            Self::Idle | Self::Pressed { .. } => Self::Idle,
        };
    }

    pub(super) const fn is_dragging(self) -> bool {
        matches!(self, Self::Dragging { .. })
    }

    /// A click comes. True when it is only the end of a drag; the next one is a click again. A click by keyboard never
    /// ends a drag.
    pub(super) fn swallows_click(&mut self, by_keyboard: bool) -> bool {
        !by_keyboard && matches!(std::mem::replace(self, Self::Idle), Self::Dragging { .. } | Self::Dragged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    #[test]
    fn a_trembling_click_is_no_drag() {
        let mut gesture = Gesture::Pressed { start: at(10.0, 10.0) };
        assert_eq!(gesture.moved_to(at(12.0, 12.0)), None);
        gesture.released();
        assert!(!gesture.swallows_click(false));
    }

    #[test]
    fn a_drag_moves_by_what_the_pointer_moves() {
        let mut gesture = Gesture::Pressed { start: at(10.0, 10.0) };
        assert_eq!(gesture.moved_to(at(20.0, 10.0)), Some(at(10.0, 0.0)));
        assert_eq!(gesture.moved_to(at(20.0, 13.0)), Some(at(0.0, 3.0)));
        gesture.released();
        assert_eq!(gesture.moved_to(at(50.0, 50.0)), None);
        gesture.released();
        assert!(!gesture.swallows_click(true), "Enter is no end of a drag");
        assert!(gesture.swallows_click(false));
        assert!(!gesture.swallows_click(false), "only one click ends a drag");
    }
}
