//! Lines of a chart as paths of SVG. Plain numbers, no browser.

use super::trends::{TrendPoint, Window};
use std::fmt::Write;

/// Units of a chart's drawing; it is stretched to its element.
pub(super) const WIDTH: i32 = 1_200;
/// The same, upwards.
pub(super) const HEIGHT: i32 = 200;

/// What lies at the bottom of a chart, and at its top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    pub(super) bottom: i32,
    pub(super) top: i32,
}

impl Scale {
    /// How far below the top edge a value is drawn; what is beyond lies on the edge.
    pub(super) fn y(self, value: i32) -> i32 {
        let above = (value.clamp(self.bottom, self.top) - self.bottom) * HEIGHT;
        HEIGHT - above / (self.top - self.bottom).max(1)
    }
}

/// A line through what `value` says of each point; empty without points.
pub(super) fn line(points: &[TrendPoint], scale: Scale, value: impl Fn(&TrendPoint) -> i32) -> String {
    let window = Window::of(points);
    let mut path = String::new();
    for point in points {
        let pen = if path.is_empty() { 'M' } else { 'L' };
        // Writing to a text cannot fail.
        _ = write!(path, "{pen}{} {}", window.x(point.at_s, WIDTH), scale.y(value(point)));
    }
    path
}

/// The same with what lies below it; a value holds until the next.
pub(super) fn area(points: &[TrendPoint], scale: Scale, value: impl Fn(&TrendPoint) -> i32) -> String {
    let window = Window::of(points);
    let Some((first, last)) = points.first().zip(points.last()) else { return String::new() };
    let mut path = format!("M{} {HEIGHT}", window.x(first.at_s, WIDTH));
    for point in points {
        _ = write!(path, "H{}V{}", window.x(point.at_s, WIDTH), scale.y(value(point)));
    }
    _ = write!(path, "H{}V{HEIGHT}Z", window.x(last.at_s, WIDTH));
    path
}

#[cfg(test)]
mod tests {
    use super::super::trends::tests::point;
    use super::*;

    const CELSIUS: Scale = Scale { bottom: 0, top: 1_000 };

    #[test]
    fn heights() {
        assert_eq!([-10, 0, 250, 500, 1_000, 8_500].map(|dc| CELSIUS.y(dc)), [200, 200, 150, 100, 0, 0]);
        assert_eq!(Scale { bottom: 0, top: 0 }.y(0), 200, "an empty scale divides by nothing");
    }

    #[test]
    fn lines_and_areas() {
        let points = [point(0, 0), point(500, 500), point(1_000, 1_000)];
        let dc = |point: &TrendPoint| i32::from(point.temperatures_dc[0]);
        assert_eq!(line(&points, CELSIUS, dc), "M0 200L600 100L1200 0");
        assert_eq!(area(&points, CELSIUS, dc), "M0 200H0V200H600V100H1200V0H1200V200Z");
        assert_eq!(line(&[], CELSIUS, dc), "");
        assert_eq!(area(&[], CELSIUS, dc), "");
    }
}
