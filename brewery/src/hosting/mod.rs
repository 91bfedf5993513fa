//! Plants that live on in a program: they follow a clock, are told of by snapshots, and are kept over a restart.
//!
//! [`Brewery`] is all of them, [`Handle`] is one. Both are cheap to clone. Nothing here reads a clock or a database by itself:
//! the program passes a [`HostClock`] and a [`Store`].

mod core;
mod handle;
mod instances;
mod keeper;
mod store;

pub use handle::{Handle, RecorderState};
pub use instances::{Brewery, InstanceError, InstanceName, InstanceSettings, MAIN, OpenError};
pub use store::{Later, LoadError, Store, StoreError, Stored};

use std::time::Duration;

/// The program's clocks.
pub trait HostClock: Send + Sync + 'static {
    /// Time since some moment; it never goes back.
    fn monotonic(&self) -> Duration;
    /// The wall clock, in seconds since 1970.
    fn unix_s(&self) -> f64;
}
