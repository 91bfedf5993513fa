//! What administrators do about accounts.

use super::Accounts;
use super::token::{LINK_MS, Token};
use crate::clock::utc_now;
use app::backend::{AccountChange, AdminBackend, AdminDone, AdminError, AdminResult, Answer};
use domain::{AccountFacts, AccountId, AccountName, Holds, ManageAccounts};
use entity::StorageError;
use std::sync::Arc;

/// The administrator's side of the pages.
pub(crate) struct AccountAdmin(pub(crate) Arc<Accounts>);

impl AdminBackend for AccountAdmin {
    fn create_account(&self, by: &Holds<ManageAccounts>, facts: AccountFacts) -> Answer<AdminResult> {
        let (accounts, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move {
            let account = accounts.storage.create_account(&by, &facts, utc_now()).await.map_err(explain)?;
            accounts.link(&by, account.id, account.facts.name, true).await
        })
    }

    fn change_account(&self, by: &Holds<ManageAccounts>, id: AccountId, change: AccountChange) -> Answer<AdminResult> {
        let (accounts, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move {
            let changed = |held: &AccountFacts| match change {
                AccountChange::Facts(facts) => AccountFacts { disabled: held.disabled, ..facts },
                AccountChange::Closed(disabled) => AccountFacts { disabled, ..held.clone() },
            };
            accounts.storage.update_account(&by, id, changed, utc_now()).await.map_err(explain)?;
            Ok(AdminDone::Saved)
        })
    }

    fn make_link(&self, by: &Holds<ManageAccounts>, id: AccountId) -> Answer<AdminResult> {
        let (accounts, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move {
            let name = accounts.storage.read_credentials(id).await.map_err(explain)?.account.facts.name;
            accounts.link(&by, id, name, false).await
        })
    }

    fn sign_out(&self, by: &Holds<ManageAccounts>, id: AccountId) -> Answer<AdminResult> {
        let (accounts, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move {
            let ended = accounts.storage.end_sessions_of(&by, id, utc_now()).await.map_err(explain)?;
            Ok(AdminDone::SignedOut(ended))
        })
    }

    fn forget_totp(&self, by: &Holds<ManageAccounts>, id: AccountId) -> Answer<AdminResult> {
        let (accounts, by) = (Arc::clone(&self.0), by.clone());
        Box::pin(async move {
            accounts.storage.set_totp(by.actor(), id, None, utc_now()).await.map_err(explain)?;
            Ok(AdminDone::Saved)
        })
    }
}

impl Accounts {
    async fn link(&self, by: &Holds<ManageAccounts>, id: AccountId, name: AccountName, created: bool) -> AdminResult {
        let token = Token::generate().map_err(|_| AdminError::Away)?;
        let now = utc_now();
        self.storage.issue_link(by, id, &token.hash(), now.plus(LINK_MS), now).await.map_err(explain)?;
        Ok(AdminDone::Link { id, name: name.to_string(), path: format!("/setup/{}", token.as_str()), created })
    }
}

/// What a page may know of an error; the log has the rest.
fn explain(error: StorageError) -> AdminError {
    match error {
        StorageError::AccountNameTaken { .. } => AdminError::NameTaken,
        StorageError::UnknownAccount { .. } => AdminError::UnknownAccount,
        StorageError::LastAdmin => AdminError::LastAdmin,
        error => {
            tracing::error!(%error, "an account could not be changed");
            AdminError::Away
        }
    }
}
