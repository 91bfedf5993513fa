use crate::backend::PlanError;
use domain::FloorNumber;
use drafting::ScheduledEntry;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What waits for its time on a floor, the next first.
#[server(endpoint = "list_schedules", input = GetUrl)]
pub async fn list_schedules(floor: FloorNumber) -> Result<Vec<ScheduledEntry>, PlanError> {
    let (by, plans) = crate::backend::use_plans()?;
    plans.list_schedules(&by, floor).await.map_err(PlanError::replied)
}
