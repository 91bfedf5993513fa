//! Curves as the server draws them: geometry without a browser.

use super::view::Span;
use crate::erased::IntoAny;
use domain::UtcMs;
use leptos::prelude::*;
use std::fmt::Write as _;

/// Units of a curve's drawing, which is stretched to its place.
const WIDTH: i64 = 1_000;
const HEIGHT: i64 = 100;

/// What a curve is drawn in: a span of time, and values from below to above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) span: Span,
    pub(super) low: i32,
    pub(super) high: i32,
    /// Between points further apart nothing is known, and nothing drawn.
    pub(super) gap_ms: u64,
}

/// The path through these points, oldest first. A point alone is a short dash.
pub(super) fn path(points: &[(UtcMs, i32)], frame: Frame) -> String {
    let mut path = String::new();
    let mut before: Option<UtcMs> = None;
    for (at, value) in points {
        let (x, y) = place(*at, *value, frame);
        let goes_on = before.is_some_and(|before| at.since(before) <= frame.gap_ms);
        let step = if goes_on { format!("L{x} {y}") } else { format!("M{x} {y}h2") };
        // Writing to a String cannot fail.
        let _ = write!(path, "{step}");
        before = Some(*at);
    }
    path
}

fn place(at: UtcMs, value: i32, frame: Frame) -> (i64, i64) {
    let part = |passed: i64, whole: i64, length: i64| passed.clamp(0, whole.max(1)) * length / whole.max(1);
    let Frame { span, low, high, .. } = frame;
    let x = part(at.0.saturating_sub(span.from.0), span.to.0.saturating_sub(span.from.0), WIDTH);
    let y = HEIGHT - part(i64::from(value) - i64::from(low), i64::from(high) - i64::from(low), HEIGHT);
    (x, y)
}

/// A curve that says in words what it shows.
#[component]
pub(super) fn Curve(path: String, label: String) -> impl IntoView {
    view! {
        <svg class="curve" role="img" aria-label=label viewBox=format!("0 -4 {WIDTH} {}", HEIGHT + 8) preserveAspectRatio="none">
            <path d=path />
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let span = Span { from: UtcMs(1_000), to: UtcMs(2_000) };
        let frame = Frame { span, low: 3_300, high: 4_200, gap_ms: 200 };
        let check = |points: &[(i64, i32)], expect| {
            let points: Vec<_> = points.iter().map(|(at, value)| (UtcMs(*at), *value)).collect();
            assert_eq!(path(&points, frame), expect);
        };
        check(&[], "");
        check(&[(1_500, 3_750)], "M500 50h2");
        check(&[(1_000, 3_300), (1_200, 4_200)], "M0 100h2L200 0");
        check(&[(1_000, 3_300), (1_201, 3_300)], "M0 100h2M201 100h2");
        check(&[(0, 0), (9_000, 9_000)], "M0 100h2M1000 0h2");
        let flat = Frame { span: Span { from: UtcMs(5), to: UtcMs(5) }, low: 7, high: 7, gap_ms: 0 };
        assert_eq!(path(&[(UtcMs(5), 7)], flat), "M0 100h2");
    }
}
