//! Whether two booths stand in each other.

use crate::shape::Shape;
use domain::PlanPoint;

/// By how much a shape is shrunk before it is compared, so that neighbours may share a wall.
const SHRUNK: f64 = 0.999;

/// Whether the two share more than an edge. Of polygons with deep notches that only nearly touch, it may say yes wrongly.
pub(crate) fn overlap(a: &Shape, b: &Shape) -> bool {
    if !a.bounds().overlaps(b.bounds()) {
        return false;
    }
    let middle = b.bounds().middle();
    let shrink = |corner: &PlanPoint| middle.plus(corner.minus(middle).times(SHRUNK));
    let (ours, theirs) = (a.corners(), b.corners().iter().map(shrink).collect::<Vec<_>>());
    let sides = |corners: &[PlanPoint]| -> Vec<(PlanPoint, PlanPoint)> {
        corners.iter().copied().zip(corners.iter().copied().cycle().skip(1)).collect()
    };
    let (our_sides, their_sides) = (sides(&ours), sides(&theirs));
    let crosses = |side: &(PlanPoint, PlanPoint)| their_sides.iter().any(|other| do_cross(*side, *other));
    our_sides.iter().any(crosses)
        || theirs.first().is_some_and(|corner| a.contains(*corner))
        || ours.first().is_some_and(|corner| Shape::Polygon(theirs.clone()).contains(*corner))
}

fn do_cross((a, b): (PlanPoint, PlanPoint), (c, d): (PlanPoint, PlanPoint)) -> bool {
    let side = |from: PlanPoint, to: PlanPoint, point: PlanPoint| to.minus(from).cross(point.minus(from));
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Placement;

    #[test]
    fn neighbours_and_others() {
        let rectangle =
            |x, y, width, height, rotation_deg| Shape::Rectangle(Placement { x, y, width, height, rotation_deg });
        let booth = rectangle(0.0, 0.0, 100.0, 100.0, 0.0);
        let cases = [
            (rectangle(100.0, 0.0, 100.0, 100.0, 0.0), false),
            (rectangle(0.0, 100.0, 50.0, 100.0, 0.0), false),
            (rectangle(99.0, 0.0, 100.0, 100.0, 0.0), true),
            (rectangle(50.0, 0.0, 100.0, 100.0, 0.0), true),
            (rectangle(0.0, 0.0, 100.0, 100.0, 0.0), true),
            (rectangle(40.0, 40.0, 10.0, 10.0, 0.0), true),
            (rectangle(-50.0, -50.0, 300.0, 300.0, 0.0), true),
            // A cross: no corner of one is in the other.
            (rectangle(40.0, -50.0, 20.0, 200.0, 0.0), true),
            // Its bounds meet, it does not.
            (rectangle(95.0, 95.0, 100.0, 20.0, 315.0), false),
            (rectangle(70.0, 70.0, 100.0, 20.0, 45.0), true),
        ];
        for (other, expect) in cases {
            assert_eq!(overlap(&booth, &other), expect, "{other:?}");
            assert_eq!(overlap(&other, &booth), expect, "{other:?}");
        }
    }
}
