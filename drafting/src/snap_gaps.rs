//! Gaps between booths of a row, to leave the same one again.

use crate::bounds::{Axis, Bounds};
use crate::snapping::Guide;

/// The ways to places where the gaps beside `moved` equal a gap of its row, or each other, with the gaps to show. A row
/// are those that something could be pushed against along the axis.
pub(crate) fn list_gap_stops(others: &[Bounds], moved: Bounds, axis: Axis, tolerance: f64) -> Vec<(f64, Vec<Guide>)> {
    let mut row: Vec<Bounds> =
        others.iter().copied().filter(|other| other.overlaps_along(moved, axis.crossing())).collect();
    row.sort_by(|a, b| a.span(axis).0.total_cmp(&b.span(axis).0));
    let at = crossing_middle(moved, axis);
    let (start, end) = moved.span(axis);
    let guide = |from: f64, to: f64| Guide::Gap { axis, from, to, at };
    let mut stops = Vec::new();
    for pair in row.windows(2) {
        let (first_end, second_start) = (pair[0].span(axis).1, pair[1].span(axis).0);
        let gap = second_start - first_end;
        if gap <= 0.0 {
            continue;
        }
        let (before, behind) = (pair[0].span(axis).0 - gap, pair[1].span(axis).1 + gap);
        stops.push((before - end, vec![guide(before, before + gap), guide(first_end, second_start)]));
        stops.push((behind - start, vec![guide(first_end, second_start), guide(behind - gap, behind)]));
        let rest = (gap - (end - start)) / 2.0;
        if rest > 0.0 {
            let gaps = vec![guide(first_end, first_end + rest), guide(second_start - rest, second_start)];
            stops.push((first_end + rest - start, gaps));
        }
    }
    stops.retain(|(way, _)| way.abs() <= tolerance);
    stops
}

fn crossing_middle(bounds: Bounds, axis: Axis) -> f64 {
    axis.crossing().of(bounds.middle())
}
