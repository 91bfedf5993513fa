//! `/login` and `/logout`.

use super::visit::{Visit, redirect, redirect_with_cookie};
use crate::accounts::{Login, PasswordHashingError, SignInError};
use crate::web::language::local_path;
use app::admin::{AdminView, LoginProblem, LoginView};
use axum::Form;
use axum::extract::Query;
use axum::response::Response;
use entity::EndSessions;
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};
use serde::Deserialize;
use zeroize::Zeroizing;

/// Where somebody goes who wanted to go nowhere in particular.
const HOME: &str = "/admin";

#[derive(Debug, Deserialize)]
pub(super) struct LoginQuery {
    #[serde(default)]
    to: String,
}

#[derive(Deserialize)]
pub(super) struct LoginForm {
    name: String,
    password: Zeroizing<String>,
    #[serde(default)]
    code: String,
    #[serde(default)]
    to: String,
}

/// `GET /login`.
pub(super) async fn show(visit: Visit, Query(query): Query<LoginQuery>) -> Response {
    if visit.principal.is_some() {
        return redirect(destination(&query.to));
    }
    let problem = visit.channel.check_secrecy().err();
    let status = if problem.is_some() { StatusCode::FORBIDDEN } else { StatusCode::OK };
    visit.render(AdminView::Login(LoginView { to: query.to, name: String::new(), problem }), status).await
}

/// `POST /login`: the session's cookie and the way to where somebody wanted to go, or the form again with what is wrong.
pub(super) async fn sign_in(visit: Visit, Form(form): Form<LoginForm>) -> Response {
    let LoginForm { name, password, code, to } = form;
    let failed = async |problem: LoginProblem| {
        let view = LoginView { to: to.clone(), name: name.clone(), problem: Some(problem) };
        let mut response = visit.render(AdminView::Login(view), status_of(problem)).await;
        if let LoginProblem::Wait(seconds) = problem {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    };
    if let Err(problem) = visit.channel.check_secrecy() {
        return failed(problem).await;
    }
    let address = visit.channel.address;
    let login = Login { name: name.clone(), password, code, address, agent: visit.agent().to_owned() };
    match visit.accounts.sign_in(login, visit.principal.as_ref()).await {
        Ok(token) => {
            let cookie = visit.channel.set_cookie(&token, visit.accounts.limits.total_ms);
            redirect_with_cookie(destination(&to), &cookie)
        }
        Err(error) => failed(explain(&error)).await,
    }
}

/// `POST /logout`.
pub(super) async fn sign_out(visit: Visit) -> Response {
    if let Some(who) = &visit.principal {
        let ended = visit.accounts.end_sessions(who.account, EndSessions::One(who.session)).await;
        if let Err(error) = ended {
            return visit.render_away(&error).await;
        }
    }
    redirect_with_cookie("/login", &visit.channel.clear_cookie())
}

fn destination(to: &str) -> &str {
    match local_path(to) {
        "/" => HOME,
        path => path,
    }
}

/// What the form says of an error.
pub(super) fn explain(error: &SignInError) -> LoginProblem {
    match error {
        SignInError::Wrong => LoginProblem::Wrong,
        SignInError::Softlocked(locked) => LoginProblem::Wait(seconds(locked.wait_ms)),
        SignInError::Hashing(PasswordHashingError::Busy) => LoginProblem::Busy,
        SignInError::Hashing(_) | SignInError::Storage(_) | SignInError::NoRandomness => {
            tracing::error!(%error, "somebody could not sign in");
            LoginProblem::Away
        }
    }
}

/// Whole seconds, and not too few.
pub(super) fn seconds(ms: u64) -> u64 {
    ms.div_ceil(1_000)
}

/// The status that says the same.
pub(super) fn status_of(problem: LoginProblem) -> StatusCode {
    match problem {
        LoginProblem::Wrong => StatusCode::UNAUTHORIZED,
        LoginProblem::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
        LoginProblem::Busy | LoginProblem::Away => StatusCode::SERVICE_UNAVAILABLE,
        LoginProblem::Insecure | LoginProblem::UnknownProxy => StatusCode::FORBIDDEN,
    }
}
