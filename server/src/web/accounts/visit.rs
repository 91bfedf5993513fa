//! A request to this side: who asks, how it has come, and the page that answers it.
//!
//! Handlers say what they need by the type of their first argument: [`Visit`] for anybody, [`Own`] for who is signed in,
//! [`Holder`] for who has a right. Without the last there is no [`Holds`], and without that nothing can be changed.

use super::channel::Channel;
use crate::accounts::Accounts;
use crate::alerts::AlertDesk;
use crate::web::WebState;
use app::admin::{AdminPage, AdminView, LoginView, Told, Who};
use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use domain::{Claim, Holds, Principal};
use entity::StorageError;
use http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use std::pin::Pin;
use std::sync::Arc;

/// Sent by `public/page/fresh.js`.
const REFRESH: &str = "x-refresh";

/// Writes a page.
#[derive(Clone)]
pub(crate) struct Renderer(pub(crate) Arc<dyn Fn(Request) -> Rendering + Send + Sync>);

type Rendering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A request by anybody.
pub(super) struct Visit {
    pub(super) principal: Option<Principal>,
    pub(super) channel: Channel,
    pub(super) accounts: Arc<Accounts>,
    alerts: Arc<AlertDesk>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    renderer: Option<Renderer>,
}

/// A request by somebody who is signed in.
pub(super) struct Own {
    pub(super) visit: Visit,
    pub(super) principal: Principal,
}

/// A request by somebody who has a right.
pub(super) struct Holder<R> {
    pub(super) visit: Visit,
    pub(super) holds: Holds<R>,
}

impl Visit {
    /// Finds out who asks.
    ///
    /// # Errors
    /// When the database does not answer; only for somebody who has a cookie.
    pub(super) async fn of(parts: &Parts, state: &WebState) -> Result<Self, (Self, StorageError)> {
        let channel = Channel::of_request(parts, state);
        let mut visit = Self {
            principal: None,
            channel,
            accounts: Arc::clone(&state.accounts),
            alerts: Arc::clone(&state.alerts),
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            headers: parts.headers.clone(),
            renderer: parts.extensions.get::<Renderer>().cloned(),
        };
        if let Some(token) = channel.read_token(&parts.headers) {
            match visit.accounts.find_principal(&token).await {
                Ok(principal) => visit.principal = principal,
                Err(error) => return Err((visit, error)),
            }
        }
        Ok(visit)
    }

    /// What the browser calls itself.
    pub(super) fn agent(&self) -> &str {
        self.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default()
    }

    /// The address of this page on this server.
    pub(super) fn path(&self) -> &str {
        self.uri.path_and_query().map_or("/", |path| path.as_str())
    }

    /// By what name or address readers and boards reach this server, without a port.
    pub(super) fn host(&self, state: &WebState) -> String {
        let url = state.public_url(&self.headers).0.parse::<Uri>();
        url.ok().and_then(|url| url.host().map(str::to_owned)).unwrap_or_default()
    }

    /// A page.
    pub(super) async fn render(&self, view: AdminView, status: StatusCode) -> Response {
        let accounts = Arc::clone(&self.accounts);
        // What is to be said once is said to a person, not to the script that keeps their page fresh.
        let is_refresh = self.headers.contains_key(REFRESH);
        let page = AdminPage {
            who: self.principal.as_ref().map(|who| Who { name: who.name.clone(), roles: who.roles }),
            view,
            told: self.principal.as_ref().filter(|_| !is_refresh).and_then(|who| self.accounts.told.take(who.session)),
            alerts_waiting: self.alerts.count_waiting(),
            show_time: Arc::new(move |at| accounts.show_time(at)),
        };
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        request.extensions_mut().insert(page);
        let Some(Renderer(render)) = &self.renderer else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        let mut response = render(request).await;
        *response.status_mut() = status;
        keep_nowhere(response)
    }

    /// Has the next page say this, once.
    pub(super) fn put_told(&self, told: Told) {
        if let Some(who) = &self.principal {
            self.accounts.told.put(who.session, told);
        }
    }

    /// The page, when the database does not answer.
    pub(super) async fn render_away(&self, error: &StorageError) -> Response {
        // No more of it: the rest may be the secret of a link.
        let page = self.uri.path().split('/').nth(1).unwrap_or_default();
        tracing::error!(%error, page, "a page could not be shown");
        self.render(AdminView::Away, StatusCode::SERVICE_UNAVAILABLE).await
    }

    /// To whom asks without being signed in: the way to the form, or the form itself where something was sent.
    async fn ask_to_sign_in(&self) -> Response {
        if self.method == Method::GET {
            return redirect(&format!("/login?to={}", encode(self.path())));
        }
        self.render(AdminView::Login(LoginView::default()), StatusCode::UNAUTHORIZED).await
    }
}

impl Own {
    /// Goes to a page that says this once.
    pub(super) fn tell(&self, told: Told, path: &str) -> Response {
        self.visit.accounts.told.put(self.principal.session, told);
        redirect(path)
    }
}

impl FromRequestParts<WebState> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        match Self::of(parts, state).await {
            Ok(visit) => Ok(visit),
            Err((visit, error)) => Err(visit.render_away(&error).await),
        }
    }
}

impl FromRequestParts<WebState> for Own {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, state).await?;
        match visit.principal.clone() {
            Some(principal) => Ok(Self { visit, principal }),
            None => Err(visit.ask_to_sign_in().await),
        }
    }
}

impl<R: Claim> FromRequestParts<WebState> for Holder<R> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        let Own { visit, principal } = Own::from_request_parts(parts, state).await?;
        match Holds::claim(&principal) {
            Ok(holds) => Ok(Self { visit, holds }),
            Err(_) => Err(visit.render(AdminView::Forbidden, StatusCode::FORBIDDEN).await),
        }
    }
}

/// Goes to another page of this side.
pub(super) fn redirect(path: &str) -> Response {
    keep_nowhere((StatusCode::SEE_OTHER, [(LOCATION, path.to_owned())]).into_response())
}

/// The same, with a cookie.
pub(super) fn redirect_with_cookie(path: &str, cookie: &str) -> Response {
    let mut response = redirect(path);
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// Nobody keeps what is one person's.
pub(crate) fn keep_nowhere(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A path as a value in an address.
pub(super) fn encode(path: &str) -> String {
    path.replace('%', "%25").replace('&', "%26").replace('?', "%3F").replace('=', "%3D").replace('#', "%23")
}
