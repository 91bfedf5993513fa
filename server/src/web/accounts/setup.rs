//! `/setup/{token}`: somebody who has a one-time link chooses a password.

use super::login::{seconds, status_of};
use super::visit::{Visit, redirect_with_cookie};
use crate::accounts::{AccountError, NewPassword, PasswordHashingError, Token};
use app::admin::{AdminView, LoginProblem, SetupProblem, SetupView};
use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::AccountName;
use entity::{LinkOwner, StorageError};
use http::StatusCode;
use serde::Deserialize;
use zeroize::Zeroizing;

#[derive(Deserialize)]
pub(super) struct SetupForm {
    #[serde(default)]
    name: String,
    password: Zeroizing<String>,
}

/// The form. Looking at it uses nothing up.
pub(super) async fn show(visit: Visit, Path(token): Path<String>) -> Response {
    let problem = visit.channel.check_secrecy().err().map(SetupProblem::Login);
    match find(&visit, &token).await {
        Ok((_, account)) => visit.render_form(account, String::new(), problem).await,
        Err(response) => response,
    }
}

/// Sets the password, makes the first administrator, and signs in.
pub(super) async fn set_password(visit: Visit, Path(token): Path<String>, Form(form): Form<SetupForm>) -> Response {
    let (link, account) = match find(&visit, &token).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let SetupForm { name, password } = form;
    let failed = async |problem| visit.render_form(account.clone(), name.clone(), Some(problem)).await;
    if let Err(problem) = visit.channel.check_secrecy() {
        return failed(SetupProblem::Login(problem)).await;
    }
    let named = account.clone().map_or_else(|| name.parse(), Ok);
    let Ok(named) = named else { return failed(SetupProblem::BadName).await };
    let browser = (visit.channel.address, visit.agent());
    match visit.accounts.use_link(&link, NewPassword { name: named, password }, browser).await {
        Ok(session) => {
            let cookie = visit.channel.set_cookie(&session, visit.accounts.limits.total_ms);
            redirect_with_cookie("/admin", &cookie)
        }
        Err(AccountError::Storage(StorageError::LinkOver)) => over(&visit).await,
        Err(error) => failed(explain(&error)).await,
    }
}

async fn find(visit: &Visit, token: &str) -> Result<(Token, Option<AccountName>), Response> {
    let Some(link) = Token::parse(token) else { return Err(over(visit).await) };
    match visit.accounts.find_link(&link).await {
        Ok(LinkOwner::FirstAdministrator) => Ok((link, None)),
        Ok(LinkOwner::Account(account)) => Ok((link, Some(account.facts.name))),
        Err(StorageError::LinkOver) => Err(over(visit).await),
        Err(error) => Err(visit.render_away(&error).await),
    }
}

async fn over(visit: &Visit) -> Response {
    visit.render(AdminView::LinkOver, StatusCode::NOT_FOUND).await
}

impl Visit {
    async fn render_form(&self, account: Option<AccountName>, name: String, problem: Option<SetupProblem>) -> Response {
        let status = match problem {
            None => StatusCode::OK,
            Some(SetupProblem::Login(problem)) => status_of(problem),
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        self.render(AdminView::Setup(SetupView { account, name, problem }), status).await
    }
}

fn explain(error: &AccountError) -> SetupProblem {
    match error {
        AccountError::Password(fault) => SetupProblem::Password(*fault),
        AccountError::Storage(StorageError::AccountNameTaken { .. }) => SetupProblem::NameTaken,
        AccountError::Softlocked(locked) => SetupProblem::Login(LoginProblem::Wait(seconds(locked.wait_ms))),
        AccountError::Hashing(PasswordHashingError::Busy) => SetupProblem::Login(LoginProblem::Busy),
        error => {
            tracing::error!(%error, "a password could not be set");
            SetupProblem::Login(LoginProblem::Away)
        }
    }
}
