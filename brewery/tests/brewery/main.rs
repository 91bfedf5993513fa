//! The stub from outside: the plant against figures, the contract against its text, the listener over sockets.

#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::cast_precision_loss)]

mod admin;
mod contract;
mod data_file;
mod ending;
mod energy;
mod faults;
mod figures;
mod flows;
mod host;
mod http;
mod interlocks;
mod kept;
mod pace;
mod recipes;
mod recordings;
mod words;
