//! Incidents: what the running server sees that somebody should look at.

mod desk;
mod past;
mod watch;

pub(crate) use desk::{AcknowledgeError, AlertDesk};
