//! What no URL of the contract can do: time, faults, alarms, and how the plant is set up.

use super::error::AdminError;
use super::{AdminState, apart, read};
use crate::brewhouse::Command;
use crate::clock::Pace;
use crate::controller::Tuning;
use crate::faults::{HttpRule, ProcessFault};
use crate::plant::{ValveMode, VesselId};
use crate::snapshot::Snapshot;
use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};

type Shown = Result<Json<Snapshot>, AdminError>;

fn command(state: &AdminState, name: &str, command: &Command) -> Shown {
    let handle = state.find(name)?;
    handle.command(command)?;
    Ok(Json(handle.snapshot()))
}

pub(super) async fn set_pace(State(state): State<AdminState>, Path(name): Path<String>, body: String) -> Shown {
    let handle = state.find(&name)?;
    handle.set_pace(read::<Pace>(&body)?)?;
    Ok(Json(handle.snapshot()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Steps {
    steps: u64,
}

pub(super) async fn step(State(state): State<AdminState>, Path(name): Path<String>, body: String) -> Shown {
    let handle = state.find(&name)?;
    let Steps { steps } = read(&body)?;
    apart(move || handle.step(steps).map(|()| Json(handle.snapshot()))).await?.map_err(AdminError::from)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Valves {
    mode: ValveMode,
}

pub(super) async fn set_valves(State(state): State<AdminState>, Path(name): Path<String>, body: String) -> Shown {
    let Valves { mode } = read(&body)?;
    command(&state, &name, &Command::Valves(mode))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tune {
    vessel: VesselId,
    tuning: Tuning,
}

pub(super) async fn tune(State(state): State<AdminState>, Path(name): Path<String>, body: String) -> Shown {
    let Tune { vessel, tuning } = read(&body)?;
    command(&state, &name, &Command::Tune(vessel, tuning))
}

pub(super) async fn fill(State(state): State<AdminState>, Path(name): Path<String>, body: String) -> Shown {
    let crate::recipe::Start { vessel, volume_l, celsius } = read(&body)?;
    command(&state, &name, &Command::Fill { vessel, volume_l, celsius })
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Acknowledgement {
    id: Option<String>,
}

pub(super) async fn acknowledge(State(state): State<AdminState>, Path(name): Path<String>, body: String) -> Shown {
    let Acknowledgement { id } = if body.trim().is_empty() { Acknowledgement::default() } else { read(&body)? };
    command(&state, &name, &Command::Acknowledge(id))
}

pub(super) async fn process_faults(
    State(state): State<AdminState>,
    Path(name): Path<String>,
) -> Result<Json<Vec<ProcessFault>>, AdminError> {
    Ok(Json(state.find(&name)?.snapshot().faults))
}

pub(super) async fn set_process_faults(
    State(state): State<AdminState>,
    Path(name): Path<String>,
    body: String,
) -> Shown {
    command(&state, &name, &Command::Faults(read(&body)?))
}

/// The rules, and the seed of the sequence by which they strike.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HttpFaultList {
    #[serde(default)]
    seed: u64,
    rules: Vec<HttpRule>,
}

pub(super) async fn http_faults(
    State(state): State<AdminState>,
    Path(name): Path<String>,
) -> Result<Json<Vec<HttpRule>>, AdminError> {
    Ok(Json(state.find(&name)?.http_faults()))
}

pub(super) async fn set_http_faults(
    State(state): State<AdminState>,
    Path(name): Path<String>,
    body: String,
) -> Result<Json<Vec<HttpRule>>, AdminError> {
    let handle = state.find(&name)?;
    let HttpFaultList { seed, rules } = read(&body)?;
    handle.set_http_faults(rules, seed)?;
    Ok(Json(handle.http_faults()))
}
