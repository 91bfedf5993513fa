//! Where people can walk: an outline with holes.

use crate::walk_path::PlanPoint;

/// How far from corners and walls people walk, in plan units; about a quarter of a metre.
pub(crate) const CLEARANCE: f64 = 12.0;

/// Outlines, even-odd: a point is inside when a ray from it crosses them an odd number of times.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WalkArea {
    outlines: Vec<Vec<PlanPoint>>,
    edges: Vec<(PlanPoint, PlanPoint)>,
}

impl WalkArea {
    pub(crate) fn new(outlines: Vec<Vec<PlanPoint>>) -> Option<Self> {
        let closed = |outline: &Vec<PlanPoint>| {
            let next = outline.iter().cycle().skip(1);
            outline.iter().copied().zip(next.copied()).collect::<Vec<_>>()
        };
        let edges: Vec<_> = outlines.iter().flat_map(closed).collect();
        (!edges.is_empty()).then_some(Self { outlines, edges })
    }

    /// The distances, in order, at which a ray crosses the outlines; `towards` is of length 1.
    fn crossings(&self, from: PlanPoint, towards: PlanPoint) -> Vec<f64> {
        let side = |point: PlanPoint| towards.cross(point.minus(from));
        let crossing = |&(a, b): &(PlanPoint, PlanPoint)| {
            let (at_a, at_b) = (side(a), side(b));
            // Half-open, so that a ray through a corner crosses it once or not at all.
            let crosses = (at_a > 0.0) != (at_b > 0.0);
            let distance = || a.plus(b.minus(a).times(at_a / (at_a - at_b))).minus(from).dot(towards);
            crosses.then(distance).filter(|distance| *distance > 0.0)
        };
        let mut found: Vec<f64> = self.edges.iter().filter_map(crossing).collect();
        found.sort_by(f64::total_cmp);
        found
    }

    pub(crate) fn contains(&self, point: PlanPoint) -> bool {
        self.crossings(point, PlanPoint { x: 1.0, y: 0.0 }).len() % 2 == 1
    }

    /// How far it is from a point outside to the area in this direction, and the point a little inside; 0 from one that
    /// is inside.
    pub(crate) fn enter(&self, from: PlanPoint, towards: PlanPoint) -> Option<(f64, PlanPoint)> {
        let crossings = self.crossings(from, towards);
        let (gap, end) = match crossings[..] {
            [end, ..] if crossings.len() % 2 == 1 => (0.0, end),
            [gap, end, ..] => (gap, end),
            _ => return None,
        };
        let inside = gap + CLEARANCE.min((end - gap) / 2.0);
        Some((gap, from.plus(towards.times(inside))))
    }

    /// The point of the area that is nearest to a point: itself when it is inside.
    pub(crate) fn nearest(&self, point: PlanPoint) -> PlanPoint {
        if self.contains(point) {
            return point;
        }
        let on_edges = self.edges.iter().map(|&(a, b)| nearest_on(a, b, point));
        let nearest = on_edges.min_by(|a, b| a.distance(point).total_cmp(&b.distance(point))).unwrap_or(point);
        let away = nearest.minus(point);
        let length = away.length();
        // From just outside the edge: the ray must cross it.
        let entered = (length > 0.0).then(|| self.enter(point, away.times(1.0 / length))).flatten();
        entered.map_or(nearest, |(_, inside)| inside)
    }

    /// Whether one can walk straight from one point to another; both are inside.
    pub(crate) fn is_clear(&self, from: PlanPoint, to: PlanPoint) -> bool {
        let way = to.minus(from);
        let (left, right) = (from.x.min(to.x), from.x.max(to.x));
        let (top, bottom) = (from.y.min(to.y), from.y.max(to.y));
        !self.edges.iter().any(|&(a, b)| {
            let apart = a.x.max(b.x) < left || a.x.min(b.x) > right || a.y.max(b.y) < top || a.y.min(b.y) > bottom;
            !apart && touches(way, from, to, a, b)
        })
    }

    /// The points at which the shortest ways turn: a little beside each corner that stands in the way.
    pub(crate) fn turning_points(&self) -> Vec<PlanPoint> {
        let of_outline = |outline: &Vec<PlanPoint>| {
            let count = outline.len();
            let around = |i: usize| (outline[(i + count - 1) % count], outline[i], outline[(i + 1) % count]);
            (0..count).filter_map(|i| self.turning_point(around(i))).collect::<Vec<_>>()
        };
        self.outlines.iter().flat_map(of_outline).collect()
    }

    fn turning_point(&self, (before, corner, after): (PlanPoint, PlanPoint, PlanPoint)) -> Option<PlanPoint> {
        /// Flatter corners turn nobody; the sum of the directions of both edges is this short.
        const FLAT: f64 = 0.02;
        let unit = |to: PlanPoint| to.minus(corner).times(1.0 / to.distance(corner).max(f64::MIN_POSITIVE));
        let into_the_angle = unit(before).plus(unit(after));
        let length = into_the_angle.length();
        if length < FLAT {
            return None;
        }
        let away = into_the_angle.times(-1.0 / length);
        // Where there is no room, closer to the corner.
        let fits = |clearance: &f64| {
            let (start, point) = (corner.plus(away.times(clearance / 16.0)), corner.plus(away.times(*clearance)));
            self.contains(start) && self.contains(point) && self.is_clear(start, point)
        };
        let clearances = [CLEARANCE, CLEARANCE / 2.0, CLEARANCE / 4.0, CLEARANCE / 16.0];
        clearances.into_iter().find(fits).map(|clearance| corner.plus(away.times(clearance)))
    }

    /// The middle of the outline, moved to where one can stand.
    pub(crate) fn middle(&self) -> PlanPoint {
        let mut sum = PlanPoint { x: 0.0, y: 0.0 };
        let mut length_sum = 0.0;
        let first = self.outlines.first().map_or(0, Vec::len);
        for &(a, b) in &self.edges[..first] {
            let length = a.distance(b);
            sum = sum.plus(a.plus(b).times(length / 2.0));
            length_sum += length;
        }
        self.nearest(sum.times(1.0 / f64::max(length_sum, f64::MIN_POSITIVE)))
    }
}

fn nearest_on(a: PlanPoint, b: PlanPoint, point: PlanPoint) -> PlanPoint {
    let edge = b.minus(a);
    let to_point = point.minus(a);
    let squared = edge.dot(edge);
    let along = if squared > 0.0 { to_point.dot(edge) / squared } else { 0.0 };
    a.plus(edge.times(along.clamp(0.0, 1.0)))
}

/// Whether an edge is touched on the way.
fn touches(way: PlanPoint, from: PlanPoint, to: PlanPoint, a: PlanPoint, b: PlanPoint) -> bool {
    let edge = b.minus(a);
    let ends_apart = way.cross(a.minus(from)) * way.cross(b.minus(from)) <= 0.0;
    ends_apart && edge.cross(from.minus(a)) * edge.cross(to.minus(a)) <= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::walk_path::decode_path;

    const fn at(x: f64, y: f64) -> PlanPoint {
        PlanPoint { x, y }
    }

    /// A square of 200 with a block of 100 in its middle.
    fn ring() -> WalkArea {
        WalkArea::new(decode_path("M0 0H200V200H0ZM50 50H150V150H50Z").expect("a path")).expect("an area")
    }

    #[test]
    fn inside() {
        let cases = [
            (at(10.0, 10.0), true),
            (at(10.0, 50.0), true),
            (at(100.0, 100.0), false),
            (at(100.0, 170.0), true),
            (at(-1.0, 100.0), false),
            (at(300.0, 50.0), false),
        ];
        for (point, expect) in cases {
            assert_eq!(ring().contains(point), expect, "{point:?}");
        }
    }

    #[test]
    fn straight_ways() {
        let cases = [
            (at(10.0, 10.0), at(190.0, 10.0), true),
            (at(10.0, 10.0), at(190.0, 190.0), false),
            (at(10.0, 100.0), at(190.0, 100.0), false),
            (at(40.0, 100.0), at(49.0, 160.0), true),
            // Along the wall itself, and through its corner: closed, nobody is that thin.
            (at(50.0, 20.0), at(50.0, 180.0), false),
            (at(30.0, 70.0), at(70.0, 30.0), false),
        ];
        for (from, to, expect) in cases {
            assert_eq!(ring().is_clear(from, to), expect, "{from:?} {to:?}");
            assert_eq!(ring().is_clear(to, from), expect, "{to:?} {from:?}");
        }
    }

    #[test]
    fn ways_turn_beside_the_corners_of_the_block_only() {
        let aside = CLEARANCE / f64::sqrt(2.0);
        let (low, high) = (50.0 - aside, 150.0 + aside);
        let mut points = ring().turning_points();
        points.sort_by(|a, b| (a.x + a.y * 2.0).total_cmp(&(b.x + b.y * 2.0)));
        let close = |a: PlanPoint, b: PlanPoint| a.distance(b) < 1e-9;
        let expect = [at(low, low), at(high, low), at(low, high), at(high, high)];
        assert_eq!(points.len(), 4, "{points:?}");
        assert!(points.iter().zip(expect).all(|(point, expect)| close(*point, expect)), "{points:?}");
    }

    #[test]
    fn entering() {
        let up = at(0.0, -1.0);
        assert_eq!(ring().enter(at(100.0, 60.0), up), Some((10.0, at(100.0, 38.0))));
        assert_eq!(ring().enter(at(100.0, 40.0), up), Some((0.0, at(100.0, 28.0))));
        // Half way, where there is less room than people like to have.
        assert_eq!(ring().enter(at(100.0, 10.0), up), Some((0.0, at(100.0, 5.0))));
        assert_eq!(ring().enter(at(100.0, -10.0), up), None);
    }

    #[test]
    fn nearest_places_to_stand() {
        assert_eq!(ring().nearest(at(20.0, 30.0)), at(20.0, 30.0));
        assert_eq!(ring().nearest(at(-20.0, 100.0)), at(12.0, 100.0));
        assert_eq!(ring().nearest(at(140.0, 100.0)), at(162.0, 100.0));
        assert!(ring().contains(ring().middle()));
    }
}
