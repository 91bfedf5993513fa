//! What is selected, and where the keys are.

use super::{Editor, Interaction, Reaction, Refusal, Said, Way};
use crate::bounds::Bounds;
use crate::layout::BoothId;
use domain::PlanPoint;
use std::collections::BTreeSet;

impl Editor {
    pub(super) fn select(&mut self, ids: BTreeSet<BoothId>) -> Reaction {
        self.selection = ids;
        self.forget_vanished();
        Reaction::said(Said::Selected(self.selection.len()))
    }

    pub(super) fn select_alone(&mut self, id: BoothId) -> Reaction {
        if self.layout.find(id).is_none() {
            return Reaction::refused(Refusal::Gone);
        }
        self.focus = Some(id);
        self.select(BTreeSet::from([id]))
    }

    pub(super) fn select_all(&mut self) -> Reaction {
        let ids = self.layout.booths().filter(|booth| !booth.is_locked).map(|booth| booth.id).collect();
        self.select(ids)
    }

    pub(super) fn toggle(&mut self, id: BoothId) -> Reaction {
        if self.layout.find(id).is_none() {
            return Reaction::refused(Refusal::Gone);
        }
        self.focus = Some(id);
        if !self.selection.remove(&id) {
            self.selection.insert(id);
        }
        Reaction::said(Said::Selected(self.selection.len()))
    }

    /// The booth beside the one with the focus, by number. None behind the last one: keys leave the plan there.
    pub(super) fn find_beside(&self, way: Way) -> Option<BoothId> {
        let order: Vec<BoothId> = self.layout.by_number().iter().map(|booth| booth.id).collect();
        let here = self.focus.and_then(|focus| order.iter().position(|id| *id == focus));
        let index = match (here, way) {
            (None, Way::Next) => 0,
            (None, Way::Previous) => order.len().checked_sub(1)?,
            (Some(here), Way::Next) => here + 1,
            (Some(here), Way::Previous) => here.checked_sub(1)?,
        };
        order.get(index).copied()
    }

    pub(super) fn select_beside(&mut self, way: Way) -> Reaction {
        match self.find_beside(way) {
            Some(id) => self.select_alone(id),
            None => Reaction::IGNORED,
        }
    }

    pub(super) fn focus_beside(&mut self, way: Way) -> Reaction {
        let Some(id) = self.find_beside(way) else { return Reaction::IGNORED };
        self.focus = Some(id);
        Reaction::TAKEN
    }

    /// All that the rectangle touches and is not locked, and what was selected before it.
    pub(super) fn select_touched(&mut self, from: PlanPoint, to: PlanPoint, kept: BTreeSet<BoothId>) {
        let marquee = Bounds::between(from, to);
        let touched = self.layout.booths().filter(|booth| !booth.is_locked);
        let touched = touched.filter(|booth| booth.shape.bounds().overlaps(marquee)).map(|booth| booth.id);
        self.selection = kept.iter().copied().chain(touched).collect();
        self.interaction = Interaction::Marquee { from, to, kept };
    }
}
