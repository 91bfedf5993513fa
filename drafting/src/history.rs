//! Undo and redo without limit. One gesture is one step.

use crate::difference::Difference;
use crate::layout::Layout;

/// What a step has done, for the list of the history and the status line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepName {
    /// Dragged, or its place was typed.
    Moved,
    /// Moved by arrow keys; holding one down is one step.
    Nudged,
    /// Another size.
    Resized,
    /// Turned.
    Turned,
    /// A corner of a polygon was moved, added or removed, or a rectangle became a polygon.
    Reshaped,
    /// Lined up.
    Aligned,
    /// Spread evenly.
    Distributed,
    /// Made the same size.
    Matched,
    /// Drawn.
    Drawn,
    /// Pasted.
    Pasted,
    /// Copied on the spot.
    Duplicated,
    /// Cut or deleted.
    Deleted,
    /// Locked.
    Locked,
    /// Unlocked.
    Unlocked,
    /// Another number.
    Renumbered,
    /// Another name.
    Renamed,
    /// A channel was wired.
    Wired,
    /// A channel was taken off.
    Unwired,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What it has done.
    pub name: StepName,
    /// What it has changed.
    pub difference: Difference,
}

/// The steps done, and those undone that can be done again.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// The steps done, oldest first.
    #[must_use]
    pub fn done(&self) -> &[Step] {
        &self.done
    }

    /// The steps undone; the last one is done again first.
    #[must_use]
    pub fn undone(&self) -> &[Step] {
        &self.undone
    }

    /// A step has been done; what was undone is forgotten.
    pub(crate) fn push(&mut self, step: Step) {
        self.undone.clear();
        self.done.push(step);
    }

    /// What has led to `now` goes on with the last step: the two become one. False when the last step is another one.
    pub(crate) fn go_on(&mut self, name: StepName, before: &Layout, now: &Layout) -> bool {
        let Some(last) = self.done.last_mut().filter(|last| last.name == name && self.undone.is_empty()) else {
            return false;
        };
        let mut start = before.clone();
        last.difference.reversed().apply(&mut start);
        last.difference = Difference::between(&start, now);
        if last.difference.is_empty() {
            self.done.pop();
        }
        true
    }

    pub(crate) fn undo(&mut self, layout: &mut Layout) -> Option<Step> {
        let step = self.done.pop()?;
        step.difference.reversed().apply(layout);
        self.undone.push(step.clone());
        Some(step)
    }

    pub(crate) fn redo(&mut self, layout: &mut Layout) -> Option<Step> {
        let step = self.undone.pop()?;
        step.difference.apply(layout);
        self.done.push(step.clone());
        Some(step)
    }
}
