//! `/admin/boards`: the boards, for those who look after them.

use super::visit::{Holder, Visit, redirect};
use crate::fleet::{BoardChange, KeyWish};
use crate::web::WebState;
use app::admin::{
    AdminView, BoardRefusal, BoardTold, BoardsView, ChartRange, FleetQuery, FleetShow, FleetSort, NewBoardView, Told,
};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Form, Router};
use domain::{BoardCommand, BoardId, Holds, OperateBoards, ReadAdmin, SessionId};
use entity::StorageError;
use http::StatusCode;
use serde::Deserialize;
use std::ops::RangeInclusive;

const HEARTBEATS_S: RangeInclusive<u16> = 5..=300;
/// The page of a board of this name would be that of the form.
const NEW: &str = "new";
/// Detectors of our boards.
const CHANNELS: RangeInclusive<u8> = 1..=4;

/// | route | who | what |
/// |---|---|---|
/// | `GET /admin/boards` | who may read | all boards |
/// | `GET /admin/boards/{id}` | who may read | one of them |
/// | `/admin/boards/new` | who operates boards | makes one |
/// | `POST /admin/boards/{id}/...` | who operates boards | does something about it |
/// | `GET /admin/boards/{id}/key` | who has just made a key | shows it, once |
pub(super) fn routes() -> Router<WebState> {
    Router::new()
        .route("/admin/boards", get(list))
        .route("/admin/boards/new", get(show_new).post(create))
        .route("/admin/boards/{id}", get(find))
        .route("/admin/boards/{id}/key", get(show_key).post(renew_key))
        .route("/admin/boards/{id}/revoke", post(revoke))
        .route("/admin/boards/{id}/tell", post(tell))
        .route("/admin/boards/{id}/take_back", post(take_back))
        .route("/admin/boards/{id}/settings", post(change_settings))
        .route("/admin/boards/{id}/confirm", post(confirm))
        .route("/admin/boards/{id}/retire", post(retire))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    sort: String,
    desc: Option<String>,
    show: String,
    q: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskedCurves {
    range: String,
}

#[derive(Debug, Deserialize)]
struct NewForm {
    #[serde(default)]
    id: String,
    #[serde(default)]
    channels: String,
}

#[derive(Debug, Deserialize)]
struct TellForm {
    command: String,
    #[serde(default)]
    seconds: String,
}

#[derive(Debug, Deserialize)]
struct TakeBackForm {
    command: i32,
}

#[derive(Debug, Deserialize)]
struct RevokeForm {
    version: u8,
}

#[derive(Debug, Deserialize)]
struct SettingsForm {
    #[serde(default)]
    label: String,
    #[serde(default)]
    heartbeat_s: String,
}

type Reader = Holder<ReadAdmin>;
type Operator = Holder<OperateBoards>;

async fn list(
    Holder { visit, holds }: Reader,
    State(state): State<WebState>,
    Query(Asked { sort, desc, show, q: text }): Query<Asked>,
) -> Response {
    let query = FleetQuery {
        sort: FleetSort::read(&sort),
        is_descending: desc.is_some(),
        show: FleetShow::read(&show),
        text: text.chars().take(40).collect(),
    };
    match state.fleet.list(&holds, query).await {
        Ok(fleet) => visit.render(AdminView::Boards(BoardsView::Fleet(fleet)), StatusCode::OK).await,
        Err(error) => visit.render_away(&error).await,
    }
}

async fn find(
    Holder { visit, holds }: Reader,
    State(state): State<WebState>,
    Path(id): Path<String>,
    Query(asked): Query<AskedCurves>,
) -> Response {
    let Some(id) = BoardId::new(id) else { return not_found(&visit).await };
    match state.fleet.find(&holds, &id, ChartRange::read(&asked.range)).await {
        Ok(board) => visit.render(AdminView::Boards(BoardsView::Board(Box::new(board))), StatusCode::OK).await,
        Err(StorageError::UnknownBoard { .. }) => not_found(&visit).await,
        Err(error) => visit.render_away(&error).await,
    }
}

async fn not_found(visit: &Visit) -> Response {
    visit.render(AdminView::NotFound, StatusCode::NOT_FOUND).await
}

async fn show_new(Holder { visit, .. }: Operator) -> Response {
    visit.render(AdminView::Boards(BoardsView::New(NewBoardView::default())), StatusCode::OK).await
}

async fn create(
    Holder { visit, holds }: Operator,
    State(state): State<WebState>,
    Form(NewForm { id, channels }): Form<NewForm>,
) -> Response {
    let count: Option<u8> = channels.trim().parse().ok().filter(|count| CHANNELS.contains(count));
    let made = async {
        let board = BoardId::new(id.trim()).filter(|id| id.as_str() != NEW).ok_or(BoardRefusal::BadName)?;
        let channels = count.ok_or(BoardRefusal::BadChannels)?;
        let session = session_of(&visit)?;
        let host = visit.host(&state);
        state.fleet.create(&holds, session, KeyWish { board: &board, host: &host, channels }).await?;
        Ok(board)
    };
    let made: Result<BoardId, BoardRefusal> = made.await;
    match made {
        Ok(board) => redirect(&format!("/admin/boards/{board}/key")),
        Err(problem) => {
            let status = if problem == BoardRefusal::Away {
                StatusCode::SERVICE_UNAVAILABLE
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let form = NewBoardView { id, channels: count.unwrap_or_default(), problem: Some(problem) };
            visit.render(AdminView::Boards(BoardsView::New(form)), status).await
        }
    }
}

/// Once: whoever loads it again is led to the board.
async fn show_key(Holder { visit, .. }: Operator, State(state): State<WebState>, Path(id): Path<String>) -> Response {
    let Some(id) = BoardId::new(id) else { return not_found(&visit).await };
    let key = session_of(&visit).ok().and_then(|session| state.fleet.new_keys.take(session));
    match key.filter(|key| key.id == id) {
        Some(key) => visit.render(AdminView::Boards(BoardsView::Key(key)), StatusCode::OK).await,
        None => redirect(&format!("/admin/boards/{id}")),
    }
}

async fn renew_key(
    Holder { visit, holds }: Operator,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Response {
    let Some(board) = BoardId::new(id) else { return not_found(&visit).await };
    let made = async {
        let session = session_of(&visit)?;
        let reader = visit.principal.as_ref().and_then(|who| Holds::claim(who).ok()).ok_or(BoardRefusal::Unknown)?;
        let host = visit.host(&state);
        let wish = KeyWish { board: &board, host: &host, channels: *CHANNELS.end() };
        state.fleet.renew((&holds, &reader), session, wish).await
    };
    let made: Result<(), BoardRefusal> = made.await;
    match made {
        Ok(()) => redirect(&format!("/admin/boards/{board}/key")),
        Err(refusal) => say(&visit, &board, Err(refusal)),
    }
}

async fn revoke(
    holder: Operator,
    state: State<WebState>,
    id: Path<String>,
    Form(RevokeForm { version }): Form<RevokeForm>,
) -> Response {
    change(holder, state, id, Ok(BoardChange::Revoke { version })).await
}

async fn confirm(holder: Operator, state: State<WebState>, id: Path<String>) -> Response {
    change(holder, state, id, Ok(BoardChange::Confirm)).await
}

async fn retire(holder: Operator, state: State<WebState>, id: Path<String>) -> Response {
    change(holder, state, id, Ok(BoardChange::Retire)).await
}

async fn change_settings(
    holder: Operator,
    state: State<WebState>,
    id: Path<String>,
    Form(form): Form<SettingsForm>,
) -> Response {
    change(holder, state, id, read_settings(&form)).await
}

fn read_settings(form: &SettingsForm) -> Result<BoardChange, BoardRefusal> {
    let label = form.label.parse().map_err(|_| BoardRefusal::BadLabel)?;
    let heartbeat_s = match form.heartbeat_s.trim() {
        "" => None,
        text => {
            let seconds: Option<u16> = text.parse().ok().filter(|seconds| HEARTBEATS_S.contains(seconds));
            Some(seconds.ok_or(BoardRefusal::BadHeartbeat)?)
        }
    };
    Ok(BoardChange::Settings { label, heartbeat_s })
}

async fn tell(
    Holder { visit, holds }: Operator,
    State(state): State<WebState>,
    Path(id): Path<String>,
    Form(form): Form<TellForm>,
) -> Response {
    let Some(board) = BoardId::new(id) else { return not_found(&visit).await };
    let told = match read_command(&form) {
        Ok(command) => state.fleet.tell(&holds, &board, command).await,
        Err(refusal) => Err(refusal),
    };
    say(&visit, &board, told)
}

fn read_command(form: &TellForm) -> Result<BoardCommand, BoardRefusal> {
    let text = match form.command.as_str() {
        "sleep" => format!("sleep={}", form.seconds.trim()),
        other => other.to_owned(),
    };
    text.parse().map_err(|_| BoardRefusal::BadSleep)
}

async fn take_back(
    Holder { visit, holds }: Operator,
    State(state): State<WebState>,
    Path(id): Path<String>,
    Form(form): Form<TakeBackForm>,
) -> Response {
    let Some(board) = BoardId::new(id) else { return not_found(&visit).await };
    say(&visit, &board, state.fleet.take_back(&holds, &board, form.command).await)
}

async fn change(
    Holder { visit, holds }: Operator,
    State(state): State<WebState>,
    Path(id): Path<String>,
    wish: Result<BoardChange, BoardRefusal>,
) -> Response {
    let Some(board) = BoardId::new(id) else { return not_found(&visit).await };
    let told = match wish {
        Ok(wish) => state.fleet.change(&holds, &board, wish).await,
        Err(refusal) => Err(refusal),
    };
    say(&visit, &board, told)
}

fn session_of(visit: &Visit) -> Result<SessionId, BoardRefusal> {
    visit.principal.as_ref().map(|who| who.session).ok_or(BoardRefusal::Unknown)
}

/// Goes back to the board's page, which says once what came of it.
fn say(visit: &Visit, board: &BoardId, told: Result<BoardTold, BoardRefusal>) -> Response {
    let told = told.unwrap_or_else(BoardTold::Refused);
    if let Some(who) = &visit.principal {
        visit.accounts.told.put(who.session, Told::Board(told));
    }
    let unknown = told == BoardTold::Refused(BoardRefusal::Unknown);
    redirect(&if unknown { "/admin/boards".to_owned() } else { format!("/admin/boards/{board}") })
}
