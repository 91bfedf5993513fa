//! The corners of polygons.

use super::{Editor, Modifiers, Reaction, Refusal};
use crate::history::StepName;
use crate::layout::BoothId;
use crate::shape::{Shape, rounded_point};
use crate::surroundings::Sight;
use domain::PlanPoint;

impl Editor {
    pub(super) fn make_polygons(&mut self) -> Reaction {
        let ids = match self.expect_movable() {
            Ok(ids) => ids,
            Err(refusal) => return Reaction::refused(refusal),
        };
        let shapes = self.shapes_from_origin(&ids, &|shape| Shape::Polygon(shape.corners()).rounded());
        self.reshape_as(shapes, StepName::Reshaped)
    }

    pub(super) fn move_corner(&mut self, id: BoothId, corner: usize, to: PlanPoint) -> Reaction {
        self.change_corners(id, corner, &|corners| corners[corner] = rounded_point(to))
    }

    pub(super) fn insert_corner(&mut self, id: BoothId, corner: usize) -> Reaction {
        self.change_corners(id, corner, &|corners| {
            let next = corners[(corner + 1) % corners.len()];
            corners.insert(corner + 1, rounded_point(corners[corner].plus(next).times(0.5)));
        })
    }

    pub(super) fn remove_corner(&mut self, id: BoothId, corner: usize) -> Reaction {
        self.change_corners(id, corner, &|corners| {
            corners.remove(corner);
        })
    }

    fn change_corners(&mut self, id: BoothId, corner: usize, change: &dyn Fn(&mut Vec<PlanPoint>)) -> Reaction {
        let Some(booth) = self.origin.find(id) else { return Reaction::refused(Refusal::Gone) };
        let Shape::Polygon(mut corners) = booth.shape.clone() else { return Reaction::refused(Refusal::NotAllowed) };
        if booth.is_locked {
            return Reaction::refused(Refusal::Locked);
        }
        if corner >= corners.len() {
            return Reaction::refused(Refusal::NotAllowed);
        }
        change(&mut corners);
        self.reshape_as(vec![(id, Shape::Polygon(corners))], StepName::Reshaped)
    }

    pub(super) fn drag_corner(
        &mut self,
        (id, corner): (BoothId, usize),
        way: PlanPoint,
        modifiers: Modifiers,
        sight: &Sight<'_>,
    ) {
        let Some(Shape::Polygon(corners)) = self.origin.find(id).map(|booth| &booth.shape) else { return };
        let mut corners = corners.clone();
        let Some(place) = corners.get(corner).map(|place| place.plus(way)) else { return };
        let snapped = self.snap_field(&[id], modifiers, sight).snap_point(place, [true; 2]);
        corners[corner] = rounded_point(place.plus(snapped.by()));
        if self.reshape(vec![(id, Shape::Polygon(corners))]) {
            self.guides = snapped.guides;
        }
    }
}
