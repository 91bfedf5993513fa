//! The live stream: numbered, encoded once, shared by all readers.

mod hub;
mod latency;

pub(crate) use hub::{Cursor, Hub};
pub(crate) use latency::{Latency, MeasuredHub};
