//! `/admin/floors...`: floors, versions, publishing, plans. Forms; what is refused is said on the page that has what was typed.

mod drawn;
mod fields;
mod list;
mod plan;
mod publish;
mod taking;
mod versions;

pub(super) use fields::Fields;

use super::visit::{Holder, Visit, redirect};
use crate::plans::{PlanDesk, SharedDesk};
use crate::web::WebState;
use app::admin::{AdminView, FloorsTold, Told};
use app::backend::PlanError;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::Response;
use axum::routing::{get, post};
use domain::{EditPlans, FloorNumber};
use http::StatusCode;
use std::sync::Arc;

/// These pages.
pub(super) fn routes() -> Router<WebState> {
    Router::new()
        .route("/admin/floors", get(list::show).post(list::create))
        .route("/admin/floors/{floor}", get(versions::lead_here))
        .route("/admin/floors/{floor}/rename", post(list::rename))
        .route("/admin/floors/{floor}/retire", post(list::retire))
        .route("/admin/floors/{floor}/bring_back", post(list::bring_back))
        .route("/admin/floors/{floor}/versions", get(versions::show))
        .route("/admin/floors/{floor}/restore", post(versions::restore))
        .route("/admin/floors/{floor}/take_back", post(versions::take_back))
        .route("/admin/floors/{floor}/publish", get(publish::show).post(publish::publish))
        .route("/admin/floors/{floor}/discard", post(publish::discard))
        .route("/admin/floors/{floor}/plan", get(plan::show).post(plan::receive))
        .route("/admin/floors/{floor}/take_plan", post(taking::take))
        // How much may be sent where, is in [`crate::web::body_limits`].
        .layer(DefaultBodyLimit::disable())
}

/// Whoever edits plans, on a page of one floor.
struct OnFloor {
    visit: Visit,
    by: domain::Holds<EditPlans>,
    floor: FloorNumber,
    desk: Arc<PlanDesk>,
}

impl OnFloor {
    /// The page "not found" where the address names no floor.
    async fn of(holder: Holder<EditPlans>, state: WebState, floor: &str) -> Result<Self, Response> {
        let Holder { visit, holds: by } = holder;
        match floor.parse() {
            Ok(floor) => Ok(Self { visit, by, floor: FloorNumber(floor), desk: state.plans }),
            Err(_) => Err(visit.render(AdminView::NotFound, StatusCode::NOT_FOUND).await),
        }
    }

    fn plans(&self) -> SharedDesk {
        SharedDesk(Arc::clone(&self.desk))
    }

    /// Goes to another page of the floor, which says this once.
    fn tell(&self, told: FloorsTold, page: &str) -> Response {
        tell(&self.visit, told, &format!("/admin/floors/{}/{page}", self.floor))
    }

    /// The page for what cannot be shown at all.
    async fn render_error(&self, error: PlanError) -> Response {
        render_error(&self.visit, error).await
    }
}

fn tell(visit: &Visit, told: FloorsTold, path: &str) -> Response {
    if let Some(principal) = &visit.principal {
        visit.accounts.told.put(principal.session, Told::Floors(told));
    }
    redirect(path)
}

async fn render_error(visit: &Visit, error: PlanError) -> Response {
    let status = StatusCode::from_u16(error.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let view = if status == StatusCode::NOT_FOUND { AdminView::NotFound } else { AdminView::Away };
    visit.render(view, status).await
}

fn status_of(error: PlanError) -> StatusCode {
    StatusCode::from_u16(error.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
