//! `/api/notices/...`: "tell me when free", for the pages. All by POST with JSON; a ticket is a secret of 32 hexadecimal digits.
//!
//! | route | asks | answers |
//! |---|---|---|
//! | `ask` | `{"target":"any"}`, `{"target":{"floor":4}}`, `{"target":{"booth":42}}`, with `"ticket"` if there is one | `{"ticket","state"}` |
//! | `state` | `{"ticket"}` | what it waits for and was told of |
//! | `cancel` | `{"ticket","target"}`, all without a target | the same |
//! | `push` | `{"ticket","subscription"}` | 204 |
//! | `push_key` | | `{"key"}` |

use super::WebState;
use super::accounts::Channel;
use super::pages::reader_of;
use crate::notices::{AskError, NoticeDesk, Ticket, TicketState};
use crate::push::{Subscription, SubscriptionError, VapidKey};
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use domain::{NoticeError, NoticeTarget};
use http::header::CACHE_CONTROL;
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What these routes need.
#[derive(Clone)]
pub(crate) struct NoticeState {
    pub(crate) desk: Arc<NoticeDesk>,
    pub(crate) key: Arc<VapidKey>,
    pub(crate) allow_insecure: bool,
}

/// The routes below `/api/notices`.
pub(super) fn routes() -> Router<WebState> {
    Router::new()
        .route("/ask", post(ask))
        .route("/state", post(read_state))
        .route("/cancel", post(cancel))
        .route("/push", post(subscribe))
        .route("/push_key", post(read_push_key))
}

#[derive(Debug, Deserialize)]
struct Ask {
    #[serde(default)]
    ticket: Option<TicketText>,
    target: NoticeTarget,
}

#[derive(Debug, Deserialize)]
struct OfTicket {
    ticket: TicketText,
    #[serde(default)]
    target: Option<NoticeTarget>,
}

#[derive(Deserialize)]
struct Subscribe {
    ticket: TicketText,
    subscription: Subscription,
}

/// A ticket that no log line and no message shows.
#[derive(Deserialize)]
#[serde(transparent)]
struct TicketText(Ticket);

impl std::fmt::Debug for TicketText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TicketText")
    }
}

#[derive(Serialize)]
struct Asked {
    ticket: Ticket,
    state: TicketState,
}

#[derive(Serialize)]
struct PushKey {
    key: String,
}

/// An answer that nothing may keep: it is one browser's.
struct Private<T>(T);

impl<T: Serialize> IntoResponse for Private<T> {
    fn into_response(self) -> Response {
        ([(CACHE_CONTROL, "no-store")], Json(self.0)).into_response()
    }
}

async fn ask(
    State(state): State<WebState>,
    from: Channel,
    ReadBody(body): ReadBody<Ask>,
) -> Result<Private<Asked>, Refusal> {
    let ticket = body.ticket.map(|ticket| ticket.0);
    let (ticket, state) = state.notices.desk.ask(ticket, body.target, from.address)?;
    Ok(Private(Asked { ticket, state }))
}

async fn read_state(State(state): State<WebState>, ReadBody(body): ReadBody<OfTicket>) -> Private<TicketState> {
    Private(state.notices.desk.state(body.ticket.0))
}

async fn cancel(State(state): State<WebState>, ReadBody(body): ReadBody<OfTicket>) -> Private<TicketState> {
    Private(state.notices.desk.cancel(body.ticket.0, body.target))
}

async fn subscribe(
    State(state): State<WebState>,
    headers: HeaderMap,
    ReadBody(body): ReadBody<Subscribe>,
) -> Result<StatusCode, Refusal> {
    let NoticeState { desk, allow_insecure, .. } = &state.notices;
    body.subscription.endpoint().check(*allow_insecure).map_err(SubscriptionError::from)?;
    let waits = desk.subscribe(body.ticket.0, body.subscription, reader_of(&headers).locale);
    if waits { Ok(StatusCode::NO_CONTENT) } else { Err(Refusal::NotWaiting) }
}

async fn read_push_key(State(state): State<WebState>) -> Private<PushKey> {
    Private(PushKey { key: state.notices.key.public() })
}

/// JSON of a known form.
struct ReadBody<T>(T);

impl<T, S> FromRequest<S> for ReadBody<T>
where
    Json<T>: FromRequest<S, Rejection = JsonRejection>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Refusal> {
        let Json(body) = Json::from_request(request, state).await?;
        Ok(Self(body))
    }
}

/// Why a request is not granted, as `{"error":"...","message":"..."}`: the first for programs, the second for people.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Ask(#[from] AskError),
    #[error(transparent)]
    Subscription(#[from] SubscriptionError),
    #[error("this ticket waits for nothing")]
    NotWaiting,
    #[error("{}", .0.body_text())]
    Body(#[from] JsonRejection),
}

impl Refusal {
    fn code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Ask(AskError::Closed) => (StatusCode::CONFLICT, "closed"),
            Self::Ask(AskError::Refused(NoticeError::NoSuchTarget)) => (StatusCode::NOT_FOUND, "no_such_target"),
            Self::Ask(AskError::Refused(NoticeError::TooManyOfTicket { .. })) => (StatusCode::CONFLICT, "too_many"),
            Self::Ask(AskError::Refused(NoticeError::TooManyOfSource { .. })) => {
                (StatusCode::TOO_MANY_REQUESTS, "full")
            }
            Self::Ask(AskError::Refused(NoticeError::TooMany { .. })) => (StatusCode::SERVICE_UNAVAILABLE, "full"),
            Self::Ask(AskError::NoTicket) => (StatusCode::INTERNAL_SERVER_ERROR, "no_ticket"),
            Self::Subscription(_) => (StatusCode::UNPROCESSABLE_ENTITY, "subscription"),
            Self::NotWaiting => (StatusCode::CONFLICT, "not_waiting"),
            Self::Body(rejection) => (rejection.status(), "body"),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, error) = self.code();
        (status, Json(serde_json::json!({ "error": error, "message": self.to_string() }))).into_response()
    }
}
