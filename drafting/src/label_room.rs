//! Where a number can be written inside an outline.

use crate::bounds::{Axis, Bounds};
use crate::shape::Shape;
use domain::{Placement, PlanPoint};

/// The outline is looked at in so many cells along each side.
const CELLS: usize = 32;
/// The same, as a length is divided by it.
const CELLS_F: f64 = 32.0;

impl Shape {
    /// The upright rectangle inside the outline that has the most room for a label; of a rectangle, itself. Found on a grid, so up
    /// to a cell smaller than the largest.
    #[must_use]
    pub fn label_room(&self) -> Placement {
        let bounds = match self {
            Self::Rectangle(placement) => return *placement,
            Self::Polygon(_) => self.bounds(),
        };
        let mut heights = [0_usize; CELLS];
        let mut best = (0, bounds);
        for row in 0..CELLS {
            for (column, height) in heights.iter_mut().enumerate() {
                *height = if self.encloses_cell(bounds, column, row) { *height + 1 } else { 0 };
            }
            best =
                [best, largest_above(&heights, row, bounds)].into_iter().max_by_key(|(room, _)| *room).unwrap_or(best);
        }
        let found = if best.0 == 0 { bounds } else { best.1 };
        let (width, height) = (found.length(Axis::X), found.length(Axis::Y));
        Placement { x: found.left, y: found.top, width, height, rotation_deg: 0.0 }
    }

    fn encloses_cell(&self, bounds: Bounds, column: usize, row: usize) -> bool {
        // A little inside, since what lies on the edge is neither in nor out.
        let at = |across: f64, down: f64| corner_of(bounds, index(column) + across, index(row) + down);
        [(0.02, 0.02), (0.98, 0.02), (0.98, 0.98), (0.02, 0.98), (0.5, 0.5)]
            .iter()
            .all(|(x, y)| self.contains(at(*x, *y)))
    }
}

/// The roomiest rectangle that ends in this row, with its room: what is much wider or higher than the other way counts less.
fn largest_above(heights: &[usize; CELLS], row: usize, bounds: Bounds) -> (usize, Bounds) {
    let mut best = (0, bounds);
    for first in 0..CELLS {
        let mut height = usize::MAX;
        for (last, above) in heights.iter().enumerate().skip(first) {
            height = height.min(*above);
            let width = last + 1 - first;
            let room = width.min(height * 2) * height.min(width * 2);
            if room > best.0 {
                let from = corner_of(bounds, index(first), index(row + 1 - height));
                best = (room, Bounds::between(from, corner_of(bounds, index(last + 1), index(row + 1))));
            }
        }
    }
    best
}

#[allow(clippy::cast_precision_loss)]
fn index(cell: usize) -> f64 {
    cell as f64
}

fn corner_of(bounds: Bounds, column: f64, row: f64) -> PlanPoint {
    PlanPoint {
        x: bounds.left + bounds.length(Axis::X) * column / CELLS_F,
        y: bounds.top + bounds.length(Axis::Y) * row / CELLS_F,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polygon(corners: &[(f64, f64)]) -> Shape {
        Shape::Polygon(corners.iter().map(|(x, y)| PlanPoint { x: *x, y: *y }).collect())
    }

    #[test]
    fn labels_stand_inside() {
        let cases: [&[(f64, f64)]; 4] = [
            // An L, whose middle is in its notch's corner.
            &[(0.0, 0.0), (120.0, 0.0), (120.0, 50.0), (50.0, 50.0), (50.0, 110.0), (0.0, 110.0)],
            // A U: the middle of its bounds is outside.
            &[
                (0.0, 0.0),
                (40.0, 0.0),
                (40.0, 80.0),
                (100.0, 80.0),
                (100.0, 0.0),
                (140.0, 0.0),
                (140.0, 130.0),
                (0.0, 130.0),
            ],
            &[(0.0, 100.0), (60.0, 0.0), (120.0, 100.0)],
            &[(0.0, 0.0), (100.0, 0.0), (130.0, 60.0), (30.0, 60.0)],
        ];
        for corners in cases {
            let shape = polygon(corners);
            let Placement { x, y, width, height, .. } = shape.label_room();
            assert!(width >= 20.0 && height >= 20.0, "{corners:?}: {width} by {height}");
            for (x, y) in [(x, y), (x + width, y), (x + width, y + height), (x, y + height)] {
                let towards = |edge: f64, middle: f64| edge + (middle - edge) * 0.02;
                let inside = PlanPoint {
                    x: towards(x, shape.label_room().x + width / 2.0),
                    y: towards(y, shape.label_room().y + height / 2.0),
                };
                assert!(shape.contains(inside), "{corners:?}: {x} {y}");
            }
        }
        let l = polygon(cases[0]).label_room();
        assert!(l.width > 100.0 && l.height > 45.0, "the long arm of the L: {l:?}");
    }

    #[test]
    fn a_rectangle_is_its_own_room() {
        let placement = Placement { x: 1.0, y: 2.0, width: 30.0, height: 40.0, rotation_deg: 15.0 };
        assert_eq!(Shape::Rectangle(placement).label_room(), placement);
    }
}
