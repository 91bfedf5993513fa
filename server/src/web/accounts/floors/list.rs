//! `/admin/floors`.

use super::fields::Fields;
use super::{render_error, status_of, tell};
use crate::plans::PlanDesk;
use crate::web::WebState;
use crate::web::accounts::visit::{Holder, Visit};
use app::admin::{AdminView, DraftedBy, FloorRow, FloorsTold, FloorsView, ListView};
use app::backend::PlanError;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{EditPlans, FloorNumber, Holds};
use entity::FloorEntry;
use http::StatusCode;

/// All floors.
pub(super) async fn show(State(state): State<WebState>, Holder { visit, holds }: Holder<EditPlans>) -> Response {
    render(&visit, &holds, &state.plans, None).await
}

/// Makes one; what was typed stays when it is refused.
pub(super) async fn create(
    State(state): State<WebState>,
    Holder { visit, holds }: Holder<EditPlans>,
    fields: Fields,
) -> Response {
    let (number, name) = (fields.text("number"), fields.text("name"));
    let wanted = number.parse().map(FloorNumber).map_err(|_| PlanError::BadFloor);
    let created = match wanted {
        Ok(number) => state.plans.create_named_floor(&holds, number, name).await.map(|()| number),
        Err(error) => Err(error),
    };
    match created {
        Ok(number) => tell(&visit, FloorsTold::Created(number), &format!("/admin/floors/{number}/plan")),
        Err(error) => {
            let refused = Some((error, number.to_owned(), name.to_owned()));
            render(&visit, &holds, &state.plans, refused).await
        }
    }
}

/// Gives one a name and a place.
pub(super) async fn rename(
    State(state): State<WebState>,
    Holder { visit, holds }: Holder<EditPlans>,
    Path(floor): Path<String>,
    fields: Fields,
) -> Response {
    let Some((number, place)) = read_number(&floor).zip(fields.number("place")) else {
        return tell(&visit, FloorsTold::Refused(PlanError::BadRequest), "/admin/floors");
    };
    let renamed = state.plans.arrange_floor(&holds, number, (fields.text("name"), place)).await;
    tell(&visit, say(renamed, FloorsTold::Renamed(number)), "/admin/floors")
}

/// Takes one away.
pub(super) async fn retire(
    State(state): State<WebState>,
    Holder { visit, holds }: Holder<EditPlans>,
    Path(floor): Path<String>,
) -> Response {
    set_retired(&state.plans, &visit, &holds, &floor, true).await
}

/// And shows it again.
pub(super) async fn bring_back(
    State(state): State<WebState>,
    Holder { visit, holds }: Holder<EditPlans>,
    Path(floor): Path<String>,
) -> Response {
    set_retired(&state.plans, &visit, &holds, &floor, false).await
}

async fn set_retired(desk: &PlanDesk, visit: &Visit, by: &Holds<EditPlans>, floor: &str, is_retired: bool) -> Response {
    let Some(number) = read_number(floor) else { return render_error(visit, PlanError::UnknownFloor).await };
    let told = if is_retired { FloorsTold::Retired(number) } else { FloorsTold::BroughtBack(number) };
    let done = desk.set_floor_retired(by, number, is_retired).await;
    tell(visit, say(done, told), "/admin/floors")
}

fn say(done: Result<(), PlanError>, told: FloorsTold) -> FloorsTold {
    done.map_or_else(FloorsTold::Refused, |()| told)
}

fn read_number(floor: &str) -> Option<FloorNumber> {
    floor.parse().ok().map(FloorNumber)
}

async fn render(
    visit: &Visit,
    by: &Holds<EditPlans>,
    desk: &PlanDesk,
    refused: Option<(PlanError, String, String)>,
) -> Response {
    let floors = match visit.accounts.storage.list_floors(by).await {
        Ok(floors) => floors,
        Err(error) => return visit.render_away(&error).await,
    };
    let status = refused.as_ref().map_or(StatusCode::OK, |(error, ..)| status_of(*error));
    let floors = floors.into_iter().map(|floor| row(floor, desk, by)).collect();
    visit.render(AdminView::Floors(FloorsView::List(ListView { floors, refused })), status).await
}

fn row(floor: FloorEntry, desk: &PlanDesk, by: &Holds<EditPlans>) -> FloorRow {
    let FloorEntry { number, name, retired_at, published, plan, drafts } = floor;
    let mut drafted_by: Vec<DraftedBy> = drafts
        .into_iter()
        .map(|draft| DraftedBy {
            name: draft.author,
            saved_at: Some(draft.saved_at),
            is_here: false,
            is_own: draft.is_own,
        })
        .collect();
    for name in desk.others_at(number, by) {
        match drafted_by.iter_mut().find(|draft| draft.name == name && !draft.is_own) {
            Some(draft) => draft.is_here = true,
            None => drafted_by.push(DraftedBy { name, saved_at: None, is_here: true, is_own: false }),
        }
    }
    FloorRow { number, name, retired_at, version: published.version, plan, layout: published.layout, drafted_by }
}
