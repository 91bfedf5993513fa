//! Who has the pointers: one works on the plan, or moves the view; two fingers move and zoom it.

use crate::geometry::Point;

/// A pointer that is down, by the browser's number for it, and where it is on the canvas in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Finger {
    pub(super) id: i32,
    pub(super) at: Point,
}

/// What the pointers are doing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Hand {
    /// None is down.
    Free,
    /// One draws, selects, drags: the editor's business.
    Works(Finger),
    /// One moves the view.
    Pans(Finger),
    /// Two move and zoom the view.
    Pinches([Finger; 2]),
    /// One of two is left, and does nothing until it goes, too.
    Rests(i32),
}

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Act {
    Nothing,
    Down,
    Move,
    Up,
    /// What was begun is as if it had not been.
    Cancel,
    Pan(Point),
    /// What was at `from` comes to `to`, larger by `factor`.
    Pinch {
        from: Point,
        to: Point,
        factor: f64,
    },
}

/// Fingers that meet would make the plan infinitely large when they part.
const APART_MIN_PX: f64 = 24.0;

impl Hand {
    /// A pointer comes down; `pans` when it is one that moves the view.
    pub(super) fn down(self, finger: Finger, pans: bool) -> (Self, Act) {
        match self {
            Self::Free if pans => (Self::Pans(finger), Act::Nothing),
            Self::Free => (Self::Works(finger), Act::Down),
            Self::Works(first) if first.id != finger.id => (Self::Pinches([first, finger]), Act::Cancel),
            Self::Pans(first) if first.id != finger.id => (Self::Pinches([first, finger]), Act::Nothing),
            _ => (self, Act::Nothing),
        }
    }

    pub(super) fn moved(self, finger: Finger) -> (Self, Act) {
        match self {
            Self::Free => (self, Act::Move),
            Self::Works(first) if first.id == finger.id => (Self::Works(finger), Act::Move),
            Self::Pans(first) if first.id == finger.id => (Self::Pans(finger), Act::Pan(between(first.at, finger.at))),
            Self::Pinches(before) => {
                let after = before.map(|known| if known.id == finger.id { finger } else { known });
                let [from, to] = [before, after].map(|[a, b]| middle(a.at, b.at));
                let [apart, now_apart] = [before, after].map(|[a, b]| distance(a.at, b.at).max(APART_MIN_PX));
                (Self::Pinches(after), Act::Pinch { from, to, factor: now_apart / apart })
            }
            _ => (self, Act::Nothing),
        }
    }

    /// A pointer goes up, or is lost.
    pub(super) fn up(self, id: i32, is_lost: bool) -> (Self, Act) {
        match self {
            Self::Works(finger) if finger.id == id => (Self::Free, if is_lost { Act::Cancel } else { Act::Up }),
            Self::Pans(finger) if finger.id == id => (Self::Free, Act::Nothing),
            Self::Pinches([a, b]) if a.id == id || b.id == id => {
                (Self::Rests(if a.id == id { b.id } else { a.id }), Act::Nothing)
            }
            Self::Rests(last) if last == id => (Self::Free, Act::Nothing),
            _ => (self, Act::Nothing),
        }
    }
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
mod tests {
    use super::*;

    fn finger(id: i32, x: f64, y: f64) -> Finger {
        Finger { id, at: Point { x, y } }
    }

    #[test]
    fn one_pointer_works() {
        let (hand, act) = Hand::Free.down(finger(1, 0.0, 0.0), false);
        assert_eq!(act, Act::Down);
        let (hand, act) = hand.moved(finger(1, 5.0, 0.0));
        assert_eq!(act, Act::Move);
        assert_eq!(hand.up(1, false), (Hand::Free, Act::Up));
        assert_eq!(hand.up(1, true), (Hand::Free, Act::Cancel));
        assert_eq!(hand.up(9, false).1, Act::Nothing, "another one");
    }

    #[test]
    fn a_second_finger_takes_back_what_the_first_has_begun() {
        let (hand, _) = Hand::Free.down(finger(1, 0.0, 0.0), false);
        let (hand, act) = hand.down(finger(2, 100.0, 0.0), false);
        assert_eq!(act, Act::Cancel);
        let (hand, act) = hand.moved(finger(2, 200.0, 0.0));
        let (from, to) = (Point { x: 50.0, y: 0.0 }, Point { x: 100.0, y: 0.0 });
        assert_eq!(act, Act::Pinch { from, to, factor: 2.0 });
        let (hand, act) = hand.up(1, false);
        assert_eq!((hand, act), (Hand::Rests(2), Act::Nothing));
        assert_eq!(hand.moved(finger(2, 0.0, 0.0)).1, Act::Nothing);
        assert_eq!(hand.up(2, false).0, Hand::Free);
    }

    #[test]
    fn the_view_is_moved() {
        let (hand, act) = Hand::Free.down(finger(1, 10.0, 10.0), true);
        assert_eq!(act, Act::Nothing);
        assert_eq!(hand.moved(finger(1, 13.0, 6.0)).1, Act::Pan(Point { x: 3.0, y: -4.0 }));
    }
}
