//! The stub's own listener.
//!
//! | route | what |
//! |---|---|
//! | `/{url}.py` | the contract, of the main plant ([`contract`]) |
//! | `/i/{name}/{url}.py` | the same, of another plant |
//! | `/admin/api/...` | for those who test a screen, with a token ([`admin`]) |
//! | `/` | says what this is |
//!
//! It has no cookies and never shares the application's origin: its GETs change state, for any page that asks.

pub mod admin;
mod contract;
mod listener;
mod mishaps;
mod token;
mod wire;

use crate::hosting::Brewery;
use admin::AdminState;
use axum::Router;
pub use contract::ContractState;
pub use listener::serve;
pub use token::{AdminToken, TokenError};
use tokio_util::sync::CancellationToken;

/// All routes of the stub.
pub fn router(brewery: Brewery, token: AdminToken, shutdown: CancellationToken) -> Router {
    let admin = admin::routes(AdminState::new(brewery.clone(), token, shutdown));
    contract::routes(ContractState::main(brewery)).nest("/admin/api", admin)
}

/// The contract of one plant and nothing else, for a listener of its own.
pub fn router_of(brewery: Brewery, name: crate::hosting::InstanceName) -> Router {
    contract::routes(ContractState::only(brewery, name))
}
