//! The pages of DispoBox, compiled twice: into the server, which renders them first, and into the browser, which
//! takes them over.
//!
//! What differs between the two sides comes in through the contexts of [`backend`]; the one feature gate of the
//! crate is below.

// Written by the server alone: no browser carries the administrator's words and forms.
#[cfg(feature = "ssr")]
pub mod admin;
mod answer;
// Server functions are asynchronous because the browser waits for them; the server has the answers at hand.
#[allow(clippy::unused_async)]
mod api;
mod app;
mod attention;
pub mod backend;
mod booth_card;
mod booth_history;
mod booth_list;
mod booth_status;
pub mod brewery;
mod clock;
mod deadline;
mod editor;
#[cfg(not(feature = "ssr"))]
mod erased;
mod floor_detail;
mod floor_tabs;
mod geometry;
mod glyphs;
mod go_button;
mod go_guide;
mod going;
mod handed_over;
#[cfg(not(feature = "ssr"))]
mod head;
mod history_strip;
// As the administrator's side: written by the server alone.
#[cfg(feature = "ssr")]
pub mod kiosk;
#[cfg(not(feature = "ssr"))]
mod lazy;
#[cfg(feature = "ssr")]
#[path = "lazy_on_server.rs"]
mod lazy;
mod link_badge;
mod live;
mod map;
mod navigation;
mod notices;
mod pages;
mod parts;
pub mod plans;
mod reader;
mod screen;
mod search;
mod settings;
#[cfg(feature = "ssr")]
pub mod shell;
mod shortcuts;
mod texts;
mod top_bar;
mod wall_screen;

#[cfg(feature = "ssr")]
use leptos::prelude as erased;
#[cfg(feature = "ssr")]
use leptos_meta as head;

pub use app::App;
pub use navigation::Address;
pub use pages::{EDITOR_PATH, PAGE_PATHS};
pub use reader::{Locale, Reader};
