//! How the plan is looked at: plain numbers, no browser.

use crate::geometry::Point;
use domain::{PlanPoint, ViewBox};

/// A point of the plan stands at `point * scale + (x, y)` of the canvas, in CSS pixels from its corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SheetView {
    /// CSS pixels per plan unit.
    pub(super) scale: f64,
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Closer, a hundredth of a unit is half a pixel.
const SCALE_MAX: f64 = 50.0;
/// Further out, the plan is a stamp.
const SCALE_MIN: f64 = 0.02;

impl SheetView {
    /// All of the plan in the middle of a canvas of this size, with so many CSS pixels left around it.
    pub(super) fn fitted(plan: ViewBox, (width, height): (f64, f64), margin: f64) -> Self {
        let room = |length: f64| (length - 2.0 * margin).max(1.0);
        let scale = (room(width) / plan.width).min(room(height) / plan.height);
        let scale = if scale.is_finite() { scale.clamp(SCALE_MIN, SCALE_MAX) } else { 1.0 };
        let place = |length: f64, start: f64, extent: f64| (length - extent * scale) / 2.0 - start * scale;
        Self { scale, x: place(width, plan.x, plan.width), y: place(height, plan.y, plan.height) }
    }

    pub(super) fn to_screen(self, point: PlanPoint) -> Point {
        Point { x: point.x * self.scale + self.x, y: point.y * self.scale + self.y }
    }

    pub(super) fn to_plan(self, point: Point) -> PlanPoint {
        PlanPoint { x: (point.x - self.x) / self.scale, y: (point.y - self.y) / self.scale }
    }

    /// Larger by `factor`; what is under `at` stays there.
    pub(super) fn zoomed(self, factor: f64, at: Point) -> Self {
        let scale = (self.scale * factor).clamp(SCALE_MIN, SCALE_MAX);
        let factor = scale / self.scale;
        Self { scale, x: at.x - (at.x - self.x) * factor, y: at.y - (at.y - self.y) * factor }
    }

    /// Moved by CSS pixels, as far as some of the plan stays in a canvas of this size.
    pub(super) fn panned(self, by: Point, plan: ViewBox, (width, height): (f64, f64)) -> Self {
        /// So much of it, in CSS pixels.
        const LEFT_PX: f64 = 48.0;
        let clamp = |place: f64, start: f64, extent: f64, length: f64| {
            let (near, far) = (LEFT_PX - (start + extent) * self.scale, length - LEFT_PX - start * self.scale);
            place.clamp(near.min(far), far.max(near))
        };
        Self {
            x: clamp(self.x + by.x, plan.x, plan.width, width),
            y: clamp(self.y + by.y, plan.y, plan.height, height),
            ..self
        }
    }

    /// The value of the SVG `transform` attribute.
    pub(super) fn transform(self) -> String {
        format!("translate({:.2} {:.2}) scale({:.5})", self.x, self.y, self.scale)
    }

    /// In hundredths: 100 is one plan unit on one CSS pixel.
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn percent(self) -> i32 {
        (self.scale * 100.0).round() as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: ViewBox = ViewBox { x: 100.0, y: -50.0, width: 1_500.0, height: 840.0 };
    const SIZE: (f64, f64) = (800.0, 600.0);

    #[test]
    fn a_fitted_plan_is_in_the_middle() {
        let view = SheetView::fitted(PLAN, SIZE, 25.0);
        assert_eq!(view.scale, 0.5);
        assert_eq!(view.to_screen(PlanPoint { x: 850.0, y: 370.0 }), Point { x: 400.0, y: 300.0 });
        assert_eq!(view.to_plan(Point { x: 25.0, y: 90.0 }), PlanPoint { x: 100.0, y: -50.0 });
        assert!(
            SheetView::fitted(PLAN, (0.0, 0.0), 25.0).scale > 0.0,
            "a canvas without extent divides nothing by zero"
        );
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let (mut view, at) = (SheetView::fitted(PLAN, SIZE, 0.0), Point { x: 130.0, y: 410.0 });
        let under = view.to_plan(at);
        for factor in [1.1, 7.0, 1e6, 1e-9, 3.0] {
            view = view.zoomed(factor, at);
            assert!(view.to_plan(at).distance(under) < 1e-6, "{factor}");
            assert!((SCALE_MIN..=SCALE_MAX).contains(&view.scale));
        }
    }

    #[test]
    fn panning_never_loses_the_plan() {
        let view = SheetView::fitted(PLAN, SIZE, 0.0);
        for far in [-1e9, 1e9] {
            let moved = view.panned(Point { x: far, y: far }, PLAN, SIZE);
            let first = moved.to_screen(PlanPoint { x: PLAN.x, y: PLAN.y });
            let last = moved.to_screen(PlanPoint { x: PLAN.x + PLAN.width, y: PLAN.y + PLAN.height });
            assert!(first.x <= 752.0 && first.y <= 552.0 && last.x >= 48.0 && last.y >= 48.0, "{moved:?}");
        }
    }
}
