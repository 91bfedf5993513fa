//! Plans: drawn up, published, sent as files.

mod desk;
mod presence;
mod schedule;
mod upload;

pub(crate) use desk::{PlanDesk, SharedDesk};
pub(crate) use upload::UploadError;
