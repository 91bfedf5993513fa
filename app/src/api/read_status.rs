use crate::backend::{ApiError, StatusReport};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// How the server is doing.
#[server(endpoint = "read_status", input = GetUrl)]
pub async fn read_status() -> Result<StatusReport, ApiError> {
    Ok(crate::backend::use_backend()?.status())
}
