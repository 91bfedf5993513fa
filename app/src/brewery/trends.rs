//! How the plant was, and where that lies on a chart. Plain numbers, no browser.

use serde::{Deserialize, Serialize};

/// More points are no finer on a screen.
pub const POINTS_MAX: usize = 240;

/// What was so at a moment. Arrays are by vessel; temperatures are tenths of °C, duties percents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendPoint {
    /// Seconds of plant time.
    pub at_s: u64,
    /// What the probes said.
    pub temperatures_dc: [i16; 3],
    /// What the loops aimed at.
    pub setpoints_dc: [i16; 3],
    /// What the loops asked for.
    pub duties: [i16; 3],
    /// Current and gas since the last reset, in hundreds of Wh.
    pub energy: i32,
}

/// A day, and the shortest time that fills a chart.
const WINDOW_MAX_S: u64 = 86_400;
const WINDOW_MIN_S: u64 = 600;

/// What a chart's axis of time spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from_s: u64,
    pub(super) until_s: u64,
}

impl Window {
    /// All of these points, and ten minutes at least.
    pub(super) fn of(points: &[TrendPoint]) -> Self {
        let until_s = points.last().map_or(WINDOW_MIN_S, |point| point.at_s.max(WINDOW_MIN_S));
        let first_s = points.first().map_or(0, |point| point.at_s);
        let from_s = first_s.clamp(until_s.saturating_sub(WINDOW_MAX_S), until_s - WINDOW_MIN_S);
        Self { from_s, until_s }
    }

    /// How far a moment is along the axis, of `length`.
    pub(super) fn x(self, at_s: u64, length: i32) -> i32 {
        let span = self.until_s - self.from_s;
        let along = at_s.clamp(self.from_s, self.until_s) - self.from_s;
        i32::try_from(along * u64::from(length.unsigned_abs()) / span).unwrap_or(length)
    }

    /// The moment at a share of the axis, from 0 to 1000.
    pub(super) fn at(self, thousandth: u64) -> u64 {
        self.from_s + (self.until_s - self.from_s) * thousandth.min(1_000) / 1_000
    }
}

/// The point nearest to a moment, by its index.
pub(super) fn nearest(points: &[TrendPoint], at_s: u64) -> Option<usize> {
    let after = points.partition_point(|point| point.at_s < at_s);
    let candidates = [after.checked_sub(1), Some(after)].into_iter().flatten().filter(|index| *index < points.len());
    candidates.min_by_key(|index| points[*index].at_s.abs_diff(at_s))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn point(at_s: u64, dc: i16) -> TrendPoint {
        TrendPoint { at_s, temperatures_dc: [dc; 3], setpoints_dc: [780, 500, 500], duties: [50, 0, 100], energy: 12 }
    }

    #[test]
    fn windows() {
        let check = |at: &[u64], from_s, until_s| {
            let points: Vec<_> = at.iter().map(|at_s| point(*at_s, 150)).collect();
            assert_eq!(Window::of(&points), Window { from_s, until_s }, "{at:?}");
        };
        check(&[], 0, 600);
        check(&[10], 0, 600);
        check(&[10, 20, 700], 10, 700);
        check(&[5_000, 5_010], 4_410, 5_010);
        check(&[10, 200_000], 113_600, 200_000);
    }

    #[test]
    fn along_the_axis() {
        let window = Window { from_s: 1_000, until_s: 2_000 };
        assert_eq!([0, 1_000, 1_500, 2_000, 9_000].map(|at_s| window.x(at_s, 600)), [0, 0, 300, 600, 600]);
        assert_eq!([0, 500, 1_000, 2_000].map(|share| window.at(share)), [1_000, 1_500, 2_000, 2_000]);
    }

    #[test]
    fn the_nearest_point() {
        let points = [point(10, 1), point(20, 2), point(30, 3)];
        assert_eq!(
            [0, 10, 14, 16, 31].map(|at_s| nearest(&points, at_s)),
            [Some(0), Some(0), Some(0), Some(1), Some(2)]
        );
        assert_eq!(nearest(&[], 5), None);
    }
}
