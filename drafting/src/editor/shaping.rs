//! Places, sizes and rotations without a pointer.

use super::{Editor, ExactField, Interaction, Reaction, Refusal};
use crate::arranging::{Alignment, SameSize, spread};
use crate::bounds::{Axis, Bounds};
use crate::frame::Frame;
use crate::history::StepName;
use crate::layout::BoothId;
use crate::shape::{Shape, rounded};
use crate::surroundings::Sight;
use domain::{Placement, PlanPoint};

type Shapes = Vec<(BoothId, Shape)>;

impl Editor {
    /// Gives shapes to booths as one step.
    pub(super) fn reshape_as(&mut self, shapes: Shapes, name: StepName) -> Reaction {
        if self.reshape(shapes) { self.commit(name) } else { self.refuse(Refusal::NotAllowed) }
    }

    /// An arrow that is held down is one step.
    pub(super) fn nudge(&mut self, way: PlanPoint, is_repeated: bool) -> Reaction {
        let ids = match self.expect_movable() {
            Ok(ids) => ids,
            Err(refusal) => return Reaction::refused(refusal),
        };
        let shapes = self.shapes_from_origin(&ids, &|shape| shape.moved(way));
        if is_repeated && self.reshape(shapes.clone()) {
            let (before, now) = (self.origin.clone(), self.layout.clone());
            if self.history.go_on(StepName::Nudged, &before, &now) {
                self.settle();
                return Reaction::TAKEN;
            }
        }
        self.reshape_as(shapes, StepName::Nudged)
    }

    pub(super) fn stretch(&mut self, way: PlanPoint) -> Reaction {
        self.reshape_each(StepName::Resized, &|shape| {
            let (width, height) = shape.size();
            shape.sized((width + way.x, height + way.y))
        })
    }

    pub(super) fn turn(&mut self, degrees: f64) -> Reaction {
        let Some(frame) = self.frame() else { return self.reshape_each(StepName::Turned, &Shape::clone) };
        self.reshape_each(StepName::Turned, &|shape| shape.turned(frame.middle, degrees))
    }

    fn reshape_each(&mut self, name: StepName, make: &dyn Fn(&Shape) -> Shape) -> Reaction {
        match self.expect_movable() {
            Ok(ids) => self.reshape_as(self.shapes_from_origin(&ids, make), name),
            Err(refusal) => Reaction::refused(refusal),
        }
    }

    pub(super) fn set(&mut self, field: ExactField, value: f64) -> Reaction {
        match self.with_field(field, value) {
            Ok(shapes) => self.reshape_as(shapes, step_of(field)),
            Err(refusal) => Reaction::refused(refusal),
        }
    }

    /// Shown at once; what cannot be is not shown.
    pub(super) fn typing(&mut self, field: ExactField, value: f64) -> Reaction {
        self.cancel();
        match self.with_field(field, value) {
            Ok(shapes) => {
                self.interaction = Interaction::Typing;
                if self.reshape(shapes) { Reaction::TAKEN } else { Reaction::refused(Refusal::NotAllowed) }
            }
            Err(refusal) => Reaction::refused(refusal),
        }
    }

    pub(super) fn typed(&mut self) -> Reaction {
        if self.interaction != Interaction::Typing {
            return Reaction::IGNORED;
        }
        let is_moved = self.movable().iter().all(|id| {
            let size = |layout: &crate::layout::Layout| layout.find(*id).map(|booth| booth.shape.size());
            size(&self.layout) == size(&self.origin)
        });
        self.commit(if is_moved { StepName::Moved } else { StepName::Resized })
    }

    fn with_field(&self, field: ExactField, value: f64) -> Result<Shapes, Refusal> {
        let ids = self.expect_movable()?;
        if !value.is_finite() || matches!(field, ExactField::Width | ExactField::Height) && value < Shape::SIZE_MIN {
            return Err(Refusal::NotAllowed);
        }
        let value = rounded(value);
        let corner = self.first_corner(&ids);
        let way = match field {
            ExactField::X => Axis::X.way(value - corner.x),
            ExactField::Y => Axis::Y.way(value - corner.y),
            _ => PlanPoint { x: 0.0, y: 0.0 },
        };
        Ok(self.shapes_from_origin(&ids, &|shape| match (field, shape) {
            (ExactField::X | ExactField::Y, _) => shape.moved(way),
            (ExactField::Width, _) => shape.sized((value, shape.size().1)),
            (ExactField::Height, _) => shape.sized((shape.size().0, value)),
            (ExactField::Rotation, Shape::Rectangle(placement)) => {
                Shape::Rectangle(Placement { rotation_deg: value, ..*placement }).rounded()
            }
            (ExactField::Rotation, Shape::Polygon(_)) => shape.clone(),
        }))
    }

    fn first_corner(&self, ids: &[BoothId]) -> PlanPoint {
        let frame = Frame::around(&self.shapes_of(&self.origin, ids));
        let corner =
            |frame: Frame| PlanPoint { x: frame.middle.x - frame.width / 2.0, y: frame.middle.y - frame.height / 2.0 };
        frame.map_or(PlanPoint { x: 0.0, y: 0.0 }, corner)
    }

    /// Locked ones stay, and the others line up with them.
    pub(super) fn align(&mut self, alignment: Alignment, sight: &Sight<'_>) -> Reaction {
        let all: Vec<BoothId> = self.selection.iter().copied().collect();
        let bounds = self.bounds_of(&all);
        let frame = match bounds.as_slice() {
            [] | [_] => Bounds::of_plan(sight.surroundings.view_box),
            [first, others @ ..] => {
                let locked = all.iter().filter(|id| self.layout.find(**id).is_some_and(|booth| booth.is_locked));
                let locked: Vec<BoothId> = locked.copied().collect();
                let joined = others.iter().copied().fold(*first, Bounds::joined);
                self.bounds_of(&locked).into_iter().reduce(Bounds::joined).unwrap_or(joined)
            }
        };
        self.reshape_each(StepName::Aligned, &|shape| shape.moved(alignment.way(shape.bounds(), frame)))
    }

    pub(super) fn distribute(&mut self, axis: Axis) -> Reaction {
        let ids = match self.expect_movable() {
            Ok(ids) if ids.len() < 3 => return Reaction::refused(Refusal::TooFew(3)),
            Ok(ids) => ids,
            Err(refusal) => return Reaction::refused(refusal),
        };
        let ways = spread(&self.bounds_of(&ids), axis);
        let move_one = |(id, way): (&BoothId, PlanPoint)| Some((*id, self.origin.find(*id)?.shape.moved(way)));
        let shapes = ids.iter().zip(ways).filter_map(move_one).collect();
        self.reshape_as(shapes, StepName::Distributed)
    }

    /// As large as the one with the focus, about their own middles.
    pub(super) fn match_size(&mut self, same: SameSize) -> Reaction {
        if self.selection.len() < 2 {
            return Reaction::refused(Refusal::TooFew(2));
        }
        let model = self.focus.filter(|focus| self.selection.contains(focus)).or(self.selection.first().copied());
        let Some((width, height)) = model.and_then(|id| self.origin.find(id)).map(|booth| booth.shape.size()) else {
            return Reaction::refused(Refusal::Gone);
        };
        self.reshape_each(StepName::Matched, &|shape| {
            let own = shape.size();
            let size = match same {
                SameSize::Width => (width, own.1),
                SameSize::Height => (own.0, height),
                SameSize::Both => (width, height),
            };
            let sized = shape.sized(size);
            sized.moved(shape.middle().minus(sized.middle()))
        })
    }

    fn bounds_of(&self, ids: &[BoothId]) -> Vec<Bounds> {
        self.shapes_of(&self.origin, ids).iter().map(|shape| shape.bounds()).collect()
    }
}

const fn step_of(field: ExactField) -> StepName {
    match field {
        ExactField::X | ExactField::Y => StepName::Moved,
        ExactField::Width | ExactField::Height => StepName::Resized,
        ExactField::Rotation => StepName::Turned,
    }
}
