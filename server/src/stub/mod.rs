//! The brewery stub within this program: its files, its rows, its ports.

mod command;
mod desk;
mod plant_view;
mod recipes;
mod running;
mod store;
mod token;

pub(crate) use command::brewery;
pub(crate) use desk::{PlantDesk, view_of};
pub(crate) use running::Stub;
