//! Keys.
//!
//! Tab goes from booth to booth by number and leaves the plan behind the last one: nobody is caught in it. `n` and `p` move
//! the focus without selecting, and Space adds to the selection. Arrows move by 1, with Shift by 10; with Control they
//! stretch. `r` turns by 15°, with Shift back. Alt and a letter lines up, as in other drawing programs.

use super::{Command, Editor, Interaction, Key, KeyPress, Modifiers, Reaction, Tool, Way};
use crate::arranging::Alignment;
use crate::bounds::Axis;
use crate::surroundings::Sight;
use domain::PlanPoint;

/// What an arrow moves by, and with Shift, in plan units.
const STEPS: [f64; 2] = [1.0, 10.0];
/// What `r` turns by.
const TURN_DEG: f64 = 15.0;

impl Editor {
    pub(super) fn key(&mut self, press: KeyPress, sight: &Sight<'_>) -> Reaction {
        let is_drawing = matches!(self.interaction, Interaction::DrawingPolygon { .. });
        match press.key {
            Key::Escape => return self.escape(),
            Key::Enter if is_drawing => return self.end_polygon(sight),
            Key::Delete if is_drawing => return self.remove_last_corner(),
            Key::Arrow(x, y) if !press.modifiers.alt => return self.arrow(x, y, press, sight),
            _ => {}
        }
        match command_of(press.key, press.modifiers, self) {
            Some(command) => self.command(command, sight),
            None => Reaction::IGNORED,
        }
    }

    /// First what is under way, then the tool, then the selection; then it is the page's.
    fn escape(&mut self) -> Reaction {
        if self.interaction != Interaction::Idle {
            self.cancel();
        } else if self.tool != Tool::Select {
            self.tool = Tool::Select;
        } else if !self.selection.is_empty() {
            self.selection.clear();
        } else {
            return Reaction::IGNORED;
        }
        Reaction::TAKEN
    }

    fn arrow(&mut self, x: i8, y: i8, press: KeyPress, sight: &Sight<'_>) -> Reaction {
        if self.selection.is_empty() {
            return Reaction::IGNORED;
        }
        let step = STEPS[usize::from(press.modifiers.shift)];
        let way = PlanPoint { x: f64::from(x) * step, y: f64::from(y) * step };
        if press.modifiers.ctrl {
            return self.command(Command::Stretch(way), sight);
        }
        self.cancel();
        self.nudge(way, press.is_repeated)
    }
}

fn command_of(key: Key, modifiers: Modifiers, editor: &Editor) -> Option<Command> {
    let Modifiers { shift, ctrl, alt } = modifiers;
    match key {
        Key::Tab if !ctrl && !alt => Some(Command::SelectBeside(if shift { Way::Previous } else { Way::Next })),
        Key::Space if editor.focus.is_some() => Some(Command::ToggleFocused),
        Key::Delete if !editor.selection.is_empty() => Some(Command::Delete),
        Key::Letter(letter) if ctrl => control_command(letter, shift, editor),
        Key::Letter(letter) if alt => align_command(letter, shift),
        Key::Letter(letter) => plain_command(letter, shift, editor),
        _ => None,
    }
}

fn control_command(letter: char, shift: bool, editor: &Editor) -> Option<Command> {
    Some(match (letter, shift) {
        ('a', false) => Command::SelectAll,
        ('a', true) => Command::SelectNone,
        ('c', false) => Command::Copy,
        ('x', false) => Command::Cut,
        ('v', false) => Command::Paste(None),
        ('d', false) => Command::Duplicate,
        ('z', false) => Command::Undo,
        ('z', true) | ('y', false) => Command::Redo,
        ('l', true) => Command::Lock(!editor.movable().is_empty()),
        _ => return None,
    })
}

fn align_command(letter: char, shift: bool) -> Option<Command> {
    Some(match (letter, shift) {
        ('a', false) => Command::Align(Alignment::Left),
        ('h', false) => Command::Align(Alignment::Centre),
        ('d', false) => Command::Align(Alignment::Right),
        ('w', false) => Command::Align(Alignment::Top),
        ('v', false) => Command::Align(Alignment::Middle),
        ('s', false) => Command::Align(Alignment::Bottom),
        ('h', true) => Command::Distribute(Axis::X),
        ('v', true) => Command::Distribute(Axis::Y),
        _ => return None,
    })
}

fn plain_command(letter: char, shift: bool, editor: &Editor) -> Option<Command> {
    Some(match letter {
        'n' => Command::FocusBeside(Way::Next),
        'p' => Command::FocusBeside(Way::Previous),
        'b' => Command::AddRectangle,
        'r' if !editor.selection.is_empty() => Command::Turn(if shift { -TURN_DEG } else { TURN_DEG }),
        _ => return None,
    })
}
