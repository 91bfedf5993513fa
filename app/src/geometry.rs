//! Where things are: on the screen, in the plan, and how a view moves between the two. Plain numbers, no browser.
//!
//! The map's `<svg>` shows the plan's view box fitted and centred in its element. Inside, one group carries the
//! [`View`]: a scale and a shift in plan units. Screen lengths are CSS pixels.

use domain::{Placement, ViewBox};

/// A point, in plan units or in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// Where the map's element stands on the screen, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ScreenRect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl ScreenRect {
    /// CSS pixels per plan unit when the whole plan is fitted.
    pub(crate) fn fitted_scale(self, view_box: ViewBox) -> f64 {
        let scale = (self.width / view_box.width).min(self.height / view_box.height);
        if scale > 0.0 { scale } else { 1.0 }
    }

    /// By how much something has to move to stand inside, with a margin where there is room for one.
    pub(crate) fn missing(self, inner: Self, margin: f64) -> Point {
        let axis = |start: f64, length: f64, inner_start: f64, inner_length: f64| {
            let before = start + margin - inner_start;
            let behind = start + length - margin - (inner_start + inner_length);
            if before > 0.0 { before } else { behind.min(0.0) }
        };
        Point {
            x: axis(self.left, self.width, inner.left, inner.width),
            y: axis(self.top, self.height, inner.top, inner.height),
        }
    }

    /// The point of the fitted plan under a point of the screen, before any [`View`].
    pub(crate) fn to_view_box(self, view_box: ViewBox, screen: Point) -> Point {
        let scale = self.fitted_scale(view_box);
        let margin_x = (self.width - view_box.width * scale) / 2.0;
        let margin_y = (self.height - view_box.height * scale) / 2.0;
        Point {
            x: (screen.x - self.left - margin_x) / scale + view_box.x,
            y: (screen.y - self.top - margin_y) / scale + view_box.y,
        }
    }
}

/// A rectangle of the plan, in its units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlanRect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl PlanRect {
    /// What a booth fills; nothing of the corners of one that is turned.
    pub(crate) fn of(placement: Placement) -> Self {
        let Placement { x, y, width, height, .. } = placement;
        Self { left: x, top: y, right: x + width, bottom: y + height }
    }

    /// What all of these booths fill; none of no booths.
    pub(crate) fn around(booths: impl Iterator<Item = Placement>) -> Option<Self> {
        booths.map(Self::of).reduce(|a, b| Self {
            left: a.left.min(b.left),
            top: a.top.min(b.top),
            right: a.right.max(b.right),
            bottom: a.bottom.max(b.bottom),
        })
    }

    pub(crate) fn middle(self) -> Point {
        Point { x: f64::midpoint(self.left, self.right), y: f64::midpoint(self.top, self.bottom) }
    }

    /// Whether the two have a point in common.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.left <= other.right && other.left <= self.right && self.top <= other.bottom && other.top <= self.bottom
    }
}

/// How the plan is looked at: first scaled about the origin of plan units, then shifted by plan units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct View {
    pub(crate) scale: f64,
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl View {
    /// The whole plan.
    pub(crate) const FIT: Self = Self { scale: 1.0, x: 0.0, y: 0.0 };
    /// Further in, a booth fills the screen, on the largest plans too.
    pub(crate) const SCALE_MAX: f64 = 24.0;
    /// Further out, the plan is a stamp.
    pub(crate) const SCALE_MIN: f64 = 0.5;

    /// Scaled by `factor`, with the plan's point under `fixed` (in fitted plan units) staying where it is.
    pub(crate) fn zoomed(self, factor: f64, fixed: Point) -> Self {
        let scale = (self.scale * factor).clamp(Self::SCALE_MIN, Self::SCALE_MAX);
        let factor = scale / self.scale;
        Self { scale, x: fixed.x - (fixed.x - self.x) * factor, y: fixed.y - (fixed.y - self.y) * factor }
    }

    /// Moved back as far as some of the plan stays in sight.
    pub(crate) fn kept_in(self, view_box: ViewBox) -> Self {
        self.panned(0.0, 0.0, view_box)
    }

    /// Moved by fitted plan units, as far as some of the plan stays in sight.
    pub(crate) fn panned(self, dx: f64, dy: f64, view_box: ViewBox) -> Self {
        let clamp = |shift: f64, start: f64, length: f64| {
            let near = start + length * 0.1 - (start + length) * self.scale;
            let far = start + length * 0.9 - start * self.scale;
            shift.clamp(near.min(far), far.max(near))
        };
        Self {
            x: clamp(self.x + dx, view_box.x, view_box.width),
            y: clamp(self.y + dy, view_box.y, view_box.height),
            ..self
        }
    }

    /// One plan unit on one CSS pixel, with `middle` in the middle.
    pub(crate) fn actual_size(rect: ScreenRect, view_box: ViewBox, middle: Point) -> Self {
        Self::FIT.zoomed(1.0 / rect.fitted_scale(view_box), middle).centred(middle, view_box)
    }

    /// Moved so that this point of the plan stands in the middle of the map.
    pub(crate) fn centred(self, on: Point, view_box: ViewBox) -> Self {
        let centre = centre_of(view_box);
        Self { x: centre.x - on.x * self.scale, y: centre.y - on.y * self.scale, ..self }.kept_in(view_box)
    }

    /// What is seen of the plan in a map that stands there, with an eighth more on each side.
    pub(crate) fn seen(self, rect: ScreenRect, view_box: ViewBox) -> PlanRect {
        let (margin_x, margin_y) = (rect.width / 8.0, rect.height / 8.0);
        let corner = |x: f64, y: f64| {
            let fitted = rect.to_view_box(view_box, Point { x, y });
            Point { x: (fitted.x - self.x) / self.scale, y: (fitted.y - self.y) / self.scale }
        };
        let first = corner(rect.left - margin_x, rect.top - margin_y);
        let last = corner(rect.left + rect.width + margin_x, rect.top + rect.height + margin_y);
        PlanRect { left: first.x, top: first.y, right: last.x, bottom: last.y }
    }

    /// The value of the SVG `transform` attribute.
    pub(crate) fn transform(self) -> String {
        format!("translate({:.2} {:.2}) scale({:.4})", self.x, self.y, self.scale)
    }

    /// The view as three numbers, for scripts and tests.
    pub(crate) fn to_data(self) -> String {
        format!("{:.4} {:.2} {:.2}", self.scale, self.x, self.y)
    }

    /// Reads [`Self::to_data`]; nothing of what it did not write.
    pub(crate) fn from_data(text: &str) -> Option<Self> {
        let numbers: Vec<f64> = text.split(' ').filter_map(|number| number.parse().ok()).collect();
        let &[scale, x, y] = numbers.as_slice() else { return None };
        let usable = (Self::SCALE_MIN..=Self::SCALE_MAX).contains(&scale) && x.is_finite() && y.is_finite();
        usable.then_some(Self { scale, x, y })
    }
}

/// The centre of a plan.
pub(crate) fn centre_of(view_box: ViewBox) -> Point {
    Point { x: view_box.x + view_box.width / 2.0, y: view_box.y + view_box.height / 2.0 }
}

/// The middle of the booths, which is where people want to look closer; of the plan where there are none.
pub(crate) fn middle_of(booths: impl Iterator<Item = Placement>, view_box: ViewBox) -> Point {
    PlanRect::around(booths).map_or_else(|| centre_of(view_box), PlanRect::middle)
}

/// The value of the SVG `viewBox` attribute.
pub(crate) fn view_box_value(view_box: ViewBox) -> String {
    let ViewBox { x, y, width, height } = view_box;
    format!("{x} {y} {width} {height}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: ViewBox = ViewBox { x: 0.0, y: 0.0, width: 1500.0, height: 840.0 };

    const MIDDLE: Point = Point { x: 750.0, y: 420.0 };

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    #[test]
    fn a_point_of_the_screen_in_the_plan() {
        let rect = ScreenRect { left: 100.0, top: 50.0, width: 750.0, height: 600.0 };
        close(rect.fitted_scale(PLAN), 0.5);
        let middle = rect.to_view_box(PLAN, Point { x: 475.0, y: 350.0 });
        close(middle.x, 750.0);
        close(middle.y, 420.0);
        let corner = rect.to_view_box(PLAN, Point { x: 100.0, y: 140.0 });
        close(corner.x, 0.0);
        close(corner.y, 0.0);
    }

    #[test]
    fn an_element_without_extent_divides_nothing_by_zero() {
        let rect = ScreenRect { left: 0.0, top: 0.0, width: 0.0, height: 0.0 };
        assert!(rect.to_view_box(PLAN, Point { x: 1.0, y: 1.0 }).x.is_finite());
        assert!(View::actual_size(rect, PLAN, MIDDLE).scale.is_finite());
    }

    #[test]
    fn what_stands_outside_is_missed() {
        let frame = ScreenRect { left: 100.0, top: 100.0, width: 400.0, height: 300.0 };
        let booth = |left, top| ScreenRect { left, top, width: 50.0, height: 40.0 };
        let cases = [
            (booth(200.0, 200.0), (0.0, 0.0)),
            (booth(60.0, 200.0), (50.0, 0.0)),
            (booth(490.0, 395.0), (-50.0, -45.0)),
        ];
        for (inner, expect) in cases {
            let missing = frame.missing(inner, 10.0);
            assert_eq!((missing.x, missing.y), expect, "{inner:?}");
        }
    }

    #[test]
    fn a_view_survives_being_written_down() {
        let view = View { scale: 2.5, x: -120.25, y: 33.0 };
        assert_eq!(View::from_data(&view.to_data()), Some(view));
        for text in ["", "1", "1 2", "1 2 3 4", "0 0 0", "NaN 0 0", "1 inf 0", "a b c"] {
            assert_eq!(View::from_data(text), None, "{text}");
        }
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let mut view = View::FIT;
        let fixed = Point { x: 320.0, y: 700.0 };
        let under = |view: View| ((fixed.x - view.x) / view.scale, (fixed.y - view.y) / view.scale);
        for factor in [1.25, 1.25, 0.8, 3.0, 100.0, 1e-6] {
            let before = under(view);
            view = view.zoomed(factor, fixed);
            let after = under(view);
            close(before.0, after.0);
            close(before.1, after.1);
            assert!((View::SCALE_MIN..=View::SCALE_MAX).contains(&view.scale));
        }
    }

    #[test]
    fn what_is_seen_shrinks_as_one_looks_closer() {
        let rect = ScreenRect { left: 100.0, top: 50.0, width: 750.0, height: 420.0 };
        let all = View::FIT.seen(rect, PLAN);
        assert_eq!(all, PlanRect { left: -187.5, top: -105.0, right: 1_687.5, bottom: 945.0 });
        let closer = View::FIT.zoomed(4.0, Point { x: 0.0, y: 0.0 }).seen(rect, PLAN);
        assert_eq!((closer.right, closer.bottom), (1_687.5 / 4.0, 945.0 / 4.0));
        let booth = |x, y| PlanRect::of(Placement { x, y, width: 100.0, height: 90.0, rotation_deg: 0.0 });
        assert!(closer.meets(booth(400.0, 200.0)) && !closer.meets(booth(430.0, 200.0)));
        assert!(!closer.meets(booth(200.0, 400.0)));
    }

    #[test]
    fn panning_never_loses_the_plan() {
        for scale in [View::SCALE_MIN, 1.0, View::SCALE_MAX] {
            let view = View { scale, ..View::FIT };
            for (dx, dy) in [(1e9, 1e9), (-1e9, -1e9)] {
                let moved = view.panned(dx, dy, PLAN);
                let (left, right) = (moved.x, moved.x + PLAN.width * scale);
                assert!(left < PLAN.width && right > 0.0, "{moved:?}");
            }
        }
    }

    #[test]
    fn actual_size_undoes_the_fit() {
        let rect = ScreenRect { left: 0.0, top: 0.0, width: 750.0, height: 420.0 };
        close(View::actual_size(rect, PLAN, MIDDLE).scale, 2.0);
    }
}
