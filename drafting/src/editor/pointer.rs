//! Mouse, pen and finger.

use super::{Contact, Editor, Interaction, Modifiers, Reaction, Refusal, Said, Target, Tool};
use crate::bounds::Bounds;
use crate::frame::{Frame, Handle};
use crate::history::StepName;
use crate::layout::BoothId;
use crate::shape::Shape;
use crate::snapping::{SnapField, SnapRules, Snapped};
use crate::surroundings::Sight;
use domain::PlanPoint;

/// How far from the frame the handle to turn by is, in CSS pixels.
const TURNING_PX: f64 = 28.0;
/// Turning rests at multiples of this…
const TURN_REST_DEG: f64 = 45.0;
/// …from so far away.
const TURN_REST_WITHIN_DEG: f64 = 3.0;
/// With Shift, it goes in steps of this.
const TURN_STEP_DEG: f64 = 15.0;

impl Editor {
    /// What is under a pointer: handles first, then what is selected, then the smallest.
    #[must_use]
    pub fn target_at(&self, at: PlanPoint, contact: Contact, sight: &Sight<'_>) -> Target {
        if let Some(target) = self.find_handle(at, contact, sight) {
            return target;
        }
        let area = |id: BoothId| {
            let (width, height) = self.layout.find(id).map(|booth| booth.shape.size()).unwrap_or_default();
            (!self.selection.contains(&id), width * height)
        };
        let inside = self.layout.booths().filter(|booth| booth.shape.contains(at)).map(|booth| booth.id);
        let nearest = inside.min_by(|a, b| {
            let ((a_rank, a_area), (b_rank, b_area)) = (area(*a), area(*b));
            a_rank.cmp(&b_rank).then(a_area.total_cmp(&b_area))
        });
        nearest.map_or(Target::Plan, Target::Booth)
    }

    fn find_handle(&self, at: PlanPoint, contact: Contact, sight: &Sight<'_>) -> Option<Target> {
        let frame = self.frame()?;
        let reach = sight.units(contact.reach_px());
        let near = |place: PlanPoint| place.distance(at) <= reach;
        if near(frame.turning_place(sight.units(TURNING_PX))) {
            return Some(Target::Turning);
        }
        let movable = self.movable();
        let shapes = self.shapes_of(&self.layout, &movable);
        // Of a booth that is small on the screen the handles would leave nothing to drag it by.
        let is_small = frame.width.min(frame.height) < 4.0 * reach;
        if is_small && shapes.iter().any(|shape| shape.contains(at)) {
            return None;
        }
        if let [Shape::Polygon(corners)] = shapes.as_slice()
            && let Some(corner) = corners.iter().position(|corner| near(*corner))
        {
            return Some(Target::Corner(corner));
        }
        let handles = Handle::ALL.into_iter().filter(|handle| near(frame.place(*handle)));
        let nearest = |a: &Handle, b: &Handle| frame.place(*a).distance(at).total_cmp(&frame.place(*b).distance(at));
        handles.min_by(nearest).map(Target::Handle)
    }

    pub(super) fn down(
        &mut self,
        at: PlanPoint,
        contact: Contact,
        modifiers: Modifiers,
        sight: &Sight<'_>,
    ) -> Reaction {
        match self.tool {
            Tool::Rectangle => return self.begin_rectangle(at, modifiers, sight),
            Tool::Polygon => return self.add_polygon_corner(at, contact, modifiers, sight),
            Tool::Select => self.cancel(),
        }
        let target = self.target_at(at, contact, sight);
        let adds = modifiers.shift || modifiers.ctrl;
        self.interaction = match (target, self.frame(), self.movable().first()) {
            (Target::Handle(handle), Some(frame), _) => Interaction::Resizing { handle, from: at, frame },
            (Target::Turning, Some(frame), _) => Interaction::Turning { from: at, frame },
            (Target::Corner(corner), _, Some(booth)) => Interaction::Reshaping { booth: *booth, corner, from: at },
            (Target::Booth(booth), ..) => self.press(booth, at, contact, adds),
            _ => {
                let kept = if adds { self.selection.clone() } else { Default::default() };
                self.selection.clone_from(&kept);
                Interaction::Marquee { from: at, to: at, kept }
            }
        };
        Reaction::TAKEN
    }

    /// A booth that is not selected is so at once; one that is waits for what the pointer does.
    fn press(&mut self, booth: BoothId, at: PlanPoint, contact: Contact, adds: bool) -> Interaction {
        let was_selected = self.selection.contains(&booth);
        if !was_selected {
            if !adds {
                self.selection.clear();
            }
            self.selection.insert(booth);
        }
        self.focus = Some(booth);
        let (takes_out, leaves_alone) = (adds && was_selected, !adds && was_selected);
        Interaction::Pressed { at, tremble_px: contact.tremble_px(), booth, takes_out, leaves_alone }
    }

    pub(super) fn pointer_moved(&mut self, at: PlanPoint, modifiers: Modifiers, sight: &Sight<'_>) -> Reaction {
        match self.interaction.clone() {
            Interaction::Idle | Interaction::Typing => return Reaction::IGNORED,
            Interaction::Pressed { at: from, tremble_px, .. } => {
                if from.distance(at) <= sight.units(tremble_px) {
                    return Reaction::TAKEN;
                }
                if let Err(refusal) = self.expect_movable() {
                    self.interaction = Interaction::Idle;
                    return Reaction::refused(refusal);
                }
                self.interaction = Interaction::Dragging { from };
                self.drag(from, at, modifiers, sight);
            }
            Interaction::Marquee { from, kept, .. } => self.select_touched(from, at, kept),
            Interaction::Dragging { from } => self.drag(from, at, modifiers, sight),
            Interaction::Resizing { handle, from, frame } => {
                self.resize(handle, frame, at.minus(from), modifiers, sight);
            }
            Interaction::Turning { from, frame } => self.turn_to(frame, from, at, modifiers),
            Interaction::Reshaping { booth, corner, from } => {
                self.drag_corner((booth, corner), at.minus(from), modifiers, sight);
            }
            Interaction::DrawingRectangle { from, .. } => self.draw_rectangle(from, at, modifiers, sight),
            Interaction::DrawingPolygon { corners, .. } => {
                let to = self.snapped_point(at, [true; 2], modifiers, sight);
                self.interaction = Interaction::DrawingPolygon { corners, to };
            }
        }
        Reaction::TAKEN
    }

    pub(super) fn up(&mut self, sight: &Sight<'_>) -> Reaction {
        match self.interaction.clone() {
            Interaction::Idle | Interaction::Typing => Reaction::IGNORED,
            Interaction::Pressed { booth, takes_out, leaves_alone, .. } => {
                self.interaction = Interaction::Idle;
                if takes_out {
                    self.selection.remove(&booth);
                } else if leaves_alone {
                    self.selection.clear();
                    self.selection.insert(booth);
                }
                Reaction::said(Said::Selected(self.selection.len()))
            }
            Interaction::Marquee { .. } => {
                self.interaction = Interaction::Idle;
                self.focus = self.focus.filter(|focus| self.selection.contains(focus));
                Reaction::said(Said::Selected(self.selection.len()))
            }
            Interaction::Dragging { .. } => self.commit(StepName::Moved),
            Interaction::Resizing { .. } => self.commit(StepName::Resized),
            Interaction::Turning { .. } => self.commit(StepName::Turned),
            Interaction::Reshaping { .. } => self.commit(StepName::Reshaped),
            Interaction::DrawingRectangle { from, to } => self.end_rectangle(from, to, sight),
            // Corner by corner: it ends at the first one, or by Enter.
            Interaction::DrawingPolygon { .. } => Reaction::TAKEN,
        }
    }

    fn drag(&mut self, from: PlanPoint, at: PlanPoint, modifiers: Modifiers, sight: &Sight<'_>) {
        let ids = self.movable();
        let mut way = at.minus(from);
        // With Shift, only along the axis of the longer way.
        let axes = if modifiers.shift { [way.x.abs() >= way.y.abs(), way.x.abs() < way.y.abs()] } else { [true; 2] };
        way = along(way, axes);
        let bounds = self.shapes_of(&self.origin, &ids).iter().map(|shape| shape.bounds()).reduce(Bounds::joined);
        let Some(bounds) = bounds else { return };
        let snapped = self.snap_field(&ids, modifiers, sight).snap_moved(bounds.moved(way));
        way = way.plus(along(snapped.by(), axes));
        let shapes = self.shapes_from_origin(&ids, &|shape| shape.moved(way));
        if self.reshape(shapes) {
            self.guides = if axes == [true; 2] { snapped.guides } else { Vec::new() };
        }
    }

    fn resize(&mut self, handle: Handle, frame: Frame, way: PlanPoint, modifiers: Modifiers, sight: &Sight<'_>) {
        let ids = self.movable();
        let mut to = frame.place(handle).plus(way);
        let mut snapped = Snapped::default();
        if !modifiers.shift {
            let axes = frame.pulled_axes(handle);
            snapped = self.snap_field(&ids, modifiers, sight).snap_point(to, axes);
            to = to.plus(along(snapped.by(), axes));
        }
        let shapes = self.shapes_of(&self.origin, &ids);
        let mut resized = frame.resized(handle, to, modifiers.shift, smallest(frame, &shapes));
        if frame.pulled_axes(handle) == [false; 2] && !modifiers.frees() && !modifiers.shift {
            // Sides that are not level rest at whole units.
            let (width, height) = (resized.width.round(), resized.height.round());
            resized = frame.resized_to(handle, (width, height));
        }
        let is_alone = ids.len() == 1;
        let shapes = self.shapes_from_origin(&ids, &|shape| frame.refit(resized, shape, is_alone));
        if self.reshape(shapes) {
            self.guides = snapped.guides;
        }
    }

    fn turn_to(&mut self, frame: Frame, from: PlanPoint, at: PlanPoint, modifiers: Modifiers) {
        let angle = |point: PlanPoint| (point.y - frame.middle.y).atan2(point.x - frame.middle.x).to_degrees();
        let raw = frame.rotation_deg + angle(at) - angle(from);
        let rest = (raw / TURN_REST_DEG).round() * TURN_REST_DEG;
        let target = match modifiers {
            Modifiers { shift: true, .. } => (raw / TURN_STEP_DEG).round() * TURN_STEP_DEG,
            modifiers if modifiers.frees() => raw,
            _ if (raw - rest).abs() <= TURN_REST_WITHIN_DEG => rest,
            _ => raw.round(),
        };
        let shapes =
            self.shapes_from_origin(&self.movable(), &|shape| shape.turned(frame.middle, target - frame.rotation_deg));
        self.reshape(shapes);
    }

    /// What to snap to, for everything but these; nothing with Alt or Control.
    pub(super) fn snap_field(&self, ids: &[BoothId], modifiers: Modifiers, sight: &Sight<'_>) -> SnapField {
        if modifiers.frees() {
            return SnapField::new(Vec::new(), &SnapRules::NONE, sight);
        }
        SnapField::new(self.others(ids), &self.rules, sight)
    }

    /// A point that is drawn, where it comes to rest; its guides are shown.
    pub(super) fn snapped_point(
        &mut self,
        at: PlanPoint,
        axes: [bool; 2],
        modifiers: Modifiers,
        sight: &Sight<'_>,
    ) -> PlanPoint {
        let snapped = self.snap_field(&[], modifiers, sight).snap_point(at, axes);
        let point = at.plus(snapped.by());
        self.guides = snapped.guides;
        crate::shape::rounded_point(point)
    }

    pub(super) fn refuse(&mut self, refusal: Refusal) -> Reaction {
        self.cancel();
        Reaction::refused(refusal)
    }
}

fn along(way: PlanPoint, axes: [bool; 2]) -> PlanPoint {
    PlanPoint { x: if axes[0] { way.x } else { 0.0 }, y: if axes[1] { way.y } else { 0.0 } }
}

/// How small a frame may become, so that nothing in it gets too small.
fn smallest(frame: Frame, shapes: &[&Shape]) -> (f64, f64) {
    let factor = |size: fn(&Shape) -> f64| {
        shapes.iter().map(|shape| Shape::SIZE_MIN / size(shape).max(Shape::SIZE_MIN)).fold(0.0, f64::max)
    };
    if let [Shape::Rectangle(_)] = shapes {
        return (Shape::SIZE_MIN, Shape::SIZE_MIN);
    }
    // A rectangle that is turned shares both factors.
    let is_turned = |shape: &&&Shape| matches!(shape, Shape::Rectangle(at) if at.rotation_deg % 180.0 != 0.0);
    let (x, y) = (factor(|shape| shape.size().0), factor(|shape| shape.size().1));
    let (x, y) = if shapes.iter().any(|shape| is_turned(&shape)) { (x.max(y), x.max(y)) } else { (x, y) };
    (frame.width * x, frame.height * y)
}
