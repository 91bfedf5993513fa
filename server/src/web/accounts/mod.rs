//! The administrator's side on the web.
//!
//! | route | who | what |
//! |---|---|---|
//! | `/login`, `/logout` | all | sign in and out ([`login`]) |
//! | `/setup/{token}` | whoever has a one-time link | choose a password ([`setup`]) |
//! | `/account...` | who is signed in | one's own password, second factor, sessions ([`own`]) |
//! | `/admin/session` | who is signed in | a stream that ends with the session ([`session_stream`]) |
//! | `/admin`, `/admin/accounts...` | who manages accounts | accounts ([`admin`]) |
//! | `/admin/floors...` | who edits plans | floors, versions, publishing, plans ([`floors`]) |
//! | `/admin/site` | who edits plans | the site's clock and hours ([`site`]) |
//! | `/admin/alerts` | who sees these pages; to acknowledge, who operates boards | incidents ([`alerts`]) |
//! | `/admin/wiring...` | who sees these pages; to wire, who operates boards | which detector watches which booth ([`wiring`]) |
//! | `/admin/booths...` | who sees these pages; to change, who operates boards | how a booth's samples become presence ([`filter`]) |
//! | `/admin/plans` | who edits plans | takes a plan's file ([`plans`]) |
//! | `/admin/floors/{floor}/edit` | who edits plans | the plan editor ([`plan_editor`]) |
//! | `/admin/screens...` | who manages screens | screens on walls ([`screens`]) |
//! | `/admin/boards...` | who may read, or operates boards | boards ([`boards`]) |
//! | `/admin/audit...` | who reads the log | the log of changes ([`audit`]) |
//!
//! Acting on the brewing plant is for operators, too: [`plant`].
//!
//! What changes something is a server function of `app`, but for one's own account, whose answers set cookies, and for
//! forms that are only ever sent by their own pages.

mod admin;
mod alerts;
mod audit;
mod boards;
mod channel;
mod filter;
mod floors;
pub(super) mod functions;
mod login;
mod own;
mod plan_editor;
mod plans;
pub(super) mod plant;
mod screens;
mod session_stream;
mod setup;
mod site;
mod visit;
mod wiring;

pub(crate) use channel::{Channel, Connection, TrustedProxies};
pub(super) use plan_editor::AppRenderer;
pub(super) use visit::{Renderer, keep_nowhere};

use super::WebState;
use app::EDITOR_PATH;
use axum::routing::{get, post};
use axum::{Extension, Router};

/// All routes of this side; `renderer` writes the pages, `app` the one that is an application.
pub(super) fn routes(renderer: Renderer, app: AppRenderer) -> Router<WebState> {
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
        .route("/admin/alerts", get(alerts::show))
        .route("/admin/alerts/acknowledge", post(alerts::acknowledge))
        .route("/admin/wiring", get(wiring::show).post(wiring::wire))
        .route("/admin/wiring/signals", get(wiring::signals))
        .route("/admin/booths", get(filter::first))
        .route("/admin/booths/{number}", get(filter::show).post(filter::apply))
        .route("/admin/plans", post(plans::receive))
        .route(EDITOR_PATH, get(plan_editor::show))
        .route("/admin/screens", get(screens::list))
        .route("/admin/screens/create", post(screens::create))
        .route("/admin/screens/pair", post(screens::pair))
        .route("/admin/screens/{id}", get(screens::find).post(screens::change))
        .route("/admin/screens/{id}/identify", post(screens::identify))
        .route("/admin/screens/{id}/renew", post(screens::renew))
        .route("/admin/screens/{id}/revoke", post(screens::revoke))
        .route("/admin/audit", get(audit::show))
        .route("/admin/audit/export.jsonl", get(audit::export_json))
        .route("/admin/audit/export.csv", get(audit::export_csv))
        .route("/admin/site", get(site::show).post(site::save))
        .merge(floors::routes())
        .merge(boards::routes())
        .layer(Extension(renderer))
        .layer(Extension(app))
}
