use crate::backend::{ApiError, FloorDetail};
use domain::FloorNumber;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// One floor with its plan.
#[server(endpoint = "find_floor", input = GetUrl)]
pub async fn find_floor(number: FloorNumber) -> Result<FloorDetail, ApiError> {
    crate::backend::use_backend()?.find_floor(number).ok_or_else(|| {
        crate::backend::reply_not_found();
        ApiError::FloorNotFound { number }
    })
}
