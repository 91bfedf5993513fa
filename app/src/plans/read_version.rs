use crate::backend::PlanError;
use domain::FloorNumber;
use drafting::{LayoutVersion, PastVersion};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// A version as it was, to be looked at or compared.
#[server(endpoint = "read_version", input = GetUrl)]
pub async fn read_version(floor: FloorNumber, version: LayoutVersion) -> Result<PastVersion, PlanError> {
    let (by, plans) = crate::backend::use_plans()?;
    plans.read_version(&by, floor, version).await.map_err(PlanError::replied)
}
