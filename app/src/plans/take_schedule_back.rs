use crate::backend::PlanError;
use domain::FloorNumber;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Makes a draft again of what waits for its time. Returns its floor.
#[server(endpoint = "take_schedule_back", input = Json)]
pub async fn take_schedule_back(id: i32) -> Result<FloorNumber, PlanError> {
    let (by, plans) = crate::backend::use_plans()?;
    plans.take_back(&by, id).await.map_err(PlanError::replied)
}
