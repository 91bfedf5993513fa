//! What is the matter with a layout.

use crate::bounds::Bounds;
use crate::layout::{BoothId, Layout, LayoutBooth, WiredChannel};
use crate::overlap::overlap;
use crate::surroundings::Surroundings;
use domain::BoothNumber;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something to look at before publishing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Several booths have the same number. A fault.
    SameNumber(BoothNumber, Vec<BoothId>),
    /// A booth of another floor has its number. A fault.
    NumberElsewhere(BoothId, BoothNumber),
    /// A channel is wired to several booths. A fault.
    SameChannel(WiredChannel, Vec<BoothId>),
    /// A channel watches a booth of another floor, too. A fault.
    ChannelElsewhere(BoothId, WiredChannel),
    /// Some of it is outside the plan.
    OutsidePlan(BoothId),
    /// Two stand in each other.
    Overlap(BoothId, BoothId),
    /// Nothing watches it: it will be grey.
    NotWired(BoothId),
}

impl Finding {
    /// Whether it has to be put right before publishing.
    #[must_use]
    pub const fn is_fault(&self) -> bool {
        match self {
            Self::SameNumber(..) | Self::NumberElsewhere(..) | Self::SameChannel(..) | Self::ChannelElsewhere(..) => {
                true
            }
            Self::OutsidePlan(_) | Self::Overlap(..) | Self::NotWired(_) => false,
        }
    }
}

/// Everything that is the matter, faults first.
#[must_use]
pub fn list_findings(layout: &Layout, surroundings: &Surroundings) -> Vec<Finding> {
    let mut findings = list_number_faults(layout, surroundings);
    findings.extend(list_channel_faults(layout, surroundings));
    let plan = Bounds::of_plan(surroundings.view_box);
    let outside = |booth: &&LayoutBooth| !plan.encloses(booth.shape.bounds());
    findings.extend(layout.booths().filter(outside).map(|booth| Finding::OutsidePlan(booth.id)));
    findings.extend(list_overlaps(layout));
    let bare = layout.booths().filter(|booth| booth.wires.is_empty());
    findings.extend(bare.map(|booth| Finding::NotWired(booth.id)));
    findings
}

fn list_number_faults(layout: &Layout, surroundings: &Surroundings) -> Vec<Finding> {
    let mut holders: BTreeMap<BoothNumber, Vec<BoothId>> = BTreeMap::new();
    for booth in layout.booths() {
        holders.entry(booth.number).or_default().push(booth.id);
    }
    let mut findings = Vec::new();
    for (number, ids) in holders {
        if surroundings.numbers_elsewhere.contains(&number) {
            findings.extend(ids.iter().map(|id| Finding::NumberElsewhere(*id, number)));
        }
        if ids.len() > 1 {
            findings.push(Finding::SameNumber(number, ids));
        }
    }
    findings
}

fn list_channel_faults(layout: &Layout, surroundings: &Surroundings) -> Vec<Finding> {
    let mut holders: BTreeMap<&WiredChannel, Vec<BoothId>> = BTreeMap::new();
    for booth in layout.booths() {
        for wire in &booth.wires {
            holders.entry(wire).or_default().push(booth.id);
        }
    }
    let mut findings = Vec::new();
    for (wire, ids) in holders {
        if surroundings.wires_elsewhere.contains(wire) {
            findings.extend(ids.iter().map(|id| Finding::ChannelElsewhere(*id, wire.clone())));
        }
        if ids.len() > 1 {
            findings.push(Finding::SameChannel(wire.clone(), ids));
        }
    }
    findings
}

/// From left to right, so that only those that begin before the other ends are compared.
fn list_overlaps(layout: &Layout) -> Vec<Finding> {
    let mut booths: Vec<_> = layout.booths().map(|booth| (booth.shape.bounds(), booth)).collect();
    booths.sort_by(|(a, _), (b, _)| a.left.total_cmp(&b.left));
    let mut findings = Vec::new();
    for (i, (bounds, booth)) in booths.iter().enumerate() {
        let near = booths[i + 1..].iter().take_while(|(other, _)| other.left < bounds.right);
        for (_, other) in near.filter(|(_, other)| overlap(&booth.shape, &other.shape)) {
            findings.push(Finding::Overlap(booth.id.min(other.id), booth.id.max(other.id)));
        }
    }
    findings
}

#[cfg(test)]
#[path = "findings_tests.rs"]
mod tests;
