//! The real program, started on ports of its own, asked over the network like anybody would.

#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used)]

mod api;
mod asleep;
mod audit;
mod bad_input;
mod board;
mod brewery;
mod building;
mod chance;
mod chaos;
mod clock;
mod cloned;
mod cuts;
mod database_away;
mod flood;
mod flooding;
mod forged;
mod full_disk;
mod http;
mod keys;
mod ledger;
mod limits;
mod live_path;
mod lost_nothing;
mod mariadb;
mod metrics;
mod outbox;
mod probe;
mod process;
mod says_how_it_is;
mod simulated;
mod soak;
mod sockets;
mod stale;
mod starts_without_database;
mod stopping;
mod storage;
mod strangers;
mod stream;
mod v2_board;
mod v2_session;
mod v2_wire;
mod web;
