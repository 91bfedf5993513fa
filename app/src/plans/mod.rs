//! The server functions of the plan editor. Each begins by asking for the right to edit plans; those that change something are POST,
//! and their arguments are JSON.

mod create_floor;
mod discard_draft;
mod list_schedules;
mod list_versions;
mod note_editing;
mod publish_layout;
mod read_layout;
mod read_version;
mod restore_version;
mod save_draft;
mod schedule_layout;
mod take_schedule_back;

pub use create_floor::create_floor;
pub use discard_draft::discard_draft;
pub use list_schedules::list_schedules;
pub use list_versions::list_versions;
pub use note_editing::note_editing;
pub use publish_layout::publish_layout;
pub use read_layout::read_layout;
pub use read_version::read_version;
pub use restore_version::restore_version;
pub use save_draft::save_draft;
pub use schedule_layout::schedule_layout;
pub use take_schedule_back::take_schedule_back;
