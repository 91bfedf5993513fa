use crate::backend::{AccountChange, AdminDone, AdminError, use_admin, use_right};
use domain::{AccountId, ManageAccounts};
use leptos::prelude::*;

/// Changes an account's names and roles.
#[server(endpoint = "change_account")]
pub async fn change_account(
    id: AccountId,
    name: String,
    display_name: String,
    #[server(default)] roles: Vec<String>,
) -> Result<AdminDone, AdminError> {
    let by = use_right::<ManageAccounts>()?;
    let facts = super::read_facts(&name, &display_name, &roles)?;
    use_admin()?.change_account(&by, id, AccountChange::Facts(facts)).await
}
