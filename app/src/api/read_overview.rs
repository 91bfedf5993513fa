use crate::backend::{ApiError, Overview};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The floors and the state of all booths.
#[server(endpoint = "read_overview", input = GetUrl)]
pub async fn read_overview() -> Result<Overview, ApiError> {
    let kept = use_context::<crate::backend::KeptPage>().is_some();
    Ok(Overview { kept, ..crate::backend::use_backend()?.overview() })
}
