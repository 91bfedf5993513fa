//! "Tell me when free": the line of those who wait, and how they are told.
//!
//! The line is in memory and follows what is published. A file in the data folder keeps it over a restart: it is a few
//! kilobytes that nobody searches, and it works while the database is away.

mod desk;
mod file;
mod ticket;

pub(crate) use desk::{AskError, DeskSettings, NoticeDesk, TicketState};
pub(crate) use file::NoticeFile;
pub(crate) use ticket::Ticket;
