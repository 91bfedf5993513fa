//! An account, and what the log of changes says of it.

use super::{AccountName, DisplayName, Role, Roles};
use crate::UtcMs;
use serde::{Deserialize, Serialize};

/// An account's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub i32);

/// An account, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its row.
    pub id: AccountId,
    /// What can be changed of it.
    pub facts: AccountFacts,
    /// Whether a password has been set.
    pub has_password: bool,
    /// Whether a code of six digits is asked for beside the password.
    pub has_totp: bool,
    /// When it was made.
    pub created_at: UtcMs,
    /// When somebody last signed in with it.
    pub signed_in_at: Option<UtcMs>,
}

/// What administrators say of an account; the log of changes has it from before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountFacts {
    /// By which it signs in.
    pub name: AccountName,
    /// Its owner.
    pub display_name: DisplayName,
    /// What it may do.
    pub roles: Roles,
    /// Whether it is closed: nobody signs in with it.
    pub disabled: bool,
}

impl AccountFacts {
    /// Whether whoever has it can give rights to others. There must always be one such account.
    #[must_use]
    pub fn administers(&self) -> bool {
        !self.disabled && self.roles.contains(Role::Admin)
    }
}
