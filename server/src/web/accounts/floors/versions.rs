//! `/admin/floors/{floor}/versions`: what was published, compared and brought back; what waits for its time.

use super::OnFloor;
use super::drawn::draw;
use super::fields::Fields;
use crate::web::WebState;
use crate::web::accounts::visit::{Holder, redirect};
use app::admin::{AdminView, ComparedVersions, FloorsTold, FloorsView, PublishProblem, VersionsView};
use app::backend::{PlanBackend, PlanError};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::EditPlans;
use drafting::{LayoutVersion, Publishing, VersionEntry};
use http::StatusCode;
use serde::Deserialize;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    from: Option<u32>,
    to: Option<u32>,
    restore: Option<u32>,
}

/// A form that was refused.
struct Refused {
    problem: PublishProblem,
    name: String,
    status: StatusCode,
}

/// `/admin/floors/{floor}` has no page of its own.
pub(super) async fn lead_here(_: Holder<EditPlans>, Path(floor): Path<String>) -> Response {
    match floor.parse::<i32>() {
        Ok(floor) => redirect(&format!("/admin/floors/{floor}/versions")),
        Err(_) => redirect("/admin/floors"),
    }
}

/// The page.
pub(super) async fn show(
    State(state): State<WebState>,
    holder: Holder<EditPlans>,
    Path(floor): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    match OnFloor::of(holder, state, &floor).await {
        Ok(on_floor) => render(&on_floor, asked, None).await,
        Err(response) => response,
    }
}

/// Brings a version back.
pub(super) async fn restore(
    State(state): State<WebState>,
    holder: Holder<EditPlans>,
    Path(floor): Path<String>,
    fields: Fields,
) -> Response {
    let on_floor = match OnFloor::of(holder, state, &floor).await {
        Ok(on_floor) => on_floor,
        Err(response) => return response,
    };
    let restores = fields.number("version");
    match try_restore(&on_floor, &fields).await {
        Ok(told) => on_floor.tell(told, "versions"),
        Err((problem, status)) => {
            let refused = Refused { problem, name: fields.text("name").to_owned(), status };
            render(&on_floor, Asked { restore: restores, ..Asked::default() }, Some(refused)).await
        }
    }
}

async fn try_restore(on_floor: &OnFloor, fields: &Fields) -> Result<FloorsTold, (PublishProblem, StatusCode)> {
    let (plans, by, floor) = (on_floor.plans(), &on_floor.by, on_floor.floor);
    let failed = |error: PlanError| (PublishProblem::Plan(error), super::status_of(error));
    let [version, against] = ["version", "against"].map(|name| fields.number(name).map(LayoutVersion));
    let Some((restores, against)) = version.zip(against) else { return Err(failed(PlanError::BadRequest)) };
    let table = plans.read_table(by, floor).await.map_err(failed)?;
    if table.published.version != against {
        let problem = find_newest(on_floor).await.map_err(failed)?;
        return Err((problem, StatusCode::CONFLICT));
    }
    let drop_draft = match (table.draft.as_ref(), fields.text("draft")) {
        (None, _) | (_, "keep") => None,
        (Some(kept), "discard") => Some(kept.draft.revision),
        _ => return Err((PublishProblem::DraftUndecided, StatusCode::UNPROCESSABLE_ENTITY)),
    };
    let name = fields.text("name").to_owned();
    let version = match plans.restore(by, floor, restores, name).await.map_err(failed)? {
        Publishing::Published { version, .. } => version,
        Publishing::Nothing => return Ok(FloorsTold::Nothing),
        Publishing::Refused(_) => return Err((PublishProblem::Refused, StatusCode::UNPROCESSABLE_ENTITY)),
        _ => return Err((PublishProblem::Unknown, StatusCode::CONFLICT)),
    };
    if let Some(revision) = drop_draft {
        plans.discard_draft(by, floor, revision).await.map_err(failed)?;
    }
    Ok(FloorsTold::Restored { restores, version })
}

/// That the newest version was published since.
pub(super) async fn find_newest(on_floor: &OnFloor) -> Result<PublishProblem, PlanError> {
    let versions = on_floor.plans().list_versions(&on_floor.by, on_floor.floor).await?;
    versions.into_iter().next().map(PublishProblem::since).ok_or(PlanError::UnknownVersion)
}

/// Makes a draft again of what waits.
pub(super) async fn take_back(
    State(state): State<WebState>,
    holder: Holder<EditPlans>,
    Path(floor): Path<String>,
    fields: Fields,
) -> Response {
    let on_floor = match OnFloor::of(holder, state, &floor).await {
        Ok(on_floor) => on_floor,
        Err(response) => return response,
    };
    let Some(id) = fields.number("id") else {
        return on_floor.tell(FloorsTold::Refused(PlanError::BadRequest), "versions");
    };
    match on_floor.plans().take_back(&on_floor.by, id).await {
        Ok(_) => on_floor.tell(FloorsTold::TakenBack, "publish"),
        Err(error) => on_floor.tell(FloorsTold::Refused(error), "versions"),
    }
}

async fn render(on_floor: &OnFloor, asked: Asked, refused: Option<Refused>) -> Response {
    let status = refused.as_ref().map_or(StatusCode::OK, |refused| refused.status);
    match view(on_floor, asked, refused).await {
        Ok(view) => {
            let view = AdminView::Floors(FloorsView::Versions(Box::new(view)));
            on_floor.visit.render(view, status).await
        }
        Err(error) => on_floor.render_error(error).await,
    }
}

async fn view(on_floor: &OnFloor, asked: Asked, refused: Option<Refused>) -> Result<VersionsView, PlanError> {
    let (plans, by, floor) = (on_floor.plans(), &on_floor.by, on_floor.floor);
    let versions = plans.list_versions(by, floor).await?;
    let schedules = plans.list_schedules(by, floor).await?;
    let table = plans.read_table(by, floor).await?;
    let restoring = asked.restore.map(LayoutVersion);
    let pair = match restoring {
        Some(version) => Some((table.published.version, version)),
        None => asked.from.zip(asked.to).map(|(from, to)| (LayoutVersion(from), LayoutVersion(to))),
    };
    let compared = match pair {
        Some(pair) => Some(compare(on_floor, &versions, pair).await?),
        None => None,
    };
    let (problem, name) = refused.map_or((None, String::new()), |refused| (Some(refused.problem), refused.name));
    Ok(VersionsView {
        floor,
        versions,
        schedules,
        compared,
        restoring,
        own_draft: table.draft.map(|draft| draft.saved_at),
        colleagues: table.colleagues,
        refused: problem,
        name,
    })
}

async fn compare(
    on_floor: &OnFloor,
    versions: &[VersionEntry],
    (from, to): (LayoutVersion, LayoutVersion),
) -> Result<ComparedVersions, PlanError> {
    if ![from, to].iter().all(|version| versions.iter().any(|entry| entry.version == *version)) {
        return Err(PlanError::UnknownVersion);
    }
    let (plans, by, floor) = (on_floor.plans(), &on_floor.by, on_floor.floor);
    let before = plans.read_version(by, floor, from).await?;
    let after = plans.read_version(by, floor, to).await?;
    let drawn = draw((&before.published.layout, &before.sheet), (&after.published.layout, &after.sheet));
    Ok(ComparedVersions { from, to, drawn })
}
