use crate::backend::{AdminDone, AdminError, use_admin, use_right};
use domain::ManageAccounts;
use leptos::prelude::*;

/// Makes an account.
#[server(endpoint = "create_account")]
pub async fn create_account(
    name: String,
    display_name: String,
    #[server(default)] roles: Vec<String>,
) -> Result<AdminDone, AdminError> {
    let by = use_right::<ManageAccounts>()?;
    let facts = super::read_facts(&name, &display_name, &roles)?;
    use_admin()?.create_account(&by, facts).await
}
