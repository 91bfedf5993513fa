//! `/admin/screens`: screens on walls.

mod form;
mod list;
mod one;
mod picture;
mod told;
mod view;
mod words;

pub(super) use list::ScreensPage;
pub(super) use one::ScreenPage;
pub(super) use told::view_told;
pub use view::{ScreenEntry, ScreenPicture, ScreenRefusal, ScreenTold, ScreensView};
pub(super) use words::use_screen_words;
