use crate::backend::{PlanError, Scheduling};
use domain::{FloorNumber, UtcMs};
use drafting::DraftRevision;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Publishes one's draft at a time.
#[server(endpoint = "schedule_layout", input = Json)]
pub async fn schedule_layout(
    floor: FloorNumber,
    revision: DraftRevision,
    name: String,
    due_at: UtcMs,
) -> Result<Scheduling, PlanError> {
    let (by, plans) = crate::backend::use_plans()?;
    let wish = crate::backend::PublishWish { floor, revision, name, answers: None };
    plans.schedule(&by, wish, due_at).await.map_err(PlanError::replied)
}
