//! `/admin/floors/{floor}/plan`: the plan that is there, and a file for another one.

use super::drawn::fit;
use super::{OnFloor, status_of};
use crate::plans::{Proposal, UploadError};
use crate::web::WebState;
use crate::web::accounts::visit::Holder;
use crate::web::body_limits::PLAN_BYTES_MAX;
use app::admin::{AdminView, FloorsView, NewPlanView, PlanFault, PlanProblem, PlanView, ProposedBooth};
use app::backend::{PlanBackend, PlanError};
use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use domain::EditPlans;
use drafting::{DraftingTable, Layout, PlanSheet};
use entity::StorageError;
use http::StatusCode;
use plan_file::PlanRefusal;

/// The page.
pub(super) async fn show(
    State(state): State<WebState>,
    holder: Holder<EditPlans>,
    Path(floor): Path<String>,
) -> Response {
    match OnFloor::of(holder, state, &floor).await {
        Ok(on_floor) => render(&on_floor, None, None).await,
        Err(response) => response,
    }
}

/// Takes a file, and shows what is left of it. Nothing is drafted yet.
pub(super) async fn receive(
    State(state): State<WebState>,
    holder: Holder<EditPlans>,
    Path(floor): Path<String>,
    form: Multipart,
) -> Response {
    let on_floor = match OnFloor::of(holder, state, &floor).await {
        Ok(on_floor) => on_floor,
        Err(response) => return response,
    };
    match take_file(&on_floor, form).await {
        Ok(new_plan) => render(&on_floor, Some(new_plan), None).await,
        Err(problem) => render(&on_floor, None, Some(problem)).await,
    }
}

async fn take_file(on_floor: &OnFloor, form: Multipart) -> Result<NewPlanView, PlanProblem> {
    let file = read_file(form).await?;
    let received = on_floor.desk.receive(&on_floor.by, file).await.map_err(|error| match error {
        UploadError::File(refusal) => fault_of(refusal),
        UploadError::Plan(error) => PlanProblem::Plan(error),
    })?;
    let sheet = read_sheet(on_floor, &received.sha).await.map_err(PlanProblem::Plan)?;
    let table = on_floor.plans().read_table(&on_floor.by, on_floor.floor).await.map_err(PlanProblem::Plan)?;
    let layout = layout_on(&table, &sheet);
    let proposals = received.proposals.into_iter().map(|proposal| propose(proposal, &layout, &table)).collect();
    Ok(NewPlanView { sha: received.sha, plan: sheet.plan, layout, left_out: received.left_out, proposals })
}

/// The first file of the form. What is beyond the limit is read and dropped, so that the browser hears why.
async fn read_file(mut form: Multipart) -> Result<Vec<u8>, PlanProblem> {
    let unread = |_| PlanProblem::Plan(PlanError::BadRequest);
    while let Some(mut field) = form.next_field().await.map_err(unread)? {
        if field.name() != Some("plan") {
            continue;
        }
        let (mut file, mut is_too_large) = (Vec::new(), false);
        while let Some(chunk) = field.chunk().await.map_err(unread)? {
            is_too_large = is_too_large || file.len() + chunk.len() > PLAN_BYTES_MAX;
            if !is_too_large {
                file.extend_from_slice(&chunk);
            }
        }
        return match (is_too_large, file.is_empty()) {
            (true, _) => Err(PlanProblem::TooLarge),
            (_, true) => Err(PlanProblem::NoFile),
            _ => Ok(file),
        };
    }
    Err(PlanProblem::NoFile)
}

fn fault_of(refusal: PlanRefusal) -> PlanProblem {
    PlanProblem::File(match refusal {
        PlanRefusal::UnknownKind => PlanFault::UnknownKind,
        PlanRefusal::TooLarge { .. } => return PlanProblem::TooLarge,
        PlanRefusal::Encoding => PlanFault::Encoding,
        PlanRefusal::DocumentType => PlanFault::DocumentType,
        PlanRefusal::Malformed { line } => PlanFault::Malformed(line),
        PlanRefusal::TooDeep { .. }
        | PlanRefusal::TooManyElements { .. }
        | PlanRefusal::TooManyAttributes { .. }
        | PlanRefusal::TooManyNamespaces { .. }
        | PlanRefusal::PathTooLong { .. }
        | PlanRefusal::UsesItself => PlanFault::TooComplex,
        PlanRefusal::NoSize => PlanFault::NoSize,
        PlanRefusal::Empty => PlanFault::Empty,
        PlanRefusal::TooManyPixels { .. } => PlanFault::TooManyPixels,
        PlanRefusal::BrokenImage => PlanFault::BrokenImage,
    })
}

/// A new number is taken unless somebody says no; what would move a booth, only if somebody says so.
fn propose(proposal: Proposal, layout: &Layout, table: &DraftingTable) -> ProposedBooth {
    let Proposal { number, name, shape, .. } = proposal;
    let shape_json = serde_json::to_string(&shape).unwrap_or_default();
    let mut proposed = ProposedBooth {
        number: number.map(|number| number.to_string()).unwrap_or_default(),
        name,
        shape,
        shape_json,
        is_taken: false,
        is_here: false,
        is_elsewhere: false,
    };
    find_twins(&mut proposed, layout, table);
    proposed.is_taken = number.is_some() && !proposed.is_here && !proposed.is_elsewhere;
    proposed
}

/// Whether a booth has the number already.
pub(super) fn find_twins(proposed: &mut ProposedBooth, layout: &Layout, table: &DraftingTable) {
    let number = proposed.read_number();
    proposed.is_here = number.is_some_and(|number| layout.booths().any(|booth| booth.number == number));
    proposed.is_elsewhere = number.is_some_and(|number| table.numbers_elsewhere.contains(&number));
}

/// What one's draft, or else everybody, has on this floor, moved onto another plan.
pub(super) fn layout_on(table: &DraftingTable, sheet: &PlanSheet) -> Layout {
    let (layout, own) = match &table.draft {
        Some(kept) => (&kept.draft.layout, kept.sheet.as_ref().unwrap_or(&table.sheet)),
        None => (&table.published.layout, &table.sheet),
    };
    fit(layout, own.plan.view_box, sheet.plan.view_box)
}

/// A plan that was kept.
pub(super) async fn read_sheet(on_floor: &OnFloor, sha: &drafting::PlanSha) -> Result<PlanSheet, PlanError> {
    on_floor.visit.accounts.storage.read_plan_sheet(&on_floor.by, sha).await.map_err(|error| match error {
        StorageError::UnknownPlan { .. } => PlanError::UnknownPlan,
        error => {
            tracing::error!(%error, "a plan could not be read");
            PlanError::Away
        }
    })
}

/// The page, with a new plan if there is one, and with why not.
pub(super) async fn render(
    on_floor: &OnFloor,
    new_plan: Option<NewPlanView>,
    problem: Option<PlanProblem>,
) -> Response {
    let status = match &problem {
        None => StatusCode::OK,
        Some(PlanProblem::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
        Some(PlanProblem::Behind) => StatusCode::CONFLICT,
        Some(PlanProblem::Plan(error)) => status_of(*error),
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let table = match on_floor.plans().read_table(&on_floor.by, on_floor.floor).await {
        Ok(table) => table,
        Err(error) => return on_floor.render_error(error).await,
    };
    let is_draft = table.draft.is_some();
    let sheet = table.draft.as_ref().and_then(|kept| kept.sheet.as_ref()).unwrap_or(&table.sheet).clone();
    let layout = layout_on(&table, &sheet);
    let view = PlanView { floor: on_floor.floor, plan: sheet.plan, layout, is_draft, problem, new_plan };
    on_floor.visit.render(AdminView::Floors(FloorsView::Plan(Box::new(view))), status).await
}
