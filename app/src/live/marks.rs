//! Changes that the map shows for a moment: booths that somebody has just left, and a ripple where something changes.

use super::Live;
use domain::{BoothNumber, BoothState, BoothStatus, UtcMs};
use leptos::prelude::*;

/// More at once would be a storm, not a hint.
const RIPPLES_MAX: usize = 40;

/// A booth that has changed a moment ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ripple {
    /// The number of the change.
    pub(crate) seq: u64,
    pub(crate) number: BoothNumber,
    /// What it is now.
    pub(crate) status: BoothStatus,
    /// Whether a second has begun since.
    aged: bool,
}

/// Both lists wake with what is new in them, never with each booth of the building.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    just_left: RwSignal<Vec<BoothNumber>>,
    ripples: RwSignal<Vec<Ripple>>,
}

impl Marks {
    pub(super) fn new<'a>(booths: impl Iterator<Item = &'a BoothState>, now: UtcMs) -> Self {
        let left = booths.filter(|booth| booth.is_just_left(now)).map(|booth| booth.number).collect();
        Self { just_left: RwSignal::new(left), ripples: RwSignal::new(Vec::new()) }
    }

    /// A booth looks like this now.
    pub(super) fn note_state(self, state: &BoothState, now: UtcMs) {
        if state.is_just_left(now) && !self.just_left.with_untracked(|left| left.contains(&state.number)) {
            self.just_left.update(|left| left.push(state.number));
        }
    }

    /// A booth has changed while one looks.
    pub(super) fn note_change(self, seq: u64, before: BoothState, after: BoothState) {
        let differs = before.status != after.status;
        if differs && self.ripples.with_untracked(Vec::len) < RIPPLES_MAX {
            let ripple = Ripple { seq, number: after.number, status: after.status, aged: false };
            self.ripples.update(|ripples| ripples.push(ripple));
        }
    }

    /// A second has passed: what is over goes. A ripple stays for one more, as it may have begun just now.
    pub(super) fn tick(self, is_just_left: impl Fn(BoothNumber) -> bool) {
        if self.just_left.with_untracked(|left| left.iter().any(|number| !is_just_left(*number))) {
            self.just_left.update(|left| left.retain(|number| is_just_left(*number)));
        }
        if !self.ripples.with_untracked(Vec::is_empty) {
            self.ripples.update(|ripples| {
                ripples.retain(|ripple| !ripple.aged);
                ripples.iter_mut().for_each(|ripple| ripple.aged = true);
            });
        }
    }
}

impl Live {
    /// Booths that somebody has just left.
    pub(crate) fn just_left(self) -> ReadSignal<Vec<BoothNumber>> {
        self.marks.just_left.read_only()
    }

    /// Booths that are changing now.
    pub(crate) fn ripples(self) -> ReadSignal<Vec<Ripple>> {
        self.marks.ripples.read_only()
    }
}
