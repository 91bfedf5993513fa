//! What comes to the editor, and what it says.

use crate::arranging::{Alignment, SameSize};
use crate::bounds::Axis;
use crate::frame::Handle;
use crate::history::StepName;
use crate::layout::{BoothId, LayoutBooth, WiredChannel};
use crate::snapping::SnapRules;
use domain::{BoothNumber, PlanPoint};

/// Keys that are held down meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Modifiers {
    /// Adds to the selection, keeps the direction, the ratio, or steps of 15°.
    pub shift: bool,
    /// Control, or Command on a Mac. With a drag: no snapping.
    pub ctrl: bool,
    /// With a drag: no snapping.
    pub alt: bool,
}

impl Modifiers {
    pub(crate) const fn frees(self) -> bool {
        self.alt || self.ctrl
    }
}

/// What points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contact {
    /// A mouse or a pen.
    Mouse,
    /// A finger, which is wider.
    Touch,
}

impl Contact {
    /// What is nearer is meant, in CSS pixels: a target is twice as wide.
    pub(crate) const fn reach_px(self) -> f64 {
        match self {
            Self::Mouse => 12.0,
            Self::Touch => 22.0,
        }
    }

    /// What moves less, in CSS pixels, meant to click.
    pub(crate) const fn tremble_px(self) -> f64 {
        match self {
            Self::Mouse => 4.0,
            Self::Touch => 10.0,
        }
    }
}

/// What is under a pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A handle of the frame.
    Handle(Handle),
    /// The handle to turn by.
    Turning,
    /// A corner of the one selected polygon, by its place in the list.
    Corner(usize),
    /// A booth.
    Booth(BoothId),
    /// The plan.
    Plan,
}

/// What happens. Points are of the plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A button or finger comes down.
    Down {
        /// Where.
        at: PlanPoint,
        /// What.
        contact: Contact,
        /// With what held down.
        modifiers: Modifiers,
    },
    /// The pointer moves, held down or not.
    Move {
        /// Where to.
        at: PlanPoint,
        /// With what held down.
        modifiers: Modifiers,
    },
    /// It goes up.
    Up,
    /// It is lost, a second finger comes down, or the window loses the keyboard: as if the gesture had not been begun.
    Cancel,
    /// A key goes down on the plan; not in a text field.
    Key(KeyPress),
    /// A number is being typed into a field: shown at once, kept by [`Event::Typed`], taken back by [`Event::Cancel`].
    Typing(ExactField, f64),
    /// The field is left, or Enter pressed.
    Typed,
    /// A button, or a menu.
    Do(Command),
}

/// A key with what is held down beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPress {
    /// Which key.
    pub key: Key,
    /// With what.
    pub modifiers: Modifiers,
    /// Whether it is held down and comes again.
    pub is_repeated: bool,
}

/// A key that means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// An arrow, as its direction along x and y.
    Arrow(i8, i8),
    /// Tab.
    Tab,
    /// Space.
    Space,
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Delete or Backspace.
    Delete,
    /// A letter, in lower case, or a digit.
    Letter(char),
}

impl Key {
    /// Reads the name that browsers give to keys (`KeyboardEvent.key`).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut letters = name.chars();
        Some(match name {
            "ArrowLeft" => Self::Arrow(-1, 0),
            "ArrowRight" => Self::Arrow(1, 0),
            "ArrowUp" => Self::Arrow(0, -1),
            "ArrowDown" => Self::Arrow(0, 1),
            "Tab" => Self::Tab,
            " " => Self::Space,
            "Enter" => Self::Enter,
            "Escape" => Self::Escape,
            "Delete" | "Backspace" => Self::Delete,
            _ => match (letters.next(), letters.next()) {
                (Some(letter), None) if letter.is_ascii_alphanumeric() => Self::Letter(letter.to_ascii_lowercase()),
                _ => return None,
            },
        })
    }
}

/// What the pointer draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Nothing: it selects, moves, resizes and turns.
    Select,
    /// A rectangle, from corner to corner.
    Rectangle,
    /// A polygon, corner by corner.
    Polygon,
}

/// A number of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExactField {
    /// Left edge: of one rectangle before it is turned, else of the frame around all.
    X,
    /// Upper edge, likewise.
    Y,
    /// Width of each.
    Width,
    /// Height of each.
    Height,
    /// Rotation of each rectangle. A polygon has none to set; it is turned by [`Command::Turn`].
    Rotation,
}

/// Where to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the next booth by number.
    Next,
    /// To the one before.
    Previous,
}

/// Something to do. All that a pointer can do, there is a command for.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Selects one booth alone.
    Select(BoothId),
    /// Adds a booth to the selection, or takes it out.
    Toggle(BoothId),
    /// Selects all that are not locked.
    SelectAll,
    /// Selects nothing.
    SelectNone,
    /// Selects the next or previous booth alone.
    SelectBeside(Way),
    /// Moves the focus without selecting.
    FocusBeside(Way),
    /// Adds the booth with the focus to the selection, or takes it out.
    ToggleFocused,
    /// Moves, in plan units.
    Nudge(PlanPoint),
    /// Makes wider and higher, in plan units.
    Stretch(PlanPoint),
    /// Turns about the common middle, clockwise in degrees.
    Turn(f64),
    /// Sets a number.
    Set(ExactField, f64),
    /// Brings into line: with each other, one alone with the plan.
    Align(Alignment),
    /// Makes the gaps along an axis equal; of three and more.
    Distribute(Axis),
    /// Makes as large as the one with the focus.
    Match(SameSize),
    /// Keeps a copy.
    Copy,
    /// Keeps a copy and deletes.
    Cut,
    /// Adds what was copied: about this point, or a little beside where it was.
    Paste(Option<PlanPoint>),
    /// Adds a copy a little beside.
    Duplicate,
    /// Deletes.
    Delete,
    /// Locks or unlocks.
    Lock(bool),
    /// Adds a rectangle in the middle of the screen.
    AddRectangle,
    /// Adds a polygon.
    AddPolygon(Vec<PlanPoint>),
    /// Makes polygons of rectangles.
    IntoPolygon,
    /// Moves a corner of a polygon.
    MoveCorner(BoothId, usize, PlanPoint),
    /// Adds a corner in the middle of the side that begins at a corner.
    InsertCorner(BoothId, usize),
    /// Removes a corner.
    RemoveCorner(BoothId, usize),
    /// Gives another number.
    Renumber(BoothId, BoothNumber),
    /// Gives another name.
    Rename(BoothId, String),
    /// Lets a channel watch this booth, and no other one of the floor.
    Wire(BoothId, WiredChannel),
    /// Lets a channel watch nothing.
    Unwire(WiredChannel),
    /// Takes the last step back.
    Undo,
    /// Does it again.
    Redo,
    /// Takes another tool.
    Take(Tool),
    /// Snaps to something else.
    Snap(SnapRules),
    /// Takes booths of another window or floor to be pasted.
    Keep(Vec<LayoutBooth>),
}

/// What the status line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// A step was done, to so many booths.
    Did(StepName, usize),
    /// A step was taken back.
    Undid(StepName),
    /// A step was done again.
    Redid(StepName),
    /// So many booths are on the clipboard.
    Copied(usize),
    /// So many are selected now.
    Selected(usize),
    /// It was not done.
    Refused(Refusal),
}

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is selected, or nothing that this is for.
    NothingSelected,
    /// All that is selected is locked.
    Locked,
    /// At least this many have to be selected.
    TooFew(usize),
    /// A floor has no room for more booths.
    TooMany,
    /// It would be too small, too large or too far away; or a number or name that no booth can have.
    NotAllowed,
    /// The clipboard is empty.
    NothingCopied,
    /// There is no step to take back, or to do again.
    NoStep,
    /// There is no such booth any more.
    Gone,
}

/// What the page does with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reaction {
    /// Whether it meant something here. What did not is the browser's: a Tab that leaves the plan, arrows that scroll it.
    pub is_taken: bool,
    /// What to say.
    pub said: Option<Said>,
}

impl Reaction {
    pub(crate) const IGNORED: Self = Self { is_taken: false, said: None };
    pub(crate) const TAKEN: Self = Self { is_taken: true, said: None };

    pub(crate) const fn said(said: Said) -> Self {
        Self { is_taken: true, said: Some(said) }
    }

    pub(crate) const fn refused(refusal: Refusal) -> Self {
        Self::said(Said::Refused(refusal))
    }
}
