use crate::backend::{ApiError, WalkDetail};
use domain::BoothNumber;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The way to a booth; none where the plan knows no way.
#[server(endpoint = "find_walk", input = GetUrl)]
pub async fn find_walk(booth: BoothNumber, from: Option<BoothNumber>) -> Result<Option<WalkDetail>, ApiError> {
    let crate::backend::GuideHandle(guide) = use_context().ok_or(ApiError::Unreachable)?;
    Ok(guide.find_walk(booth, from))
}
