//! What a layout is drawn into: the plan, the rest of the building, and how they are looked at.

use crate::bounds::{Axis, Bounds};
use crate::layout::WiredChannel;
use domain::{BoothNumber, PlanPoint, ViewBox};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A straight line of the plan's drawing, level or upright, to snap to. In plan units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PlanLine {
    /// One end.
    pub from: PlanPoint,
    /// The other end.
    pub to: PlanPoint,
}

impl PlanLine {
    /// The axis along which it has one place, that place, and its extent along the other axis. None of a slanting line.
    #[must_use]
    pub fn place(self) -> Option<(Axis, f64, (f64, f64))> {
        let Bounds { left, top, right, bottom } = Bounds::between(self.from, self.to);
        if right - left < 0.01 {
            Some((Axis::X, f64::midpoint(left, right), (top, bottom)))
        } else if bottom - top < 0.01 {
            Some((Axis::Y, f64::midpoint(top, bottom), (left, right)))
        } else {
            None
        }
    }
}

/// What stands still while a floor is drawn up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Surroundings {
    /// The plan's extent.
    pub view_box: ViewBox,
    /// Its lines.
    pub lines: Vec<PlanLine>,
    /// The numbers of the booths of other floors.
    pub numbers_elsewhere: BTreeSet<BoothNumber>,
    /// The channels that watch booths of other floors.
    pub wires_elsewhere: BTreeSet<WiredChannel>,
}

/// How the plan is looked at while something happens.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// CSS pixels per plan unit.
    pub px_per_unit: f64,
    /// The point of the plan in the middle of the screen: what is added without a pointer comes there.
    pub middle: PlanPoint,
    /// What is around.
    pub surroundings: &'a Surroundings,
}

impl Sight<'_> {
    /// Plan units of a length on the screen.
    #[must_use]
    pub fn units(&self, px: f64) -> f64 {
        if self.px_per_unit > 0.0 { px / self.px_per_unit } else { px }
    }
}
