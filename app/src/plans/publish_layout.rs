use crate::backend::PlanError;
use domain::FloorNumber;
use drafting::{Answers, DraftRevision, Publishing};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Publishes one's draft, with what others have published meanwhile. What cannot both be had is asked.
#[server(endpoint = "publish_layout", input = Json)]
pub async fn publish_layout(
    floor: FloorNumber,
    revision: DraftRevision,
    name: String,
    answers: Option<Answers>,
) -> Result<Publishing, PlanError> {
    let (by, plans) = crate::backend::use_plans()?;
    let wish = crate::backend::PublishWish { floor, revision, name, answers };
    plans.publish(&by, wish).await.map_err(PlanError::replied)
}
