use crate::backend::PlanError;
use domain::FloorNumber;
use drafting::{DraftRevision, Layout, LayoutVersion, PlanSha, SavedDraft};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Saves a draft, which was begun on the version `base` and is known as `revision`, unless a newer one is kept.
#[server(endpoint = "save_draft", input = Json)]
pub async fn save_draft(
    floor: FloorNumber,
    base: LayoutVersion,
    revision: DraftRevision,
    layout: Layout,
    plan: Option<PlanSha>,
) -> Result<SavedDraft, PlanError> {
    let (by, plans) = crate::backend::use_plans()?;
    plans
        .save_draft(&by, crate::backend::DraftWish { floor, draft: drafting::Draft { base, revision, layout }, plan })
        .await
        .map_err(PlanError::replied)
}
