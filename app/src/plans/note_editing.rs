use crate::backend::PlanError;
use domain::FloorNumber;
use drafting::Colleague;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Says that whoever asks has the editor of a floor open; to be said every 10 s. Who else has, or has a draft of it.
#[server(endpoint = "note_editing", input = Json)]
pub async fn note_editing(floor: FloorNumber) -> Result<Vec<Colleague>, PlanError> {
    let (by, plans) = crate::backend::use_plans()?;
    plans.note_editing(&by, floor).await.map_err(PlanError::replied)
}
