//! A brewery that is not there: it answers the URLs of the stub "Bouchons", over a plant that is physically sound.
//!
//! - [`plant`], [`controller`], [`Brewhouse`]: the model. Pure; builds for browsers too.
//! - [`contract`]: the URLs and their answers, byte for byte.
//! - [`Clock`]: how many steps of the model are due.
//! - [`faults`]: what goes wrong on request.
//! - [`Snapshot`], [`Trends`]: what a screen shows.
//! - [`recipe`]: phases of calls with what is expected of them.
//! - With the feature `http`: `recorder`, `hosting` (plants that live on in a program), and `http`, which puts them on a socket.

pub mod contract;
pub mod controller;
pub mod faults;
pub mod plant;

mod brewhouse;
mod clock;
mod data_file;
#[cfg(feature = "http")]
pub mod hosting;
#[cfg(feature = "http")]
pub mod http;
pub mod recipe;
#[cfg(feature = "http")]
pub mod recorder;
mod snapshot;
mod trends;

pub use brewhouse::{Brewhouse, Command, CommandError};
pub use clock::{Clock, ClockError, Pace, RATE_MAX, RATE_MIN, STEPS_MAX, check_steps};
pub use data_file::{DataFile, DataFileError};
pub use snapshot::{PumpView, Snapshot, ValveView, VesselView};
pub use trends::{SAMPLE_S, SAMPLES_MAX, Sample, Trends};
