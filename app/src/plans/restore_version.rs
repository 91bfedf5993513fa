use crate::backend::PlanError;
use domain::FloorNumber;
use drafting::{LayoutVersion, Publishing};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Makes a past version the newest one, which is a new version.
#[server(endpoint = "restore_version", input = Json)]
pub async fn restore_version(
    floor: FloorNumber,
    version: LayoutVersion,
    name: String,
) -> Result<Publishing, PlanError> {
    let (by, plans) = crate::backend::use_plans()?;
    plans.restore(&by, floor, version, name).await.map_err(PlanError::replied)
}
