//! The server functions: what the browser may ask. Each names its endpoint, so that a page of an older build still
//! finds it.

mod find_floor;
mod read_status;

pub(crate) use find_floor::find_floor;
pub(crate) use read_status::read_status;
