//! The server functions: what the browser may ask. Each names its endpoint, so that a page of an older build still
//! finds it.

mod choose_booth;
mod find_floor;
mod find_walk;
mod plants;
mod read_directory;
mod read_status;
mod read_usual;

pub(crate) use choose_booth::choose_booth;
pub(crate) use find_floor::find_floor;
pub(crate) use find_walk::find_walk;
pub(crate) use plants::{act_on_plant, open_plant, read_plant_trends};
pub(crate) use read_directory::{directory_here, read_directory};
pub(crate) use read_status::read_status;
pub(crate) use read_usual::read_usual;
