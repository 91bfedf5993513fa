//! The frame around what is selected, and its handles.

use crate::bounds::Bounds;
use crate::shape::{Shape, turned};
use domain::{Placement, PlanPoint};

/// A corner or a side to pull at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Handle {
    /// Upper left corner.
    TopLeft,
    /// Upper side.
    Top,
    /// Upper right corner.
    TopRight,
    /// Right side.
    Right,
    /// Lower right corner.
    BottomRight,
    /// Lower side.
    Bottom,
    /// Lower left corner.
    BottomLeft,
    /// Left side.
    Left,
}

impl Handle {
    /// All, corners first: where handles lie on each other, corners are what is meant.
    pub const ALL: [Self; 8] = [
        Self::BottomRight,
        Self::TopLeft,
        Self::TopRight,
        Self::BottomLeft,
        Self::Right,
        Self::Bottom,
        Self::Left,
        Self::Top,
    ];

    /// To which side it is of the middle, along x and y of the frame: -1, 0 or 1.
    #[must_use]
    pub const fn direction(self) -> (f64, f64) {
        match self {
            Self::TopLeft => (-1.0, -1.0),
            Self::Top => (0.0, -1.0),
            Self::TopRight => (1.0, -1.0),
            Self::Right => (1.0, 0.0),
            Self::BottomRight => (1.0, 1.0),
            Self::Bottom => (0.0, 1.0),
            Self::BottomLeft => (-1.0, 1.0),
            Self::Left => (-1.0, 0.0),
        }
    }
}

/// A rectangle about its middle, maybe turned: that of one selected rectangle, or the upright one around everything else.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Its middle.
    pub middle: PlanPoint,
    /// Width before it is turned.
    pub width: f64,
    /// Height before it is turned.
    pub height: f64,
    /// Clockwise.
    pub rotation_deg: f64,
}

impl Frame {
    /// Around these shapes; none around nothing.
    #[must_use]
    pub fn around(shapes: &[&Shape]) -> Option<Self> {
        if let [Shape::Rectangle(Placement { width, height, rotation_deg, .. })] = shapes {
            let middle = shapes[0].middle();
            return Some(Self { middle, width: *width, height: *height, rotation_deg: *rotation_deg });
        }
        let Bounds { left, top, right, bottom } = shapes.iter().map(|shape| shape.bounds()).reduce(Bounds::joined)?;
        let middle = PlanPoint { x: f64::midpoint(left, right), y: f64::midpoint(top, bottom) };
        Some(Self { middle, width: right - left, height: bottom - top, rotation_deg: 0.0 })
    }

    /// Where a handle is on the plan.
    #[must_use]
    pub fn place(self, handle: Handle) -> PlanPoint {
        let (x, y) = handle.direction();
        self.to_plan(PlanPoint { x: x * self.width / 2.0, y: y * self.height / 2.0 })
    }

    /// Where the handle to turn by is: beyond the upper side, so far away.
    #[must_use]
    pub fn turning_place(self, distance: f64) -> PlanPoint {
        self.to_plan(PlanPoint { x: 0.0, y: -self.height / 2.0 - distance })
    }

    fn to_plan(self, inner: PlanPoint) -> PlanPoint {
        turned(self.middle.plus(inner), self.middle, self.rotation_deg)
    }

    /// Along which axes of the plan a handle moves its sides; none of a frame that is turned by anything else than quarters.
    #[must_use]
    pub fn pulled_axes(self, handle: Handle) -> [bool; 2] {
        if self.rotation_deg % 90.0 != 0.0 {
            return [false; 2];
        }
        let (x, y) = handle.direction();
        let is_across = self.rotation_deg % 180.0 != 0.0;
        let axes = [x != 0.0, y != 0.0];
        if is_across { [axes[1], axes[0]] } else { axes }
    }

    /// Resized by pulling a handle to a point of the plan. The opposite corner or side stays where it is, also of a frame
    /// that is turned; it never gets smaller than `min`. With `keeps_ratio`, both sides grow by the same factor.
    #[must_use]
    pub fn resized(self, handle: Handle, to: PlanPoint, keeps_ratio: bool, min: (f64, f64)) -> Self {
        let (dir_x, dir_y) = handle.direction();
        let opposite = PlanPoint { x: -dir_x * self.width / 2.0, y: -dir_y * self.height / 2.0 };
        let anchor = self.to_plan(opposite);
        let pulled = turned(to, anchor, -self.rotation_deg).minus(anchor);
        let length = |dir: f64, pulled: f64, length: f64, min: f64| {
            if dir == 0.0 { length } else { (dir * pulled).max(min) }
        };
        let mut width = length(dir_x, pulled.x, self.width, min.0);
        let mut height = length(dir_y, pulled.y, self.height, min.1);
        if keeps_ratio {
            let factors = [width / self.width, height / self.height];
            let factor = match (dir_x != 0.0, dir_y != 0.0) {
                (true, false) => factors[0],
                (false, true) => factors[1],
                _ => factors[0].max(factors[1]),
            };
            let factor = factor.max(min.0 / self.width).max(min.1 / self.height);
            (width, height) = (self.width * factor, self.height * factor);
        }
        self.resized_to(handle, (width, height))
    }

    /// Resized to this width and height, with what is opposite to the handle where it is.
    #[must_use]
    pub fn resized_to(self, handle: Handle, (width, height): (f64, f64)) -> Self {
        let (dir_x, dir_y) = handle.direction();
        let grown = PlanPoint { x: dir_x * (width - self.width) / 2.0, y: dir_y * (height - self.height) / 2.0 };
        let middle = turned(self.middle.plus(grown), self.middle, self.rotation_deg);
        Self { middle, width, height, ..self }
    }

    /// The shape as it is when this frame around it has become another one.
    #[must_use]
    pub fn refit(self, into: Self, shape: &Shape, is_alone: bool) -> Shape {
        match shape {
            Shape::Rectangle(placement) if is_alone => {
                Shape::around(into.middle, (into.width, into.height), placement.rotation_deg)
            }
            _ => {
                let factor = |after: f64, before: f64| if before > 0.0 { after / before } else { 1.0 };
                let factors = (factor(into.width, self.width), factor(into.height, self.height));
                let scaled = shape.scaled(self.middle, factors.0, factors.1);
                scaled.moved(into.middle.minus(self.middle))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame =
        Frame { middle: PlanPoint { x: 50.0, y: 50.0 }, width: 100.0, height: 60.0, rotation_deg: 0.0 };

    fn opposite(handle: Handle) -> Handle {
        let (x, y) = handle.direction();
        Handle::ALL.into_iter().find(|other| other.direction() == (-x, -y)).expect("each has one")
    }

    #[test]
    fn the_opposite_side_stays() {
        for degrees in [0.0, 30.0, 90.0, 135.0, 270.0, 359.0] {
            let frame = Frame { rotation_deg: degrees, ..FRAME };
            for handle in Handle::ALL {
                for keeps_ratio in [false, true] {
                    for to in [PlanPoint { x: 300.0, y: 220.0 }, frame.middle, PlanPoint { x: -50.0, y: 1.0 }] {
                        let resized = frame.resized(handle, to, keeps_ratio, (10.0, 10.0));
                        let (was, is) = (frame.place(opposite(handle)), resized.place(opposite(handle)));
                        assert!(was.distance(is) < 1e-9, "{degrees} {handle:?} {to:?}: {was:?} {is:?}");
                        assert!(resized.width >= 10.0 - 1e-9 && resized.height >= 10.0 - 1e-9);
                    }
                }
            }
        }
    }

    #[test]
    fn the_handle_follows_the_pointer() {
        for degrees in [0.0, 30.0, 90.0, 210.0] {
            let frame = Frame { rotation_deg: degrees, ..FRAME };
            for handle in Handle::ALL {
                let (x, y) = handle.direction();
                let way = turned(PlanPoint { x: 7.0 * x, y: 5.0 * y }, PlanPoint { x: 0.0, y: 0.0 }, degrees);
                let to = frame.place(handle).plus(way);
                let resized = frame.resized(handle, to, false, (10.0, 10.0));
                assert!(resized.place(handle).distance(to) < 1e-9, "{degrees} {handle:?}");
            }
        }
    }

    #[test]
    fn the_ratio_is_kept() {
        for handle in Handle::ALL {
            let resized = FRAME.resized(handle, PlanPoint { x: 180.0, y: 170.0 }, true, (10.0, 10.0));
            assert!((resized.width / resized.height - 100.0 / 60.0).abs() < 1e-9, "{handle:?}");
        }
        let small = FRAME.resized(Handle::BottomRight, PlanPoint { x: 0.0, y: 0.0 }, true, (10.0, 30.0));
        assert_eq!((small.width, small.height), (50.0, 30.0));
    }
}
