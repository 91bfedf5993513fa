//! `/account`: one's own account.

use super::login::seconds;
use super::visit::{Own, redirect, redirect_with_cookie};
use crate::accounts::{AccountError, TotpSecret};
use crate::clock::utc_now;
use crate::web::qr::to_svg;
use app::admin::{AdminView, OwnSession, OwnTold, OwnView, PendingTotp, Told};
use axum::Form;
use axum::response::Response;
use domain::{Actor, SessionId};
use entity::{AccountSession, EndSessions, StorageError};
use http::StatusCode;
use serde::Deserialize;
use zeroize::Zeroizing;

const HERE: &str = "/account";

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    current: Zeroizing<String>,
    password: Zeroizing<String>,
}

#[derive(Deserialize)]
pub(super) struct CurrentForm {
    current: Zeroizing<String>,
}

#[derive(Deserialize)]
pub(super) struct CodeForm {
    code: String,
}

#[derive(Deserialize)]
pub(super) struct SessionForm {
    session: SessionId,
}

/// The page.
pub(super) async fn show(own: Own) -> Response {
    match own.view().await {
        Ok(view) => own.visit.render(AdminView::Own(view), StatusCode::OK).await,
        Err(error) => own.visit.render_away(&error).await,
    }
}

/// Another password; all sessions end, and this browser gets a new one.
pub(super) async fn change_password(own: Own, Form(form): Form<PasswordForm>) -> Response {
    let PasswordForm { current, password } = form;
    let browser = (own.visit.channel.address, own.visit.agent());
    let accounts = &own.visit.accounts;
    match accounts.change_password(&own.principal, current, password, browser).await {
        Ok(token) => {
            let path = match accounts.find_principal(&token).await {
                Ok(Some(new)) => {
                    accounts.told.put(new.session, Told::Own(OwnTold::PasswordChanged));
                    HERE
                }
                _ => "/login",
            };
            redirect_with_cookie(path, &own.visit.channel.set_cookie(&token, accounts.limits.total_ms))
        }
        Err(error) => own.tell(Told::Own(explain(&error)), HERE),
    }
}

/// Ends one session.
pub(super) async fn end_session(own: Own, Form(form): Form<SessionForm>) -> Response {
    own.end(EndSessions::One(form.session)).await
}

/// Ends all but this one.
pub(super) async fn end_others(own: Own) -> Response {
    own.end(EndSessions::AllBut(own.principal.session)).await
}

/// A secret for an authenticator, which the page shows until it is confirmed.
pub(super) async fn start_totp(own: Own) -> Response {
    match TotpSecret::generate() {
        Ok(secret) => {
            own.visit.accounts.pending_totp.put(own.principal.session, secret);
            redirect("/account#totp")
        }
        Err(_) => own.tell(Told::Own(OwnTold::Away), HERE),
    }
}

/// The first code: from now on one is asked for.
pub(super) async fn confirm_totp(own: Own, Form(form): Form<CodeForm>) -> Response {
    let told = match own.visit.accounts.confirm_totp(&own.principal, &form.code).await {
        Ok(()) => OwnTold::TotpOn,
        Err(error) => explain(&error),
    };
    own.tell(Told::Own(told), HERE)
}

/// Rather not.
pub(super) async fn cancel_totp(own: Own) -> Response {
    drop(own.visit.accounts.pending_totp.take(own.principal.session));
    redirect(HERE)
}

/// No code any more, for whoever knows the password.
pub(super) async fn stop_totp(own: Own, Form(form): Form<CurrentForm>) -> Response {
    let told = match own.stop_totp(form.current).await {
        Ok(()) => OwnTold::TotpOff,
        Err(error) => explain(&error),
    };
    own.tell(Told::Own(told), HERE)
}

impl Own {
    async fn view(&self) -> Result<OwnView, StorageError> {
        let accounts = &self.visit.accounts;
        let id = self.principal.account;
        let account = accounts.storage.read_credentials(id).await?.account;
        let sessions = accounts.storage.list_account_sessions(id, accounts.limits, utc_now()).await?;
        let secret = accounts.pending_totp.take(self.principal.session);
        let pending = secret.as_ref().map(|secret| PendingTotp {
            code: to_svg(&secret.to_uri(account.facts.name.as_str())).unwrap_or_default(),
            secret: in_groups(&secret.to_base32()),
        });
        if let Some(secret) = secret {
            accounts.pending_totp.put(self.principal.session, secret);
        }
        let this = self.principal.session;
        let sessions = sessions.into_iter().map(|session| view_session(session, this)).collect();
        Ok(OwnView { account, sessions, pending })
    }

    async fn end(&self, which: EndSessions) -> Response {
        let told = match self.visit.accounts.end_sessions(self.principal.account, which).await {
            Ok(ended) => OwnTold::SessionsEnded(ended),
            Err(error) => explain(&error.into()),
        };
        self.tell(Told::Own(told), HERE)
    }

    async fn stop_totp(&self, current: Zeroizing<String>) -> Result<(), AccountError> {
        let accounts = &self.visit.accounts;
        accounts.check_current(&self.principal, current, self.visit.channel.address).await?;
        let by = Actor { account: Some(self.principal.account), name: self.principal.name.to_string() };
        Ok(accounts.storage.set_totp(&by, self.principal.account, None, utc_now()).await?)
    }
}

fn view_session(session: AccountSession, this: SessionId) -> OwnSession {
    let AccountSession { id, created_at, seen_at, address, agent } = session;
    OwnSession { id, is_this: id == this, created_at, seen_at, address, agent }
}

/// As people type it.
fn in_groups(text: &str) -> String {
    text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

fn explain(error: &AccountError) -> OwnTold {
    match error {
        AccountError::Password(fault) => OwnTold::Password(*fault),
        AccountError::WrongPassword => OwnTold::WrongPassword,
        AccountError::WrongCode => OwnTold::WrongCode,
        AccountError::Softlocked(locked) => OwnTold::Wait(seconds(locked.wait_ms)),
        AccountError::Hashing(_) | AccountError::Storage(_) | AccountError::Secret => {
            tracing::error!(%error, "somebody's account could not be changed");
            OwnTold::Away
        }
    }
}
