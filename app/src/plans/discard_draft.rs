use crate::backend::PlanError;
use domain::FloorNumber;
use drafting::{DraftRevision, SavedDraft};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Throws one's draft away, if it still is as it was.
#[server(endpoint = "discard_draft", input = Json)]
pub async fn discard_draft(floor: FloorNumber, revision: DraftRevision) -> Result<SavedDraft, PlanError> {
    let (by, plans) = crate::backend::use_plans()?;
    plans.discard_draft(&by, floor, revision).await.map_err(PlanError::replied)
}
