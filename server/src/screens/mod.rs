//! Screens on walls: which there are, what they say of themselves, and how one is let in.

mod desk;
mod heard;
mod pairing;
mod state;
mod tries;

pub(crate) use desk::{Lookup, ScreenDesk, ScreenError, ScreenSettings};
pub(crate) use pairing::{Asked, PairingError};
pub(crate) use state::ScreenState;
