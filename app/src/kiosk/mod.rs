//! Screens on walls: what the server writes for them.
//!
//! The wasm does on such a page what nothing else can: it follows the live stream and keeps every drawn booth true
//! ([`crate::wall_screen`]). All that is around it is drawn here once, and moved by the scripts of `public/screen`, which read it off
//! the booths. So nothing is made or removed while a screen runs, and what watches over the wasm is not in it.

mod code_page;
mod document;
mod floor;
mod map;
mod notes;
mod screen;
mod view;
mod words;

pub use document::kiosk_document;
pub use view::{KioskFloor, KioskPage, KioskScreen, KioskView};
