//! What differs between two layouts, booth by booth and field by field.
//!
//! The one form of change: a step of the editor's history, what is drawn between two versions, and what is merged.

use crate::layout::{BoothId, Layout, LayoutBooth, WiredChannel};
use crate::shape::Shape;
use domain::{BoothNumber, Placement, PlanPoint};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A value before and after. Nothing is ever computed back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change<T> {
    /// What it was.
    pub before: T,
    /// What it is.
    pub after: T,
}

impl<T: PartialEq + Clone> Change<T> {
    fn between(before: &T, after: &T) -> Option<Self> {
        (before != after).then(|| Self { before: before.clone(), after: after.clone() })
    }

    fn reversed(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }
}

/// A field of a booth has changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// Renumbered.
    Number(Change<BoothNumber>),
    /// Renamed.
    Name(Change<String>),
    /// A rectangle was moved: its upper left corner before it is turned.
    Position(Change<PlanPoint>),
    /// A rectangle has another width and height.
    Size(Change<(f64, f64)>),
    /// A rectangle was turned.
    Rotation(Change<f64>),
    /// A polygon has moved or changed, or one has become a rectangle, or the other way round.
    Outline(Change<Shape>),
    /// Wired to other channels.
    Wires(Change<BTreeSet<WiredChannel>>),
    /// Locked or unlocked.
    Lock(Change<bool>),
}

/// What an [`Edit`] changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The number on the door.
    Number,
    /// The name.
    Name,
    /// Where a rectangle is.
    Position,
    /// How large a rectangle is.
    Size,
    /// How a rectangle is turned.
    Rotation,
    /// All of the shape.
    Outline,
    /// What watches it.
    Wires,
    /// Whether it is locked.
    Lock,
}

impl Field {
    /// Whether two edits of these fields cannot both be had.
    pub(crate) fn disturbs(self, other: Self) -> bool {
        self == other || self == Self::Outline && other.is_of_shape() || other == Self::Outline && self.is_of_shape()
    }

    pub(crate) const fn is_of_shape(self) -> bool {
        matches!(self, Self::Position | Self::Size | Self::Rotation | Self::Outline)
    }
}

impl Edit {
    /// What it changes.
    #[must_use]
    pub const fn field(&self) -> Field {
        match self {
            Self::Number(_) => Field::Number,
            Self::Name(_) => Field::Name,
            Self::Position(_) => Field::Position,
            Self::Size(_) => Field::Size,
            Self::Rotation(_) => Field::Rotation,
            Self::Outline(_) => Field::Outline,
            Self::Wires(_) => Field::Wires,
            Self::Lock(_) => Field::Lock,
        }
    }

    fn reversed(&self) -> Self {
        match self {
            Self::Number(change) => Self::Number(change.reversed()),
            Self::Name(change) => Self::Name(change.reversed()),
            Self::Position(change) => Self::Position(change.reversed()),
            Self::Size(change) => Self::Size(change.reversed()),
            Self::Rotation(change) => Self::Rotation(change.reversed()),
            Self::Outline(change) => Self::Outline(change.reversed()),
            Self::Wires(change) => Self::Wires(change.reversed()),
            Self::Lock(change) => Self::Lock(change.reversed()),
        }
    }

    /// Puts the value after into the booth. A rectangle's field has no place in what is a polygon by now.
    pub(crate) fn apply(&self, booth: &mut LayoutBooth) {
        match self {
            Self::Number(change) => booth.number = change.after,
            Self::Name(change) => booth.name.clone_from(&change.after),
            Self::Outline(change) => booth.shape = change.after.clone(),
            Self::Wires(change) => booth.wires.clone_from(&change.after),
            Self::Lock(change) => booth.is_locked = change.after,
            Self::Position(_) | Self::Size(_) | Self::Rotation(_) => {
                if let Shape::Rectangle(placement) = &mut booth.shape {
                    self.apply_to(placement);
                }
            }
        }
    }

    fn apply_to(&self, placement: &mut Placement) {
        match self {
            Self::Position(change) => (placement.x, placement.y) = (change.after.x, change.after.y),
            Self::Size(change) => (placement.width, placement.height) = change.after,
            Self::Rotation(change) => placement.rotation_deg = change.after,
            _ => {}
        }
    }
}

/// What has happened to a booth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoothChange {
    /// It is new.
    Added(LayoutBooth),
    /// It is no more.
    Removed(LayoutBooth),
    /// Some fields differ.
    Changed {
        /// Which booth.
        id: BoothId,
        /// What differs; never empty, each field once.
        edits: Vec<Edit>,
    },
}

impl BoothChange {
    /// What differs between a booth's two states; nothing when nothing does.
    #[must_use]
    pub fn between(before: Option<&LayoutBooth>, after: Option<&LayoutBooth>) -> Option<Self> {
        match (before, after) {
            (None, None) => None,
            (None, Some(after)) => Some(Self::Added(after.clone())),
            (Some(before), None) => Some(Self::Removed(before.clone())),
            (Some(before), Some(after)) => {
                let edits = list_edits(before, after);
                (!edits.is_empty()).then_some(Self::Changed { id: after.id, edits })
            }
        }
    }

    /// Which booth.
    #[must_use]
    pub const fn id(&self) -> BoothId {
        match self {
            Self::Added(booth) | Self::Removed(booth) => booth.id,
            Self::Changed { id, .. } => *id,
        }
    }

    fn reversed(&self) -> Self {
        match self {
            Self::Added(booth) => Self::Removed(booth.clone()),
            Self::Removed(booth) => Self::Added(booth.clone()),
            Self::Changed { id, edits } => Self::Changed { id: *id, edits: edits.iter().map(Edit::reversed).collect() },
        }
    }

    fn apply(&self, layout: &mut Layout) {
        match self {
            Self::Added(booth) => layout.put(booth.clone()),
            Self::Removed(booth) => drop(layout.remove(booth.id)),
            // Somebody else may have removed it meanwhile.
            Self::Changed { id, edits } => {
                if let Some(booth) = layout.find_mut(*id) {
                    edits.iter().for_each(|edit| edit.apply(booth));
                }
            }
        }
    }
}

fn list_edits(before: &LayoutBooth, after: &LayoutBooth) -> Vec<Edit> {
    let mut edits = Vec::new();
    edits.extend(Change::between(&before.number, &after.number).map(Edit::Number));
    edits.extend(Change::between(&before.name, &after.name).map(Edit::Name));
    match (&before.shape, &after.shape) {
        (Shape::Rectangle(before), Shape::Rectangle(after)) => {
            let position = |at: &Placement| PlanPoint { x: at.x, y: at.y };
            let size = |at: &Placement| (at.width, at.height);
            edits.extend(Change::between(&position(before), &position(after)).map(Edit::Position));
            edits.extend(Change::between(&size(before), &size(after)).map(Edit::Size));
            edits.extend(Change::between(&before.rotation_deg, &after.rotation_deg).map(Edit::Rotation));
        }
        (before, after) => edits.extend(Change::between(before, after).map(Edit::Outline)),
    }
    edits.extend(Change::between(&before.wires, &after.wires).map(Edit::Wires));
    edits.extend(Change::between(&before.is_locked, &after.is_locked).map(Edit::Lock));
    edits
}

/// What differs between two layouts: each booth once, by identity.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Difference {
    /// What has happened to which booth.
    pub changes: Vec<BoothChange>,
}

impl Difference {
    /// What makes `after` of `before`.
    #[must_use]
    pub fn between(before: &Layout, after: &Layout) -> Self {
        let mut changes: Vec<_> = before
            .booths()
            .filter_map(|booth| BoothChange::between(Some(booth), after.find(booth.id)))
            .chain(after.booths().filter(|booth| before.find(booth.id).is_none()).cloned().map(BoothChange::Added))
            .collect();
        changes.sort_by_key(BoothChange::id);
        Self { changes }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// What takes it back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { changes: self.changes.iter().map(BoothChange::reversed).collect() }
    }

    /// Makes these changes in a layout. What has no place in it any more is left out.
    pub fn apply(&self, layout: &mut Layout) {
        for change in &self.changes {
            change.apply(layout);
        }
    }
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
