//! New booths, drawn by the pointer or put where there is room.

use super::{Contact, Editor, Interaction, Modifiers, Reaction, Refusal, Tool};
use crate::bounds::{Axis, Bounds};
use crate::history::StepName;
use crate::layout::{BoothId, Layout, LayoutBooth};
use crate::shape::Shape;
use crate::surroundings::Sight;
use domain::{BoothNumber, PlanPoint};
use std::collections::BTreeSet;

/// A booth that is not drawn but added is as large as the last one, or this wide and high.
const USUAL_SIZE: (f64, f64) = (104.0, 96.0);

impl Editor {
    pub(super) fn begin_rectangle(&mut self, at: PlanPoint, modifiers: Modifiers, sight: &Sight<'_>) -> Reaction {
        self.cancel();
        let from = self.snapped_point(at, [true; 2], modifiers, sight);
        self.interaction = Interaction::DrawingRectangle { from, to: from };
        Reaction::TAKEN
    }

    /// With Shift, a square.
    pub(super) fn draw_rectangle(&mut self, from: PlanPoint, at: PlanPoint, modifiers: Modifiers, sight: &Sight<'_>) {
        let mut to = self.snapped_point(at, [true; 2], modifiers, sight);
        if modifiers.shift {
            let side = (to.x - from.x).abs().max((to.y - from.y).abs());
            to = PlanPoint { x: from.x + side.copysign(to.x - from.x), y: from.y + side.copysign(to.y - from.y) };
            self.guides.clear();
        }
        self.interaction = Interaction::DrawingRectangle { from, to };
    }

    /// A click draws a booth of the usual size about it.
    pub(super) fn end_rectangle(&mut self, from: PlanPoint, to: PlanPoint, sight: &Sight<'_>) -> Reaction {
        let bounds = Bounds::between(from, to);
        let is_click = bounds.length(Axis::X).max(bounds.length(Axis::Y)) < sight.units(4.0).max(0.01);
        let shape = if is_click { Shape::around(from, self.usual_size(), 0.0) } else { Shape::upright(bounds) };
        if !shape.is_allowed() {
            return self.refuse(Refusal::NotAllowed);
        }
        self.cancel();
        self.add_shapes(vec![shape], StepName::Drawn, sight)
    }

    pub(super) fn add_rectangle(&mut self, sight: &Sight<'_>) -> Reaction {
        let shape = Shape::around(sight.middle, self.usual_size(), 0.0);
        self.add_shapes(vec![shape], StepName::Drawn, sight)
    }

    /// As large as the booth with the highest number that is a rectangle: booths of a floor are of a kind.
    fn usual_size(&self) -> (f64, f64) {
        let booths = self.layout.by_number();
        let last = booths.iter().rev().find(|booth| matches!(booth.shape, Shape::Rectangle(_)));
        last.map_or(USUAL_SIZE, |booth| booth.shape.size())
    }

    /// A polygon goes on, or is closed at its first corner.
    pub(super) fn add_polygon_corner(
        &mut self,
        at: PlanPoint,
        contact: Contact,
        modifiers: Modifiers,
        sight: &Sight<'_>,
    ) -> Reaction {
        let mut corners = match &self.interaction {
            Interaction::DrawingPolygon { corners, .. } => corners.clone(),
            _ => {
                self.cancel();
                Vec::new()
            }
        };
        let reach = sight.units(contact.reach_px());
        if corners.len() >= 3 && corners.first().is_some_and(|first| first.distance(at) <= reach) {
            return self.end_polygon(sight);
        }
        if corners.len() >= *Shape::CORNERS.end() {
            return Reaction::refused(Refusal::NotAllowed);
        }
        let to = self.snapped_point(at, [true; 2], modifiers, sight);
        if corners.last() != Some(&to) {
            corners.push(to);
        }
        self.interaction = Interaction::DrawingPolygon { corners, to };
        Reaction::TAKEN
    }

    pub(super) fn remove_last_corner(&mut self) -> Reaction {
        if let Interaction::DrawingPolygon { corners, .. } = &mut self.interaction {
            corners.pop();
            if corners.is_empty() {
                self.cancel();
            }
        }
        Reaction::TAKEN
    }

    pub(super) fn end_polygon(&mut self, sight: &Sight<'_>) -> Reaction {
        let Interaction::DrawingPolygon { corners, .. } = self.interaction.clone() else { return Reaction::IGNORED };
        self.add_polygon(corners, sight)
    }

    pub(super) fn add_polygon(&mut self, corners: Vec<PlanPoint>, sight: &Sight<'_>) -> Reaction {
        self.cancel();
        let shape = Shape::Polygon(corners).rounded();
        if !shape.is_allowed() {
            return Reaction::refused(Refusal::NotAllowed);
        }
        self.add_shapes(vec![shape], StepName::Drawn, sight)
    }

    /// New booths with the next free numbers, selected. The tool is put down.
    pub(super) fn add_shapes(&mut self, shapes: Vec<Shape>, name: StepName, sight: &Sight<'_>) -> Reaction {
        if self.layout.booths().len() + shapes.len() > Layout::BOOTHS_MAX {
            return self.refuse(Refusal::TooMany);
        }
        if !shapes.iter().all(Shape::is_allowed) {
            return self.refuse(Refusal::NotAllowed);
        }
        let mut added = BTreeSet::new();
        for shape in shapes {
            let (id, number) = (self.make_id(), self.free_number(sight));
            let (name, wires) = (String::new(), BTreeSet::new());
            self.layout.put(LayoutBooth { id, number, name, shape, wires, is_locked: false });
            added.insert(id);
        }
        self.focus = added.first().copied();
        self.selection = added;
        self.tool = Tool::Select;
        self.commit(name)
    }

    fn make_id(&mut self) -> BoothId {
        loop {
            self.made = self.made.wrapping_add(1);
            let id = BoothId::made(self.session, self.made);
            if self.layout.find(id).is_none() {
                return id;
            }
        }
    }

    /// The first number above those of the floor that nobody has, or else the first at all.
    fn free_number(&self, sight: &Sight<'_>) -> BoothNumber {
        let here: BTreeSet<BoothNumber> = self.layout.booths().map(|booth| booth.number).collect();
        let elsewhere = &sight.surroundings.numbers_elsewhere;
        let above = here.last().map_or(1, |last| last.0.saturating_add(1));
        let is_free =
            |number: &u32| !here.contains(&BoothNumber(*number)) && !elsewhere.contains(&BoothNumber(*number));
        let found = (above..=Layout::NUMBER_MAX).find(is_free).or_else(|| (1..above).find(is_free));
        BoothNumber(found.unwrap_or(1))
    }
}
