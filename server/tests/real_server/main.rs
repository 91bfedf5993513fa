//! The real program, started on ports of its own, asked over the network like anybody would.

#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used)]

mod bad_input;
mod board;
mod http;
mod limits;
mod live_path;
mod process;
mod simulated;
mod stopping;
mod storage;
mod stream;
mod web;
