use crate::backend::PlanError;
use domain::FloorNumber;
use drafting::DraftingTable;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// All that an editor of a floor begins with: what is published, one's own draft, who else is at it.
#[server(endpoint = "read_layout", input = GetUrl)]
pub async fn read_layout(floor: FloorNumber) -> Result<DraftingTable, PlanError> {
    let (by, plans) = crate::backend::use_plans()?;
    plans.read_table(&by, floor).await.map_err(PlanError::replied)
}
