//! Copies.

use super::{Editor, Reaction, Refusal, Said};
use crate::bounds::Bounds;
use crate::history::StepName;
use crate::layout::{Layout, LayoutBooth};
use crate::shape::Shape;
use crate::surroundings::Sight;
use domain::PlanPoint;

/// How far beside a copy comes, in plan units.
const BESIDE: f64 = 20.0;

impl Editor {
    fn selected(&self) -> Vec<LayoutBooth> {
        self.selection.iter().filter_map(|id| self.layout.find(*id)).cloned().collect()
    }

    pub(super) fn copy(&mut self) -> Reaction {
        let copied = self.selected();
        if copied.is_empty() { Reaction::refused(Refusal::NothingSelected) } else { self.keep(copied) }
    }

    pub(super) fn keep(&mut self, booths: Vec<LayoutBooth>) -> Reaction {
        self.clipboard = booths;
        self.clipboard.truncate(Layout::BOOTHS_MAX);
        self.pastes = 0;
        Reaction::said(Said::Copied(self.clipboard.len()))
    }

    pub(super) fn cut(&mut self) -> Reaction {
        match self.expect_movable() {
            Ok(_) => {
                self.copy();
                self.delete()
            }
            Err(refusal) => Reaction::refused(refusal),
        }
    }

    pub(super) fn delete(&mut self) -> Reaction {
        match self.expect_movable() {
            Ok(ids) => {
                for id in ids {
                    self.layout.remove(id);
                }
                self.commit(StepName::Deleted)
            }
            Err(refusal) => Reaction::refused(refusal),
        }
    }

    /// A copy is of the shape alone: a number, a name and a wire are of one booth.
    pub(super) fn paste(&mut self, at: Option<PlanPoint>, sight: &Sight<'_>) -> Reaction {
        let shapes: Vec<Shape> = self.clipboard.iter().map(|booth| booth.shape.clone()).collect();
        let Some(bounds) = shapes.iter().map(Shape::bounds).reduce(Bounds::joined) else {
            return Reaction::refused(Refusal::NothingCopied);
        };
        self.pastes = self.pastes.saturating_add(1);
        let beside = BESIDE * f64::from(self.pastes);
        let way = at.map_or(PlanPoint { x: beside, y: beside }, |at| at.minus(bounds.middle()));
        let shapes = shapes.iter().map(|shape| shape.moved(way)).collect();
        self.add_shapes(shapes, StepName::Pasted, sight)
    }

    pub(super) fn duplicate(&mut self, sight: &Sight<'_>) -> Reaction {
        let way = PlanPoint { x: BESIDE, y: BESIDE };
        let shapes: Vec<Shape> = self.selected().iter().map(|booth| booth.shape.moved(way)).collect();
        if shapes.is_empty() {
            return Reaction::refused(Refusal::NothingSelected);
        }
        self.add_shapes(shapes, StepName::Duplicated, sight)
    }
}
