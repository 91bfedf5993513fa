use crate::backend::{AdminDone, AdminError, use_admin, use_right};
use domain::{AccountId, ManageAccounts};
use leptos::prelude::*;

/// A link by which the owner of an account sets a password.
#[server(endpoint = "make_link")]
pub async fn make_link(id: AccountId) -> Result<AdminDone, AdminError> {
    let by = use_right::<ManageAccounts>()?;
    use_admin()?.make_link(&by, id).await
}
