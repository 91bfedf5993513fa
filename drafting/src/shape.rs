//! The outline of a booth.

use crate::bounds::{Axis, Bounds};
use domain::{Placement, PlanPoint};
use serde::{Deserialize, Serialize};

/// What a booth looks like on the plan, in its units.
///
/// All numbers of a layout are multiples of 0.01, rounded once when they are made. Undoing puts back what was kept, so it is
/// exact; and what is written as decimal and read again is the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A rectangle, turned about its middle.
    Rectangle(Placement),
    /// The corners, in order; the last one is joined to the first.
    Polygon(Vec<PlanPoint>),
}

impl Shape {
    /// No booth is thinner than this, in plan units: 20 cm.
    pub const SIZE_MIN: f64 = 10.0;
    /// Nor longer.
    pub const SIZE_MAX: f64 = 10_000.0;
    /// Nothing is further from the origin.
    pub const PLACE_MAX: f64 = 100_000.0;
    /// A polygon has this many corners at the least and at the most.
    pub const CORNERS: std::ops::RangeInclusive<usize> = 3..=64;

    /// An upright rectangle.
    #[must_use]
    pub fn upright(bounds: Bounds) -> Self {
        let (width, height) = (bounds.length(Axis::X), bounds.length(Axis::Y));
        Self::Rectangle(Placement { x: bounds.left, y: bounds.top, width, height, rotation_deg: 0.0 }).rounded()
    }

    /// Its corners, clockwise from the upper left one of a rectangle.
    #[must_use]
    pub fn corners(&self) -> Vec<PlanPoint> {
        match self {
            Self::Polygon(corners) => corners.clone(),
            Self::Rectangle(Placement { x, y, width, height, rotation_deg }) => {
                let middle = self.middle();
                let corners = [(*x, *y), (x + width, *y), (x + width, y + height), (*x, y + height)];
                corners.map(|(x, y)| turned(PlanPoint { x, y }, middle, *rotation_deg)).to_vec()
            }
        }
    }

    /// The upright rectangle around it.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        Bounds::around(self.corners()).unwrap_or(Bounds { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 })
    }

    /// What it is turned about.
    #[must_use]
    pub fn middle(&self) -> PlanPoint {
        match self {
            Self::Rectangle(Placement { x, y, width, height, .. }) => {
                PlanPoint { x: x + width / 2.0, y: y + height / 2.0 }
            }
            Self::Polygon(_) => self.bounds().middle(),
        }
    }

    /// Width and height: of a rectangle before it is turned, of a polygon those of its bounds.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        match self {
            Self::Rectangle(Placement { width, height, .. }) => (*width, *height),
            Self::Polygon(_) => {
                let bounds = self.bounds();
                (bounds.length(Axis::X), bounds.length(Axis::Y))
            }
        }
    }

    /// Whether the point is inside.
    #[must_use]
    pub fn contains(&self, point: PlanPoint) -> bool {
        let corners = self.corners();
        let ends = corners.iter().cycle().skip(1);
        let crossed = corners.iter().zip(ends).filter(|(a, b)| {
            (a.y > point.y) != (b.y > point.y) && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
        });
        crossed.count() % 2 == 1
    }

    /// Moved.
    #[must_use]
    pub fn moved(&self, by: PlanPoint) -> Self {
        match self {
            Self::Rectangle(placement) => {
                Self::Rectangle(Placement { x: placement.x + by.x, y: placement.y + by.y, ..*placement })
            }
            Self::Polygon(corners) => Self::Polygon(corners.iter().map(|corner| corner.plus(by)).collect()),
        }
        .rounded()
    }

    /// Turned clockwise about a point.
    #[must_use]
    pub fn turned(&self, about: PlanPoint, degrees: f64) -> Self {
        match self {
            Self::Rectangle(placement) => {
                let by = turned(self.middle(), about, degrees).minus(self.middle());
                let rotation_deg = placement.rotation_deg + degrees;
                Self::Rectangle(Placement { rotation_deg, ..*placement }).moved(by)
            }
            Self::Polygon(corners) => {
                Self::Polygon(corners.iter().map(|corner| turned(*corner, about, degrees)).collect()).rounded()
            }
        }
    }

    /// Scaled about a point. A rectangle stays one, so one that is turned is scaled along its own sides.
    #[must_use]
    pub fn scaled(&self, about: PlanPoint, factor_x: f64, factor_y: f64) -> Self {
        let place = |point: PlanPoint| {
            let way = point.minus(about);
            about.plus(PlanPoint { x: way.x * factor_x, y: way.y * factor_y })
        };
        match self {
            Self::Polygon(corners) => Self::Polygon(corners.iter().map(|corner| place(*corner)).collect()).rounded(),
            Self::Rectangle(placement) => {
                let (sin, cos) = placement.rotation_deg.to_radians().sin_cos();
                let width = placement.width * (factor_x * cos).hypot(factor_y * sin);
                let height = placement.height * (factor_x * sin).hypot(factor_y * cos);
                Self::around(place(self.middle()), (width, height), placement.rotation_deg)
            }
        }
    }

    /// A rectangle about its middle.
    #[must_use]
    pub fn around(middle: PlanPoint, (width, height): (f64, f64), rotation_deg: f64) -> Self {
        let [width, height] = [width, height].map(|length| rounded(length.clamp(Self::SIZE_MIN, Self::SIZE_MAX)));
        let (x, y) = (middle.x - width / 2.0, middle.y - height / 2.0);
        Self::Rectangle(Placement { x, y, width, height, rotation_deg }).rounded()
    }

    /// Made so large, with its first corner where it is.
    #[must_use]
    pub fn sized(&self, (width, height): (f64, f64)) -> Self {
        let [width, height] = [width, height].map(|length| length.clamp(Self::SIZE_MIN, Self::SIZE_MAX));
        match self {
            Self::Rectangle(Placement { rotation_deg, .. }) => {
                let first = |shape: &Self| shape.corners().first().copied().unwrap_or_else(|| shape.middle());
                let sized = Self::around(self.middle(), (width, height), *rotation_deg);
                sized.moved(first(self).minus(first(&sized)))
            }
            Self::Polygon(_) => {
                let bounds = self.bounds();
                let corner = PlanPoint { x: bounds.left, y: bounds.top };
                let factor = |wanted: f64, length: f64| if length > 0.0 { wanted / length } else { 1.0 };
                let factors = (factor(width, bounds.length(Axis::X)), factor(height, bounds.length(Axis::Y)));
                self.scaled(corner, factors.0, factors.1)
            }
        }
    }

    /// Whether it has the sizes and places that a booth may have.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        let corners = match self {
            Self::Rectangle(Placement { x, y, width, height, rotation_deg }) => {
                if !rotation_deg.is_finite() || !is_place(*x) || !is_place(*y) || !is_size(*width) || !is_size(*height)
                {
                    return false;
                }
                return true;
            }
            Self::Polygon(corners) => corners,
        };
        let (width, height) = self.size();
        Self::CORNERS.contains(&corners.len())
            && corners.iter().all(|corner| is_place(corner.x) && is_place(corner.y))
            && is_size(width)
            && is_size(height)
    }

    pub(crate) fn rounded(mut self) -> Self {
        match &mut self {
            Self::Rectangle(placement) => {
                placement.x = rounded(placement.x);
                placement.y = rounded(placement.y);
                placement.width = rounded(placement.width);
                placement.height = rounded(placement.height);
                placement.rotation_deg = rounded(placement.rotation_deg.rem_euclid(360.0)) % 360.0;
            }
            Self::Polygon(corners) => corners.iter_mut().for_each(|corner| *corner = rounded_point(*corner)),
        }
        self
    }
}

fn is_place(place: f64) -> bool {
    place.abs() <= Shape::PLACE_MAX
}

fn is_size(size: f64) -> bool {
    // What is scaled to the smallest size may be rounded below it.
    (Shape::SIZE_MIN - 0.05..=Shape::SIZE_MAX + 0.05).contains(&size)
}

/// To the next hundredth, within the plane; zero is never negative.
pub(crate) fn rounded(length: f64) -> f64 {
    let hundredths = (length.clamp(-Shape::PLACE_MAX, Shape::PLACE_MAX) * 100.0).round() / 100.0;
    if hundredths.is_nan() { 0.0 } else { hundredths + 0.0 }
}

pub(crate) fn rounded_point(point: PlanPoint) -> PlanPoint {
    PlanPoint { x: rounded(point.x), y: rounded(point.y) }
}

/// A point turned clockwise about another one. Quarters of a turn are exact.
pub(crate) fn turned(point: PlanPoint, about: PlanPoint, degrees: f64) -> PlanPoint {
    let (sin, cos) = match degrees.rem_euclid(360.0) {
        0.0 => return point,
        90.0 => (1.0, 0.0),
        180.0 => (0.0, -1.0),
        270.0 => (-1.0, 0.0),
        degrees => degrees.to_radians().sin_cos(),
    };
    let way = point.minus(about);
    about.plus(PlanPoint { x: way.x * cos - way.y * sin, y: way.x * sin + way.y * cos })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rectangle(x: f64, y: f64, width: f64, height: f64, rotation_deg: f64) -> Shape {
        Shape::Rectangle(Placement { x, y, width, height, rotation_deg })
    }

    #[test]
    fn turning_there_and_back() {
        let about = PlanPoint { x: 3.0, y: 4.0 };
        for degrees in [90.0, -90.0, 180.0, 45.0, 359.0] {
            let shape = rectangle(10.0, 20.0, 100.0, 50.0, 0.0);
            let back = shape.turned(about, degrees).turned(about, -degrees);
            // Each turn rounds once; quarters are exact.
            let off = shape.middle().distance(back.middle());
            assert!(off < if degrees % 90.0 == 0.0 { 1e-9 } else { 0.02 }, "{degrees}: {back:?}");
            assert_eq!(back.size(), shape.size());
        }
        let quarter = rectangle(0.0, 0.0, 100.0, 50.0, 90.0).bounds();
        assert_eq!(quarter, Bounds { left: 25.0, top: -25.0, right: 75.0, bottom: 75.0 });
    }

    #[test]
    fn a_size_keeps_the_first_corner() {
        for degrees in [0.0, 30.0, 90.0, 200.0] {
            let shape = rectangle(10.0, 20.0, 100.0, 50.0, degrees);
            let sized = shape.sized((140.0, 20.0));
            assert_eq!(sized.size(), (140.0, 20.0));
            assert!(shape.corners()[0].distance(sized.corners()[0]) < 0.02, "{degrees}: {sized:?}");
        }
    }

    #[test]
    fn what_is_inside() {
        let at = |x, y| PlanPoint { x, y };
        let corner =
            Shape::Polygon(vec![at(0., 0.), at(90., 0.), at(90., 30.), at(30., 30.), at(30., 90.), at(0., 90.)]);
        assert!(corner.contains(at(10.0, 80.0)) && corner.contains(at(80.0, 10.0)));
        assert!(!corner.contains(at(80.0, 80.0)) && !corner.contains(at(-1.0, 10.0)));
        let turned = rectangle(0.0, 0.0, 100.0, 20.0, 90.0);
        assert!(turned.contains(at(50.0, 50.0)) && !turned.contains(at(5.0, 10.0)));
    }

    #[test]
    fn numbers_are_hundredths() {
        assert_eq!(rounded(1.006).to_string(), "1.01");
        assert_eq!(rounded(-0.001).to_bits(), 0.0_f64.to_bits());
        assert_eq!(rounded(f64::NAN).to_bits(), 0.0_f64.to_bits());
        assert_eq!(rounded(f64::INFINITY), Shape::PLACE_MAX);
    }
}
