//! Snapping: what moves comes to rest where it fits, and guides say why.
//!
//! What counts is the distance on the screen, so it feels the same at every zoom. Each axis snaps by itself. The nearest
//! wins; of equally near ones, first what stands on the plan, then gaps. The grid counts only where nothing else is near.

use crate::bounds::{Axis, Bounds};
use crate::snap_gaps::list_gap_stops;
use crate::surroundings::{PlanLine, Sight};
use domain::PlanPoint;
use serde::{Deserialize, Serialize};

/// What is nearer than this, in CSS pixels, is snapped to.
pub(crate) const TOLERANCE_PX: f64 = 6.0;
/// Lines of the grid that are closer than this, in CSS pixels, would be a grey.
const GRID_MIN_PX: f64 = 8.0;
/// Guides are of the same place up to this, in plan units: places are hundredths.
const SAME: f64 = 0.02;

/// What to snap to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SnapRules {
    /// The finest grid, in plan units; none without a grid.
    pub grid: Option<f64>,
    /// Edges and middles of other booths and of the plan.
    pub to_booths: bool,
    /// Gaps as wide as those between other booths.
    pub to_gaps: bool,
    /// Lines of the plan's drawing.
    pub to_lines: bool,
}

impl SnapRules {
    /// All of it, on a grid of 10 units, which are 20 cm.
    pub const ALL: Self = Self { grid: Some(10.0), to_booths: true, to_gaps: true, to_lines: true };
    /// Nothing.
    pub const NONE: Self = Self { grid: None, to_booths: false, to_gaps: false, to_lines: false };

    /// The grid's spacing in plan units as it is drawn and snapped to: the finest one, or 2, 5, 10, 20… times as wide, so
    /// that its lines can be told apart.
    #[must_use]
    pub fn grid_step(&self, px_per_unit: f64) -> Option<f64> {
        let finest = self.grid.filter(|finest| *finest > 0.0 && px_per_unit > 0.0)?;
        let decades = [1.0, 10.0, 100.0, 1_000.0, 10_000.0];
        let steps = decades.into_iter().flat_map(|decade| [1.0, 2.0, 5.0].map(|factor| finest * decade * factor));
        steps.into_iter().find(|step| step * px_per_unit >= GRID_MIN_PX)
    }
}

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuideKind {
    /// The edge of a booth.
    Edge,
    /// The middle of a booth.
    Middle,
    /// A line of the plan.
    Line,
    /// The plan's own edge or middle.
    Plan,
}

/// Why something has snapped, to be drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Guide {
    /// Two things are in line.
    Line {
        /// The axis along which they have the same place: X for an upright line.
        axis: Axis,
        /// That place.
        at: f64,
        /// Where the guide begins on the other axis.
        from: f64,
        /// Where it ends.
        to: f64,
        /// To what.
        kind: GuideKind,
    },
    /// A gap that is as wide as another one; each is given. Its length is the distance to show.
    Gap {
        /// The axis along which the gap lies.
        axis: Axis,
        /// Where it begins.
        from: f64,
        /// Where it ends.
        to: f64,
        /// Where to draw it on the other axis.
        at: f64,
    },
}

/// A place to snap to.
#[derive(Debug, Clone, Copy)]
struct Stop {
    axis: Axis,
    at: f64,
    extent: (f64, f64),
    kind: GuideKind,
}

/// Everything that can be snapped to.
pub(crate) struct SnapField {
    stops: Vec<Stop>,
    others: Vec<Bounds>,
    has_gaps: bool,
    grid: Option<f64>,
    tolerance: f64,
}

/// How far to move, and why.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Snapped {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) guides: Vec<Guide>,
}

impl Snapped {
    pub(crate) const fn by(&self) -> PlanPoint {
        PlanPoint { x: self.x, y: self.y }
    }
}

impl SnapField {
    pub(crate) fn new(others: Vec<Bounds>, rules: &SnapRules, sight: &Sight<'_>) -> Self {
        let mut stops = Vec::new();
        if rules.to_booths {
            for bounds in &others {
                stops.extend(stops_of(*bounds, GuideKind::Edge, GuideKind::Middle));
            }
            let plan = Bounds::of_plan(sight.surroundings.view_box);
            stops.extend(stops_of(plan, GuideKind::Plan, GuideKind::Plan));
        }
        if rules.to_lines {
            let places = sight.surroundings.lines.iter().copied().filter_map(PlanLine::place);
            stops.extend(places.map(|(axis, at, extent)| Stop { axis, at, extent, kind: GuideKind::Line }));
        }
        let grid = rules.grid_step(sight.px_per_unit);
        Self { stops, others, has_gaps: rules.to_gaps, grid, tolerance: sight.units(TOLERANCE_PX) }
    }

    /// For what is moved as a whole: its edges and middles snap, and the gaps beside it.
    pub(crate) fn snap_moved(&self, bounds: Bounds) -> Snapped {
        let places = |axis: Axis| {
            let (start, end) = bounds.span(axis);
            vec![start, end, f64::midpoint(start, end)]
        };
        self.snap(bounds, places, self.has_gaps)
    }

    /// For a point that is pulled along these axes (x, y).
    pub(crate) fn snap_point(&self, point: PlanPoint, axes: [bool; 2]) -> Snapped {
        let places = |axis: Axis| {
            let is_pulled = axes[usize::from(axis == Axis::Y)];
            if is_pulled { vec![axis.of(point)] } else { Vec::new() }
        };
        self.snap(Bounds::between(point, point), places, false)
    }

    fn snap(&self, bounds: Bounds, places: impl Fn(Axis) -> Vec<f64>, with_gaps: bool) -> Snapped {
        let mut snapped = Snapped::default();
        let mut gaps = Vec::new();
        for axis in Axis::ALL {
            let places = places(axis);
            let stop = self.nearest_stop(axis, &places);
            let gap = if with_gaps { self.nearest_gap(axis, bounds) } else { None };
            let by = match (stop, &gap) {
                (Some(by), Some((gap_by, _))) if gap_by.abs() + SAME < by.abs() => *gap_by,
                (Some(by), _) => by,
                (None, Some((gap_by, _))) => *gap_by,
                (None, None) => self.grid_way(&places),
            };
            gaps.extend(
                gap.filter(|(gap_by, _)| (gap_by - by).abs() < SAME).into_iter().flat_map(|(_, guides)| guides),
            );
            match axis {
                Axis::X => snapped.x = by,
                Axis::Y => snapped.y = by,
            }
        }
        let rest = bounds.moved(snapped.by());
        for axis in Axis::ALL {
            let by = axis.of(snapped.by());
            let places = places(axis).into_iter().map(|place| place + by);
            snapped.guides.extend(self.guides_at(axis, places.collect(), rest));
        }
        snapped.guides.extend(gaps);
        snapped
    }

    fn nearest_stop(&self, axis: Axis, places: &[f64]) -> Option<f64> {
        let ways = self.stops.iter().filter(|stop| stop.axis == axis);
        let ways = ways.flat_map(|stop| places.iter().map(|place| stop.at - place));
        ways.filter(|way| way.abs() <= self.tolerance).min_by(|a, b| a.abs().total_cmp(&b.abs()))
    }

    fn nearest_gap(&self, axis: Axis, bounds: Bounds) -> Option<(f64, Vec<Guide>)> {
        let stops = list_gap_stops(&self.others, bounds, axis, self.tolerance);
        stops.into_iter().min_by(|(a, _), (b, _)| a.abs().total_cmp(&b.abs()))
    }

    fn grid_way(&self, places: &[f64]) -> f64 {
        let (Some(step), Some(place)) = (self.grid, places.first()) else { return 0.0 };
        let way = (place / step).round() * step - place;
        if way.abs() <= self.tolerance { way } else { 0.0 }
    }

    /// One guide for each place at which something is in line, as long as all of it.
    fn guides_at(&self, axis: Axis, places: Vec<f64>, bounds: Bounds) -> Vec<Guide> {
        let guide = |place: f64| {
            let stops = self.stops.iter().filter(|stop| stop.axis == axis && (stop.at - place).abs() < SAME);
            let kind = stops.clone().map(|stop| stop.kind).min()?;
            let (from, to) = stops
                .map(|stop| stop.extent)
                .fold(bounds.span(axis.crossing()), |sum, extent| (sum.0.min(extent.0), sum.1.max(extent.1)));
            Some(Guide::Line { axis, at: place, from, to, kind })
        };
        places.into_iter().filter_map(guide).collect()
    }
}

fn stops_of(bounds: Bounds, edge: GuideKind, middle: GuideKind) -> Vec<Stop> {
    let of_axis = |axis: Axis| {
        let (start, end) = bounds.span(axis);
        let extent = bounds.span(axis.crossing());
        let stop = |at, kind| Stop { axis, at, extent, kind };
        [stop(start, edge), stop(end, edge), stop(f64::midpoint(start, end), middle)]
    };
    Axis::ALL.into_iter().flat_map(of_axis).collect()
}

#[cfg(test)]
#[path = "snapping_tests.rs"]
mod tests;
