use crate::backend::{AdminDone, AdminError, use_admin, use_right};
use domain::{AccountId, ManageAccounts};
use leptos::prelude::*;

/// Ends all sessions of an account.
#[server(endpoint = "sign_out_account")]
pub async fn sign_out_account(id: AccountId) -> Result<AdminDone, AdminError> {
    let by = use_right::<ManageAccounts>()?;
    use_admin()?.sign_out(&by, id).await
}
