//! How far what is dragged is from its neighbours.

use domain::PlanPoint;
use drafting::{Axis, Bounds};

/// A distance to draw, along one axis from edge to edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    pub(super) from: PlanPoint,
    pub(super) to: PlanPoint,
    pub(super) length: f64,
}

/// The nearest neighbour on each side, among those that stand beside it.
pub(super) fn list_measures(moved: Bounds, others: &[Bounds]) -> Vec<Measure> {
    let sides = Axis::ALL.into_iter().flat_map(|axis| [(axis, true), (axis, false)]);
    sides.filter_map(|(axis, is_before)| measure_side(moved, others, axis, is_before)).collect()
}

fn measure_side(moved: Bounds, others: &[Bounds], axis: Axis, is_before: bool) -> Option<Measure> {
    let (start, end) = moved.span(axis);
    let beside = others.iter().filter(|other| other.overlaps_along(moved, axis.crossing()));
    let gap = |other: &Bounds| if is_before { start - other.span(axis).1 } else { other.span(axis).0 - end };
    let (length, other) =
        beside.map(|other| (gap(other), other)).filter(|(gap, _)| *gap > 0.0).min_by(|a, b| a.0.total_cmp(&b.0))?;
    // In the middle of what both share.
    let crossing = axis.crossing();
    let ((a_from, a_to), (b_from, b_to)) = (moved.span(crossing), other.span(crossing));
    let at = f64::midpoint(a_from.max(b_from), a_to.min(b_to));
    let point = |along: f64| match axis {
        Axis::X => PlanPoint { x: along, y: at },
        Axis::Y => PlanPoint { x: at, y: along },
    };
    let (from, to) = if is_before { (start - length, start) } else { (end, end + length) };
    Some(Measure { from: point(from), to: point(to), length })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(left: f64, top: f64) -> Bounds {
        Bounds { left, top, right: left + 100.0, bottom: top + 80.0 }
    }

    #[test]
    fn the_nearest_on_each_side() {
        let lengths = |others: &[Bounds]| -> Vec<f64> {
            list_measures(at(0.0, 0.0), others).into_iter().map(|measure| measure.length).collect()
        };
        assert_eq!(lengths(&[]), [0.0; 0]);
        assert_eq!(lengths(&[at(130.0, 20.0), at(300.0, 0.0), at(-110.0, 0.0), at(0.0, 95.0)]), [10.0, 30.0, 15.0]);
        assert_eq!(lengths(&[at(130.0, 200.0), at(50.0, 0.0)]), [0.0; 0], "not beside it, or in it");
    }

    #[test]
    fn drawn_where_both_are() {
        let measure = list_measures(at(0.0, 0.0), &[at(130.0, 40.0)])[0];
        assert_eq!((measure.from, measure.to), (PlanPoint { x: 100.0, y: 60.0 }, PlanPoint { x: 130.0, y: 60.0 }));
    }
}
