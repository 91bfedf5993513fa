//! The boards, for those who look after them.

mod commands;
mod desk;
mod entries;
mod keys;
mod trends;

pub(crate) use desk::{BoardChange, FleetDesk};
pub(crate) use keys::KeyWish;
