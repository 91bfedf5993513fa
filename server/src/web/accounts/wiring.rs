//! `/admin/wiring`: which detector watches which booth, and what each of them says at this moment.

use super::visit::{Holder, keep_nowhere, redirect};
use crate::clock::utc_now;
use crate::web::WebState;
use crate::wiring_board::{WiringTable, split_channel};
use app::admin::{AdminView, Told, WiringTold, WiringView};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use domain::{BoothNumber, FloorNumber, OperateBoards, ReadAdmin, Right};
use drafting::WiredChannel;
use entity::{StorageError, Wiring};
use http::StatusCode;
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    floor: Option<i32>,
    channel: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireForm {
    floor: i32,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    booth: String,
}

#[derive(Serialize)]
struct Signals {
    channels: Vec<SignalNow>,
}

/// `{"channel":"board-1/0","booth":41,"light":"high","strip":"M..."}`.
#[derive(Serialize)]
struct SignalNow {
    channel: String,
    booth: Option<BoothNumber>,
    light: &'static str,
    strip: String,
}

/// The page.
pub(super) async fn show(
    State(state): State<WebState>,
    Holder { visit, .. }: Holder<ReadAdmin>,
    Query(asked): Query<Asked>,
) -> Response {
    let shown = state.backend.memory.get();
    let floors: Vec<FloorNumber> = shown.building.floors.iter().map(|floor| floor.number).collect();
    let wanted = asked.floor.map(FloorNumber).or(floors.first().copied());
    let Some(floor) = wanted.and_then(|number| shown.find_floor(number)) else {
        return visit.render(AdminView::NotFound, StatusCode::NOT_FOUND).await;
    };
    let boards = WiringTable::new(&state.backend).list_boards(floor.number);
    let may_wire = visit.principal.as_ref().is_some_and(|who| who.roles.grant(Right::OperateBoards));
    let chosen = split_channel(&asked.channel).map(|wired| (wired.board, wired.channel));
    let view = WiringView { floors, floor, boards, chosen, may_wire };
    visit.render(AdminView::Wiring(Box::new(view)), StatusCode::OK).await
}

/// What the detectors say now, for whoever sees the page: those of a floor, or all.
pub(super) async fn signals(
    State(state): State<WebState>,
    _: Holder<ReadAdmin>,
    Query(asked): Query<Asked>,
) -> Response {
    let channels = WiringTable::new(&state.backend).list_channels(asked.floor.map(FloorNumber));
    let channels = channels.into_iter().map(|(wired, known)| SignalNow {
        channel: format!("{}/{}", wired.board, wired.channel),
        booth: known.booth,
        light: known.signal.light.as_str(),
        strip: known.signal.strip,
    });
    keep_nowhere(Json(Signals { channels: channels.collect() }).into_response())
}

/// Has a channel watch a booth, or nothing.
pub(super) async fn wire(
    State(state): State<WebState>,
    Holder { visit, holds }: Holder<OperateBoards>,
    Form(form): Form<WireForm>,
) -> Response {
    let told = match read(&state, &form) {
        Err(told) => told,
        Ok((wired, booth)) => match visit.accounts.storage.wire_channel(&holds, &wired, booth, utc_now()).await {
            Ok(Wiring::Published(floors)) => {
                for (floor, version) in floors {
                    state.plans.follow(floor, version.0).await;
                }
                if booth.is_some() { WiringTold::Wired } else { WiringTold::Unwired }
            }
            Ok(Wiring::Nothing) => WiringTold::WasSo,
            Ok(Wiring::Refused(publishing)) => {
                tracing::warn!(?publishing, "a channel could not be wired");
                WiringTold::Refused
            }
            Err(StorageError::UnknownBooth { .. }) => WiringTold::Unknown,
            Err(error) => {
                tracing::error!(%error, "a channel could not be wired");
                WiringTold::Away
            }
        },
    };
    visit.put_told(Told::Wiring(told));
    let channel = if split_channel(&form.channel).is_some() { form.channel.as_str() } else { "" };
    redirect(&format!("/admin/wiring?floor={}&channel={channel}", form.floor))
}

fn read(state: &WebState, form: &WireForm) -> Result<(WiredChannel, Option<BoothNumber>), WiringTold> {
    if form.channel.is_empty() {
        return Err(WiringTold::NoChannel);
    }
    let wired = split_channel(&form.channel).ok_or(WiringTold::Unknown)?;
    if !WiringTable::new(&state.backend).knows(&wired) {
        return Err(WiringTold::Unknown);
    }
    match form.booth.as_str() {
        "" => Ok((wired, None)),
        number => Ok((wired, Some(number.parse().map_err(|_| WiringTold::Unknown)?))),
    }
}
