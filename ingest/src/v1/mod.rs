//! Dialect v1, "poll": what the boards in the field have spoken since 2016.

mod answer;
pub(crate) mod decoder;
mod phrase;
mod poller;

pub use answer::FrameError;
pub use poller::{FRESH_FOR_MS, SLEEP_S_MAX};

pub(crate) use poller::{Leave, Poller, Tally};
