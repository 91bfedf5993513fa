use crate::backend::{ApiError, Directory};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The booths of all floors by name, and where this site is on the network.
#[server(endpoint = "read_directory", input = GetUrl)]
pub async fn read_directory() -> Result<Directory, ApiError> {
    let booths = crate::backend::use_backend()?.list_booths();
    let public_url = use_context::<crate::backend::PublicUrl>().map(|url| url.0).unwrap_or_default();
    Ok(Directory { booths, public_url })
}
