use crate::backend::PlanError;
use domain::FloorNumber;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Makes a floor without booths, on an empty sheet.
#[server(endpoint = "create_floor", input = Json)]
pub async fn create_floor(number: FloorNumber) -> Result<(), PlanError> {
    let (by, plans) = crate::backend::use_plans()?;
    plans.create_floor(&by, number).await.map_err(PlanError::replied)
}
