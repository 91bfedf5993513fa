use crate::backend::{ApiError, Choice};
use domain::{BoothNumber, FloorNumber};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The nearest free booth.
#[server(endpoint = "choose_booth", input = GetUrl)]
pub async fn choose_booth(floor: Option<FloorNumber>, from: Option<BoothNumber>) -> Result<Choice, ApiError> {
    let crate::backend::GuideHandle(guide) = use_context().ok_or(ApiError::Unreachable)?;
    Ok(guide.choose(crate::backend::Wish { floor, from }).await)
}
