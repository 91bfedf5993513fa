//! `/admin/floors/{floor}/edit`: the plan editor, which is an application. What it asks are server functions.

use super::visit::{Holder, Renderer, keep_nowhere};
use crate::web::WebState;
use app::admin::AdminView;
use app::backend::Backend;
use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use domain::{EditPlans, FloorNumber};
use http::StatusCode;

/// Writes a page that is an application.
#[derive(Clone)]
pub(crate) struct AppRenderer(pub(crate) Renderer);

/// Its page, with nothing of the floor in it yet.
pub(super) async fn show(
    Holder { visit, holds: _ }: Holder<EditPlans>,
    State(state): State<WebState>,
    Extension(AppRenderer(Renderer(render))): Extension<AppRenderer>,
    Path(floor): Path<String>,
    request: Request,
) -> Response {
    let floor: Option<FloorNumber> = floor.parse().ok();
    if floor.is_none_or(|floor| state.backend.find_floor(floor).is_none()) {
        return visit.render(AdminView::NotFound, StatusCode::NOT_FOUND).await;
    }
    keep_nowhere(render(request).await)
}
