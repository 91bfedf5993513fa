//! What is drawn up of floors: drafts, versions, publications.

mod apply;
mod drafts;
mod floor_now;
mod floors;
mod publishing;
mod schedules;
mod versions;
mod wiring;

pub use drafts::DraftOrder;
pub use floors::{DraftEntry, FloorEntry};
pub use schedules::DueSchedule;
pub use wiring::Wiring;
