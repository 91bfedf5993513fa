//! Plans: drawn up, published, sent as files.

mod desk;
mod floors;
mod presence;
mod schedule;
mod upload;

pub(crate) use desk::{PlanDesk, SharedDesk};
pub(crate) use upload::{Proposal, UploadError};
