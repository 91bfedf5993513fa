//! One page a file.

mod floor;
mod home;
mod not_found;
mod qr;
mod search;
mod status;

pub(crate) use floor::FloorPage;
pub(crate) use home::{HomePage, use_home_floor};
pub(crate) use not_found::NotFoundPage;
pub(crate) use qr::{QrBoothPage, QrFloorPage};
pub(crate) use search::SearchPage;
pub(crate) use status::StatusPage;
