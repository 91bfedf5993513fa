//! The brewery stub within this program: its files, its rows, its ports.

mod command;
mod recipes;
mod running;
mod store;
mod token;

pub(crate) use command::brewery;
pub(crate) use running::Stub;
