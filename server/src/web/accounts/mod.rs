//! The administrator's side on the web.
//!
//! | route | who | what |
//! |---|---|---|
//! | `/login`, `/logout` | all | sign in and out ([`login`]) |
//! | `/setup/{token}` | whoever has a one-time link | choose a password ([`setup`]) |
//! | `/account...` | who is signed in | one's own password, second factor, sessions ([`own`]) |
//! | `/admin/session` | who is signed in | a stream that ends with the session ([`session_stream`]) |
//! | `/admin`, `/admin/accounts...` | who manages accounts | accounts ([`admin`]) |
//! | `/admin/plans` | who edits plans | takes a plan's file ([`plans`]) |
//! | `/admin/boards...` | who may read, or operates boards | boards ([`boards`]) |
//! | `/admin/audit...` | who reads the log | the log of changes ([`audit`]) |
//!
//! What changes something is a server function of `app`, but for one's own account, whose answers set cookies, and for boards, whose
//! forms are only ever sent by their own pages.

mod admin;
mod audit;
mod boards;
mod channel;
pub(super) mod functions;
mod login;
mod own;
mod plans;
mod session_stream;
mod setup;
mod visit;

pub(crate) use channel::{Channel, Connection, TrustedProxies};
pub(super) use visit::Renderer;

use super::WebState;
use axum::routing::{get, post};
use axum::{Extension, Router};

/// All routes of this side; `renderer` writes the pages.
pub(super) fn routes(renderer: Renderer) -> Router<WebState> {
    Router::new()
        .route("/login", get(login::show).post(login::sign_in))
        .route("/logout", post(login::sign_out))
        .route("/setup/{token}", get(setup::show).post(setup::set_password))
        .route("/account", get(own::show))
        .route("/account/password", post(own::change_password))
        .route("/account/sessions/end", post(own::end_session))
        .route("/account/sessions/end_others", post(own::end_others))
        .route("/account/totp/start", post(own::start_totp))
        .route("/account/totp/confirm", post(own::confirm_totp))
        .route("/account/totp/cancel", post(own::cancel_totp))
        .route("/account/totp/off", post(own::stop_totp))
        .route("/admin", get(admin::home))
        .route("/admin/session", get(session_stream::follow))
        .route("/admin/accounts", get(admin::list_accounts))
        .route("/admin/accounts/{id}", get(admin::find_account))
        .route("/admin/plans", post(plans::receive))
        .route("/admin/audit", get(audit::show))
        .route("/admin/audit/export.jsonl", get(audit::export_json))
        .route("/admin/audit/export.csv", get(audit::export_csv))
        .merge(boards::routes())
        .layer(Extension(renderer))
}
