//! The administrator's side: who gets in, how long they stay, what they may do, and what is written down of it.

mod first_admin;
mod functions;
mod guessing;
mod log;
mod plant;
mod sessions;
mod tls;
pub(crate) mod visitor;
