//! The server functions of these pages. Each begins by [`crate::backend::use_right`]; forms send them without scripts.

mod change_account;
mod create_account;
mod forget_totp;
mod make_link;
mod set_account_closed;
mod sign_out_account;

use crate::backend::AdminError;
use domain::{AccountFacts, Roles};

/// What a form says of an account.
fn read_facts(name: &str, display_name: &str, roles: &[String]) -> Result<AccountFacts, AdminError> {
    let name = name.parse().map_err(|_| AdminError::BadName)?;
    let display_name = display_name.parse().map_err(|_| AdminError::BadDisplayName)?;
    let roles: Roles =
        roles.iter().map(|role| role.parse()).collect::<Result<_, _>>().map_err(|_| AdminError::BadRequest)?;
    if roles.is_empty() {
        return Err(AdminError::NoRole);
    }
    Ok(AccountFacts { name, display_name, roles, disabled: false })
}
