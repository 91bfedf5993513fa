use crate::backend::{ApiError, Directory, PublicUrl};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The booths of all floors by name, and where this site is on the network.
#[server(endpoint = "read_directory", input = GetUrl)]
pub async fn read_directory() -> Result<Directory, ApiError> {
    directory_here().ok_or(ApiError::Unreachable)
}

/// The same on the server's side; nothing in the browser.
pub(crate) fn directory_here() -> Option<Directory> {
    let booths = crate::backend::use_backend().ok()?.list_booths();
    let public_url = use_context::<PublicUrl>().map(|url| url.0).unwrap_or_default();
    Some(Directory { booths, public_url })
}
