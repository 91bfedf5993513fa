use crate::backend::{AdminDone, AdminError, use_admin, use_right};
use domain::{AccountId, ManageAccounts};
use leptos::prelude::*;

/// Asks for no code any more.
#[server(endpoint = "forget_totp")]
pub async fn forget_totp(id: AccountId) -> Result<AdminDone, AdminError> {
    let by = use_right::<ManageAccounts>()?;
    use_admin()?.forget_totp(&by, id).await
}
