//! The lines of a drawing that booths are put against.

use crate::outline::Survey;
use domain::{PlanPoint, ViewBox};
use drafting::PlanLine;
use std::collections::BTreeMap;

/// A line is at least this share of the plan's longer side.
const SHARE_MIN: f64 = 0.02;
/// More would be a grid of their own.
const LINES_MAX: usize = 1_000;
/// Up to this far from level or upright, in plan units, a line is meant to be so.
const SLANT_MAX: f64 = 0.05;

/// Level and upright lines, each place once, longest first.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn choose_lines(survey: &Survey, view_box: ViewBox) -> Vec<PlanLine> {
    let length_min = view_box.width.max(view_box.height) * SHARE_MIN;
    let mut places: BTreeMap<(bool, i64), (f64, f64, f64)> = BTreeMap::new();
    for (a, b) in &survey.lines {
        let is_upright = (a.x - b.x).abs() <= SLANT_MAX;
        if !is_upright && (a.y - b.y).abs() > SLANT_MAX || a.distance(*b) < length_min {
            continue;
        }
        let (at, from, to) = if is_upright { (a.x, a.y, b.y) } else { (a.y, a.x, b.x) };
        // Saturates far outside of any plan.
        let key = (is_upright, (at * 10.0).round() as i64);
        let known = places.entry(key).or_insert((at, f64::INFINITY, f64::NEG_INFINITY));
        *known = (known.0, known.1.min(from.min(to)), known.2.max(from.max(to)));
    }
    let line = |((is_upright, _), (at, from, to)): ((bool, i64), (f64, f64, f64))| {
        let point = |along: f64| {
            let (x, y) = if is_upright { (at, along) } else { (along, at) };
            PlanPoint { x: round(x), y: round(y) }
        };
        PlanLine { from: point(from), to: point(to) }
    };
    let mut lines: Vec<PlanLine> = places.into_iter().map(line).collect();
    lines.sort_by(|a, b| b.from.distance(b.to).total_cmp(&a.from.distance(a.to)));
    lines.truncate(LINES_MAX);
    lines
}

fn round(length: f64) -> f64 {
    (length * 100.0).round() / 100.0
}
