//! Commands. Each ends a gesture that is under way, as if it had not been begun.

use super::{Command, Editor, Reaction};
use crate::surroundings::Sight;
use std::collections::BTreeSet;

impl Editor {
    pub(super) fn command(&mut self, command: Command, sight: &Sight<'_>) -> Reaction {
        self.cancel();
        match command {
            Command::Select(id) => self.select_alone(id),
            Command::Toggle(id) => self.toggle(id),
            Command::SelectAll => self.select_all(),
            Command::SelectNone => self.select(BTreeSet::new()),
            Command::SelectBeside(way) => self.select_beside(way),
            Command::FocusBeside(way) => self.focus_beside(way),
            Command::ToggleFocused => self.focus.map_or(Reaction::IGNORED, |id| self.toggle(id)),
            Command::Nudge(way) => self.nudge(way, false),
            Command::Stretch(way) => self.stretch(way),
            Command::Turn(degrees) => self.turn(degrees),
            Command::Set(field, value) => self.set(field, value),
            Command::Align(alignment) => self.align(alignment, sight),
            Command::Distribute(axis) => self.distribute(axis),
            Command::Match(same) => self.match_size(same),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Take(tool) => {
                self.tool = tool;
                Reaction::TAKEN
            }
            Command::Snap(rules) => {
                self.rules = rules;
                Reaction::TAKEN
            }
            command => self.change(command, sight),
        }
    }

    /// Commands that make, remove or rewrite booths.
    fn change(&mut self, command: Command, sight: &Sight<'_>) -> Reaction {
        match command {
            Command::Copy => self.copy(),
            Command::Cut => self.cut(),
            Command::Paste(at) => self.paste(at.map(super::allowed), sight),
            Command::Duplicate => self.duplicate(sight),
            Command::Delete => self.delete(),
            Command::Lock(is_locked) => self.lock(is_locked),
            Command::AddRectangle => self.add_rectangle(sight),
            Command::AddPolygon(corners) => self.add_polygon(corners, sight),
            Command::IntoPolygon => self.make_polygons(),
            Command::MoveCorner(id, corner, to) => self.move_corner(id, corner, to),
            Command::InsertCorner(id, corner) => self.insert_corner(id, corner),
            Command::RemoveCorner(id, corner) => self.remove_corner(id, corner),
            Command::Renumber(id, number) => self.renumber(id, number),
            Command::Rename(id, name) => self.rename(id, &name),
            Command::Wire(id, wire) => self.wire(id, wire),
            Command::Unwire(wire) => self.unwire(&wire),
            Command::Keep(booths) => self.keep(booths),
            _ => Reaction::IGNORED,
        }
    }
}
