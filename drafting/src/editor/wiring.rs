//! What a booth is beside its shape: number, name, wires, lock.

use super::{Editor, Reaction, Refusal};
use crate::history::StepName;
use crate::layout::{BoothId, Layout, WiredChannel, is_name, is_number};
use domain::BoothNumber;

impl Editor {
    /// A number that is taken is allowed, so that two booths can change theirs; it is found before publishing.
    pub(super) fn renumber(&mut self, id: BoothId, number: BoothNumber) -> Reaction {
        if !is_number(number) {
            return Reaction::refused(Refusal::NotAllowed);
        }
        let Some(booth) = self.layout.find_mut(id) else { return Reaction::refused(Refusal::Gone) };
        booth.number = number;
        self.commit(StepName::Renumbered)
    }

    pub(super) fn rename(&mut self, id: BoothId, name: &str) -> Reaction {
        let name = name.trim();
        if !is_name(name) {
            return Reaction::refused(Refusal::NotAllowed);
        }
        let Some(booth) = self.layout.find_mut(id) else { return Reaction::refused(Refusal::Gone) };
        name.clone_into(&mut booth.name);
        self.commit(StepName::Renamed)
    }

    pub(super) fn wire(&mut self, id: BoothId, wire: WiredChannel) -> Reaction {
        let Some(booth) = self.layout.find(id) else { return Reaction::refused(Refusal::Gone) };
        if booth.wires.len() >= Layout::WIRES_MAX && !booth.wires.contains(&wire) {
            return Reaction::refused(Refusal::TooMany);
        }
        self.take_off(&wire);
        if let Some(booth) = self.layout.find_mut(id) {
            booth.wires.insert(wire);
        }
        self.commit(StepName::Wired)
    }

    pub(super) fn unwire(&mut self, wire: &WiredChannel) -> Reaction {
        self.take_off(wire);
        self.commit(StepName::Unwired)
    }

    fn take_off(&mut self, wire: &WiredChannel) {
        let ids: Vec<BoothId> = self.layout.booths().map(|booth| booth.id).collect();
        for id in ids {
            if let Some(booth) = self.layout.find_mut(id) {
                booth.wires.remove(wire);
            }
        }
    }

    pub(super) fn lock(&mut self, is_locked: bool) -> Reaction {
        if self.selection.is_empty() {
            return Reaction::refused(Refusal::NothingSelected);
        }
        for id in self.selection.clone() {
            if let Some(booth) = self.layout.find_mut(id) {
                booth.is_locked = is_locked;
            }
        }
        self.commit(if is_locked { StepName::Locked } else { StepName::Unlocked })
    }
}
