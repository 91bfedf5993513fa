use crate::backend::ApiError;
use domain::{BoothNumber, Usual};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What is usual of a booth.
#[server(endpoint = "read_usual", input = GetUrl)]
pub async fn read_usual(booth: BoothNumber) -> Result<Usual, ApiError> {
    let crate::backend::HistoryHandle(history) = use_context().ok_or(ApiError::Unreachable)?;
    history.usual(booth).await
}
