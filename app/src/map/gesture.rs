//! What the pointers on the map mean: one of them drags the plan, two turn it larger or smaller, taps zoom.

use crate::geometry::Point;

/// A hand that trembles less than this, in CSS pixels, meant to click.
const CLICK_MAX_PX: f64 = 4.0;
/// Two fingers that come down together tremble more.
const STILL_MAX_PX: f64 = 10.0;
/// What is held for longer is no tap.
const TAP_MAX_MS: f64 = 300.0;
/// The second of two taps comes down this soon and this near.
const DOUBLE_TAP_MAX_MS: f64 = 300.0;
const DOUBLE_TAP_MAX_PX: f64 = 30.0;
/// Fingers that meet would turn the plan infinitely large when they part.
const PINCH_MIN_PX: f64 = 24.0;

/// A finger, pen or mouse button that is down, by the browser's number for it, and where it is in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Finger {
    pub(super) id: i32,
    pub(super) at: Point,
}

/// What a pointer does. Times are milliseconds of any steady clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Input {
    Down {
        finger: Finger,
        now_ms: f64,
    },
    Move {
        finger: Finger,
    },
    Up {
        id: i32,
        now_ms: f64,
    },
    /// The browser has taken it over, to scroll the page.
    Cancel {
        id: i32,
    },
}

/// What the plan does then. Points and lengths are CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Act {
    Nothing,
    Pan(Point),
    /// What was at `from` comes to `to`, larger by `factor`.
    Pinch {
        from: Point,
        to: Point,
        factor: f64,
    },
    DoubleTap(Point),
    TwoFingerTap(Point),
}

/// What the pointers are doing on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Gesture {
    /// Nothing, or hovering.
    Idle,
    /// Held down where it started; `is_second` of two taps, maybe.
    Pressed { finger: Finger, since_ms: f64, is_second: bool },
    /// Dragging the plan.
    Dragging { finger: Finger },
    /// Two fingers; they have been still since then, or have moved already.
    Pinching { fingers: [Finger; 2], still_since_ms: Option<f64> },
    /// Let go after a drag: the click that the browser sends now is none.
    Dragged,
    /// A tap; another one soon makes two.
    Tapped { at: Point, at_ms: f64 },
}

impl Gesture {
    /// What the pointers are doing after this, and what it does to the plan.
    pub(super) fn next(self, input: Input) -> (Self, Act) {
        match input {
            Input::Down { finger, now_ms } => (self.down(finger, now_ms), Act::Nothing),
            Input::Move { finger } => self.moved(finger),
            Input::Up { id, now_ms } => self.up(id, Some(now_ms)),
            Input::Cancel { id } => self.up(id, None),
        }
    }

    fn down(self, finger: Finger, now_ms: f64) -> Self {
        match self {
            Self::Pressed { finger: first, .. } | Self::Dragging { finger: first } if first.id != finger.id => {
                Self::Pinching { fingers: [first, finger], still_since_ms: Some(now_ms) }
            }
            // A third finger.
            Self::Pinching { .. } => self,
            Self::Tapped { at, at_ms } => {
                let is_second = now_ms - at_ms <= DOUBLE_TAP_MAX_MS && distance(at, finger.at) <= DOUBLE_TAP_MAX_PX;
                Self::Pressed { finger, since_ms: now_ms, is_second }
            }
            Self::Idle | Self::Dragged | Self::Pressed { .. } | Self::Dragging { .. } => {
                Self::Pressed { finger, since_ms: now_ms, is_second: false }
            }
        }
    }

    fn moved(self, finger: Finger) -> (Self, Act) {
        match self {
            Self::Pressed { finger: from, .. }
                if from.id == finger.id && distance(from.at, finger.at) > CLICK_MAX_PX =>
            {
                (Self::Dragging { finger }, Act::Pan(between(from.at, finger.at)))
            }
            Self::Dragging { finger: from } if from.id == finger.id => {
                (Self::Dragging { finger }, Act::Pan(between(from.at, finger.at)))
            }
            Self::Pinching { fingers, still_since_ms } => pinched(fingers, still_since_ms, finger),
            _ => (self, Act::Nothing),
        }
    }

    /// A pointer goes up, or is lost when there is no time.
    fn up(self, id: i32, now_ms: Option<f64>) -> (Self, Act) {
        match self {
            Self::Pressed { finger, since_ms, is_second } if finger.id == id => match now_ms {
                Some(_) if is_second => (Self::Idle, Act::DoubleTap(finger.at)),
                Some(at_ms) if at_ms - since_ms <= TAP_MAX_MS => (Self::Tapped { at: finger.at, at_ms }, Act::Nothing),
                _ => (Self::Idle, Act::Nothing),
            },
            Self::Dragging { finger } if finger.id == id => (Self::Dragged, Act::Nothing),
            Self::Pinching { fingers: [first, second], still_since_ms } if first.id == id || second.id == id => {
                let is_tap =
                    now_ms.zip(still_since_ms).is_some_and(|(now_ms, since_ms)| now_ms - since_ms <= TAP_MAX_MS);
                let act = if is_tap { Act::TwoFingerTap(middle(first.at, second.at)) } else { Act::Nothing };
                // The finger that stays goes on from where it is.
                (Self::Dragging { finger: if first.id == id { second } else { first } }, act)
            }
            _ => (self, Act::Nothing),
        }
    }

    pub(super) const fn is_dragging(self) -> bool {
        matches!(self, Self::Dragging { .. } | Self::Pinching { still_since_ms: None, .. })
    }

    /// A click comes. True when it is only the end of a drag; the next one is a click again. A click by keyboard never
    /// ends a drag.
    pub(super) fn swallows_click(&mut self, by_keyboard: bool) -> bool {
        let ends = !by_keyboard && matches!(self, Self::Dragging { .. } | Self::Pinching { .. } | Self::Dragged);
        if ends {
            *self = Self::Idle;
        }
        ends
    }
}

fn pinched(before: [Finger; 2], still_since_ms: Option<f64>, finger: Finger) -> (Gesture, Act) {
    let after = before.map(|known| if known.id == finger.id { finger } else { known });
    let moved_px = distance(before[0].at, after[0].at).max(distance(before[1].at, after[1].at));
    if still_since_ms.is_some() && moved_px <= STILL_MAX_PX {
        return (Gesture::Pinching { fingers: before, still_since_ms }, Act::Nothing);
    }
    let [from, to] = [before, after].map(|[first, second]| middle(first.at, second.at));
    let [apart_before, apart] = [before, after].map(|[first, second]| distance(first.at, second.at).max(PINCH_MIN_PX));
    let act = if moved_px > 0.0 { Act::Pinch { from, to, factor: apart / apart_before } } else { Act::Nothing };
    (Gesture::Pinching { fingers: after, still_since_ms: None }, act)
}

fn distance(from: Point, to: Point) -> f64 {
    (to.x - from.x).hypot(to.y - from.y)
}

fn between(from: Point, to: Point) -> Point {
    Point { x: to.x - from.x, y: to.y - from.y }
}

fn middle(a: Point, b: Point) -> Point {
    Point { x: f64::midpoint(a.x, b.x), y: f64::midpoint(a.y, b.y) }
}

#[cfg(test)]
#[path = "gesture_tests.rs"]
mod tests;
