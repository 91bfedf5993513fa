//! The plan editor without its page: a state, and what each event makes of it.
//!
//! Deterministic: the same events in the same order make the same layout. While a gesture is under way `layout` shows where it
//! would end and `origin` is where it began; only its end becomes a step of the history. So an interrupted gesture is none.

mod clipboard;
mod command;
mod corners;
mod drawing;
mod event;
mod keyboard;
mod pointer;
mod selecting;
mod shaping;
mod wiring;

pub use event::{
    Command, Contact, Event, ExactField, Key, KeyPress, Modifiers, Reaction, Refusal, Said, Target, Tool, Way,
};

use crate::bounds::Bounds;
use crate::difference::{BoothChange, Difference};
use crate::frame::{Frame, Handle};
use crate::history::{History, Step, StepName};
use crate::layout::{BoothId, Layout, LayoutBooth};
use crate::shape::Shape;
use crate::snapping::{Guide, SnapRules};
use crate::surroundings::Sight;
use domain::PlanPoint;
use std::collections::BTreeSet;

/// What the pointer, or a number that is typed, is doing. Points are of the plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Interaction {
    /// Nothing.
    Idle,
    /// Held down on a booth where it started.
    Pressed {
        /// Where.
        at: PlanPoint,
        /// How far it may tremble, in CSS pixels.
        tremble_px: f64,
        /// On what.
        booth: BoothId,
        /// Going up takes this booth out of the selection.
        takes_out: bool,
        /// Going up leaves only this booth selected.
        leaves_alone: bool,
    },
    /// Selecting all that a rectangle touches.
    Marquee {
        /// Where it began.
        from: PlanPoint,
        /// Where it is.
        to: PlanPoint,
        /// What was selected before and stays so.
        kept: BTreeSet<BoothId>,
    },
    /// Moving what is selected.
    Dragging {
        /// Where it was taken.
        from: PlanPoint,
    },
    /// Pulling at a handle.
    Resizing {
        /// Which one.
        handle: Handle,
        /// Where it was taken.
        from: PlanPoint,
        /// The frame then.
        frame: Frame,
    },
    /// Turning what is selected.
    Turning {
        /// Where it was taken.
        from: PlanPoint,
        /// The frame then.
        frame: Frame,
    },
    /// Moving a corner of a polygon.
    Reshaping {
        /// Of which booth.
        booth: BoothId,
        /// Which corner.
        corner: usize,
        /// Where it was taken.
        from: PlanPoint,
    },
    /// Drawing a rectangle.
    DrawingRectangle {
        /// Its first corner.
        from: PlanPoint,
        /// The opposite one.
        to: PlanPoint,
    },
    /// Drawing a polygon.
    DrawingPolygon {
        /// The corners so far.
        corners: Vec<PlanPoint>,
        /// Where the next one would be.
        to: PlanPoint,
    },
    /// Typing a number.
    Typing,
}

/// The editor of a floor's layout.
#[derive(Debug, Clone)]
pub struct Editor {
    layout: Layout,
    origin: Layout,
    selection: BTreeSet<BoothId>,
    focus: Option<BoothId>,
    history: History,
    clipboard: Vec<LayoutBooth>,
    pastes: u32,
    interaction: Interaction,
    tool: Tool,
    rules: SnapRules,
    guides: Vec<Guide>,
    session: u32,
    made: u32,
    changes: u64,
}

impl Editor {
    /// Begins with a layout. `session` is a random number above zero, another one for each editor ever opened; what it makes
    /// gets identities of it.
    #[must_use]
    pub fn new(layout: Layout, session: u32) -> Self {
        Self {
            origin: layout.clone(),
            layout,
            selection: BTreeSet::new(),
            focus: None,
            history: History::default(),
            clipboard: Vec::new(),
            pastes: 0,
            interaction: Interaction::Idle,
            tool: Tool::Select,
            rules: SnapRules::ALL,
            guides: Vec::new(),
            session: session.max(1),
            made: 0,
            changes: 0,
        }
    }

    /// The layout as it is drawn now, with the gesture under way.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The layout without the gesture under way: what is saved.
    #[must_use]
    pub const fn settled_layout(&self) -> &Layout {
        &self.origin
    }

    /// Rises whenever [`Self::settled_layout`] changes, so the page knows when to save.
    #[must_use]
    pub const fn changes(&self) -> u64 {
        self.changes
    }

    /// What is selected; all of it exists.
    #[must_use]
    pub const fn selection(&self) -> &BTreeSet<BoothId> {
        &self.selection
    }

    /// The booth that keys speak of.
    #[must_use]
    pub const fn focus(&self) -> Option<BoothId> {
        self.focus
    }

    /// What the pointer is doing.
    #[must_use]
    pub const fn interaction(&self) -> &Interaction {
        &self.interaction
    }

    /// Why the gesture under way has snapped.
    #[must_use]
    pub fn guides(&self) -> &[Guide] {
        &self.guides
    }

    /// The steps.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// The tool at hand.
    #[must_use]
    pub const fn tool(&self) -> Tool {
        self.tool
    }

    /// What is snapped to.
    #[must_use]
    pub const fn rules(&self) -> &SnapRules {
        &self.rules
    }

    /// What was copied; [`Command::Keep`] gives it to the editor of another floor.
    #[must_use]
    pub fn clipboard(&self) -> &[LayoutBooth] {
        &self.clipboard
    }

    /// The frame around what is selected and can be changed.
    #[must_use]
    pub fn frame(&self) -> Option<Frame> {
        Frame::around(&self.shapes_of(&self.layout, &self.movable()))
    }

    /// The next state.
    pub fn handle(&mut self, event: Event, sight: &Sight<'_>) -> Reaction {
        match event {
            Event::Down { at, contact, modifiers } => self.down(allowed(at), contact, modifiers, sight),
            Event::Move { at, modifiers } => self.pointer_moved(allowed(at), modifiers, sight),
            Event::Up => self.up(sight),
            Event::Cancel => {
                self.cancel();
                Reaction::TAKEN
            }
            Event::Key(press) => self.key(press, sight),
            Event::Typing(field, value) => self.typing(field, value),
            Event::Typed => self.typed(),
            Event::Do(command) => self.command(command, sight),
        }
    }

    /// Goes on with another layout, such as the one merged with what others have published. Steps stay: undoing one later
    /// takes back the fields that it has changed, and nothing of what others have.
    pub fn take_over(&mut self, layout: Layout) {
        self.cancel();
        if layout != self.origin {
            self.changes += 1;
        }
        self.origin = layout.clone();
        self.layout = layout;
        self.forget_vanished();
    }

    /// Ends a gesture as if it had not been begun.
    fn cancel(&mut self) {
        if self.interaction != Interaction::Idle {
            self.layout = self.origin.clone();
            self.interaction = Interaction::Idle;
            self.forget_vanished();
        }
        self.guides.clear();
    }

    /// What has changed since the last step becomes one.
    fn commit(&mut self, name: StepName) -> Reaction {
        self.interaction = Interaction::Idle;
        self.guides.clear();
        let difference = Difference::between(&self.origin, &self.layout);
        if difference.is_empty() {
            return Reaction::TAKEN;
        }
        let count = difference.changes.len();
        self.history.push(Step { name, difference });
        self.settle();
        Reaction::said(Said::Did(name, count))
    }

    fn settle(&mut self) {
        self.origin = self.layout.clone();
        self.changes += 1;
        self.forget_vanished();
    }

    fn undo(&mut self) -> Reaction {
        self.cancel();
        let step = self.history.undo(&mut self.layout);
        self.stepped(step, Said::Undid)
    }

    fn redo(&mut self) -> Reaction {
        self.cancel();
        let step = self.history.redo(&mut self.layout);
        self.stepped(step, Said::Redid)
    }

    /// What a step has touched is selected, so that one sees what has happened.
    fn stepped(&mut self, step: Option<Step>, said: fn(StepName) -> Said) -> Reaction {
        let Some(step) = step else { return Reaction::refused(Refusal::NoStep) };
        self.selection = step.difference.changes.iter().map(BoothChange::id).collect();
        self.settle();
        Reaction::said(said(step.name))
    }

    fn forget_vanished(&mut self) {
        self.selection.retain(|id| self.layout.find(*id).is_some());
        self.focus = self.focus.filter(|id| self.layout.find(*id).is_some());
    }

    /// What is selected and not locked.
    fn movable(&self) -> Vec<BoothId> {
        let is_free = |id: &BoothId| self.layout.find(*id).is_some_and(|booth| !booth.is_locked);
        self.selection.iter().copied().filter(is_free).collect()
    }

    /// The same, or why there is none.
    fn expect_movable(&self) -> Result<Vec<BoothId>, Refusal> {
        let movable = self.movable();
        match (movable.is_empty(), self.selection.is_empty()) {
            (false, _) => Ok(movable),
            (true, true) => Err(Refusal::NothingSelected),
            (true, false) => Err(Refusal::Locked),
        }
    }

    fn shapes_of<'a>(&self, layout: &'a Layout, ids: &[BoothId]) -> Vec<&'a Shape> {
        ids.iter().filter_map(|id| layout.find(*id)).map(|booth| &booth.shape).collect()
    }

    /// Gives shapes to booths, all or none: when one of them is not allowed, they stay as they are.
    fn reshape(&mut self, shapes: Vec<(BoothId, Shape)>) -> bool {
        let is_allowed = shapes.iter().all(|(_, shape)| shape.is_allowed());
        if is_allowed {
            for (id, shape) in shapes {
                if let Some(booth) = self.layout.find_mut(id) {
                    booth.shape = shape;
                }
            }
        }
        is_allowed
    }

    /// The shapes that these booths had when the gesture began, each made into another one.
    fn shapes_from_origin(&self, ids: &[BoothId], make: &dyn Fn(&Shape) -> Shape) -> Vec<(BoothId, Shape)> {
        let shape = |id: &BoothId| Some((*id, make(&self.origin.find(*id)?.shape)));
        ids.iter().filter_map(shape).collect()
    }

    /// The bounds of everything else, to snap to.
    fn others(&self, ids: &[BoothId]) -> Vec<Bounds> {
        self.origin.booths().filter(|booth| !ids.contains(&booth.id)).map(|booth| booth.shape.bounds()).collect()
    }
}

/// Pointers can be anywhere; numbers that are none are the origin.
fn allowed(at: PlanPoint) -> PlanPoint {
    let clamp = |place: f64| if place.is_nan() { 0.0 } else { place.clamp(-Shape::PLACE_MAX, Shape::PLACE_MAX) };
    PlanPoint { x: clamp(at.x), y: clamp(at.y) }
}

#[cfg(test)]
mod pointer_tests;
#[cfg(test)]
mod story_tests;
#[cfg(test)]
mod undo_tests;
