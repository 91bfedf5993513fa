//! Upright rectangles around things, and the two axes.

use domain::{PlanPoint, ViewBox};

/// Left to right, or top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Left to right.
    X,
    /// Top to bottom.
    Y,
}

impl Axis {
    /// Both.
    pub const ALL: [Self; 2] = [Self::X, Self::Y];

    /// The point's place along this axis.
    #[must_use]
    pub fn of(self, point: PlanPoint) -> f64 {
        match self {
            Self::X => point.x,
            Self::Y => point.y,
        }
    }

    /// A way of this length along this axis.
    #[must_use]
    pub fn way(self, length: f64) -> PlanPoint {
        match self {
            Self::X => PlanPoint { x: length, y: 0.0 },
            Self::Y => PlanPoint { x: 0.0, y: length },
        }
    }

    /// The other one.
    #[must_use]
    pub const fn crossing(self) -> Self {
        match self {
            Self::X => Self::Y,
            Self::Y => Self::X,
        }
    }
}

/// An upright rectangle, in plan units, y downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Bounds {
    /// The rectangle between two opposite corners, whichever they are.
    #[must_use]
    pub fn between(a: PlanPoint, b: PlanPoint) -> Self {
        Self { left: a.x.min(b.x), top: a.y.min(b.y), right: a.x.max(b.x), bottom: a.y.max(b.y) }
    }

    /// The smallest one around all points; none of no points.
    #[must_use]
    pub fn around(points: impl IntoIterator<Item = PlanPoint>) -> Option<Self> {
        points.into_iter().map(|point| Self::between(point, point)).reduce(Self::joined)
    }

    /// The whole plan.
    #[must_use]
    pub fn of_plan(view_box: ViewBox) -> Self {
        let ViewBox { x, y, width, height } = view_box;
        Self { left: x, top: y, right: x + width, bottom: y + height }
    }

    /// The smallest one around both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Moved.
    #[must_use]
    pub fn moved(self, by: PlanPoint) -> Self {
        Self { left: self.left + by.x, top: self.top + by.y, right: self.right + by.x, bottom: self.bottom + by.y }
    }

    /// Where it begins and ends along an axis.
    #[must_use]
    pub const fn span(self, axis: Axis) -> (f64, f64) {
        match axis {
            Axis::X => (self.left, self.right),
            Axis::Y => (self.top, self.bottom),
        }
    }

    /// How long it is along an axis.
    #[must_use]
    pub fn length(self, axis: Axis) -> f64 {
        let (start, end) = self.span(axis);
        end - start
    }

    /// Its middle.
    #[must_use]
    pub fn middle(self) -> PlanPoint {
        PlanPoint { x: f64::midpoint(self.left, self.right), y: f64::midpoint(self.top, self.bottom) }
    }

    /// Whether nothing of `inner` is outside.
    #[must_use]
    pub fn encloses(self, inner: Self) -> bool {
        self.left <= inner.left && self.top <= inner.top && self.right >= inner.right && self.bottom >= inner.bottom
    }

    /// Whether the two share more than an edge.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        Axis::ALL.into_iter().all(|axis| self.overlaps_along(other, axis))
    }

    /// Whether the two share more than a point along this axis.
    #[must_use]
    pub fn overlaps_along(self, other: Self, axis: Axis) -> bool {
        let ((start, end), (other_start, other_end)) = (self.span(axis), other.span(axis));
        start < other_end && other_start < end
    }
}
