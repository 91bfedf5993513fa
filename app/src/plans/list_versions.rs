use crate::backend::PlanError;
use domain::FloorNumber;
use drafting::VersionEntry;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The versions of a floor, newest first.
#[server(endpoint = "list_versions", input = GetUrl)]
pub async fn list_versions(floor: FloorNumber) -> Result<Vec<VersionEntry>, PlanError> {
    let (by, plans) = crate::backend::use_plans()?;
    plans.list_versions(&by, floor).await.map_err(PlanError::replied)
}
