use crate::backend::{AccountChange, AdminDone, AdminError, use_admin, use_right};
use domain::{AccountId, ManageAccounts};
use leptos::prelude::*;

/// Closes an account, or opens it again.
#[server(endpoint = "set_account_closed")]
pub async fn set_account_closed(id: AccountId, closed: bool) -> Result<AdminDone, AdminError> {
    let by = use_right::<ManageAccounts>()?;
    use_admin()?.change_account(&by, id, AccountChange::Closed(closed)).await
}
