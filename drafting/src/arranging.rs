//! Lining up, spreading out, making equal.

use crate::bounds::{Axis, Bounds};
use domain::PlanPoint;

/// What is brought into line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// Left edges.
    Left,
    /// Middles, on an upright line.
    Centre,
    /// Right edges.
    Right,
    /// Upper edges.
    Top,
    /// Middles, on a level line.
    Middle,
    /// Lower edges.
    Bottom,
}

/// What is made equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameSize {
    /// The width.
    Width,
    /// The height.
    Height,
    /// Both.
    Both,
}

impl Alignment {
    /// How far something has to move to be in line within `frame`.
    pub(crate) fn way(self, bounds: Bounds, frame: Bounds) -> PlanPoint {
        let (axis, share) = match self {
            Self::Left => (Axis::X, 0.0),
            Self::Centre => (Axis::X, 0.5),
            Self::Right => (Axis::X, 1.0),
            Self::Top => (Axis::Y, 0.0),
            Self::Middle => (Axis::Y, 0.5),
            Self::Bottom => (Axis::Y, 1.0),
        };
        let place = |bounds: Bounds| bounds.span(axis).0 + bounds.length(axis) * share;
        axis.way(place(frame) - place(bounds))
    }
}

/// How far each has to move so that all gaps along the axis are equal. The first and the last one stay.
pub(crate) fn spread(all: &[Bounds], axis: Axis) -> Vec<PlanPoint> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| axis.of(all[*a].middle()).total_cmp(&axis.of(all[*b].middle())));
    let mut ways = vec![axis.way(0.0); all.len()];
    let [first, inner @ .., last] = order.as_slice() else { return ways };
    let (start, end) = (all[*first].span(axis).1, all[*last].span(axis).0);
    let filled: f64 = inner.iter().map(|i| all[*i].length(axis)).sum();
    #[allow(clippy::cast_precision_loss)]
    let gap = (end - start - filled) / (inner.len() + 1) as f64;
    let mut place = start;
    for i in inner {
        place += gap;
        ways[*i] = axis.way(place - all[*i].span(axis).0);
        place += all[*i].length(axis);
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(left: f64, top: f64, width: f64, height: f64) -> Bounds {
        Bounds { left, top, right: left + width, bottom: top + height }
    }

    #[test]
    fn lines() {
        let frame = at(0.0, 0.0, 100.0, 200.0);
        let booth = at(30.0, 40.0, 20.0, 10.0);
        let cases = [
            (Alignment::Left, (-30.0, 0.0)),
            (Alignment::Centre, (10.0, 0.0)),
            (Alignment::Right, (50.0, 0.0)),
            (Alignment::Top, (0.0, -40.0)),
            (Alignment::Middle, (0.0, 55.0)),
            (Alignment::Bottom, (0.0, 150.0)),
        ];
        for (alignment, expect) in cases {
            let way = alignment.way(booth, frame);
            assert_eq!((way.x, way.y), expect, "{alignment:?}");
        }
    }

    #[test]
    fn gaps() {
        let check = |all: &[Bounds], axis: Axis, expect: &[f64]| {
            let ways: Vec<f64> = spread(all, axis).into_iter().map(|way| axis.of(way)).collect();
            assert_eq!(ways, expect, "{all:?}");
        };
        check(&[], Axis::X, &[]);
        check(&[at(5.0, 0.0, 10.0, 10.0)], Axis::X, &[0.0]);
        check(&[at(5.0, 0.0, 10.0, 10.0), at(0.0, 0.0, 1.0, 1.0)], Axis::X, &[0.0, 0.0]);
        // Whatever the order in which they are given.
        check(&[at(100.0, 0., 10., 10.), at(20.0, 0., 10., 10.), at(0.0, 0., 10., 10.)], Axis::X, &[0., 30., 0.]);
        // There is too little room: they overlap evenly.
        check(&[at(0., 0., 9., 10.), at(0., 1., 9., 20.), at(0., 12., 9., 10.)], Axis::Y, &[0.0, 0.0, 0.0]);
    }
}
