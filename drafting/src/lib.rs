//! How the plan of a floor is drawn up: layouts and what differs between two of them, the plan editor without its page,
//! merging and publishing.
//!
//! Pure: no input, no output, no clock. The page gives the editor's events, the server the layouts. It is a crate of its own
//! and no part of `domain` because employees' pages have no use for it.

mod arranging;
mod bounds;
mod desk;
mod difference;
mod editor;
mod findings;
mod frame;
mod history;
mod label_room;
mod layout;
mod merging;
mod overlap;
mod publishing;
mod saving;
mod shape;
mod snap_gaps;
mod snapping;
mod surroundings;
#[cfg(test)]
mod testing;

pub use arranging::{Alignment, SameSize};
pub use bounds::{Axis, Bounds};
pub use desk::{
    Answers, Colleague, DraftingTable, EMPTY_SHEET, KeptDraft, PastVersion, PlanSha, PlanShaError, PlanSheet,
    Publishing, ScheduleProblem, ScheduledEntry, VersionEntry,
};
pub use difference::{BoothChange, Change, Difference, Edit, Field};
pub use editor::{
    Command, Contact, Editor, Event, ExactField, Interaction, Key, KeyPress, Modifiers, Reaction, Refusal, Said,
    Target, Tool, Way,
};
pub use findings::{Finding, list_findings};
pub use frame::{Frame, Handle};
pub use history::{History, Step, StepName};
pub use layout::{BoothId, Layout, LayoutBooth, LayoutError, WiredChannel};
pub use merging::{Choice, Choices, Clash, ClashKey, Merged, Side, merge};
pub use publishing::{Draft, DraftRevision, LayoutVersion, Publication, Published, Resolution, SavedDraft};
pub use saving::{Saving, SavingEvent};
pub use shape::Shape;
pub use snapping::{Guide, GuideKind, SnapRules};
pub use surroundings::{PlanLine, Sight, Surroundings};
