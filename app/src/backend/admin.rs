//! What the administrator's side asks of the server. Whoever asks shows a [`Holds`] of the right; there is no other way in.

use super::Answer;
use domain::{AccountFacts, AccountId, Claim, Holds, ManageAccounts, Principal};
use leptos::prelude::use_context;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The administrator's side of the server. Every change is in the log before the answer comes.
pub trait AdminBackend: Send + Sync {
    /// Makes an account, and a link by which its owner sets a password.
    fn create_account(&self, by: &Holds<ManageAccounts>, facts: AccountFacts) -> Answer<AdminResult>;

    /// Changes an account's names and roles.
    fn change_account(&self, by: &Holds<ManageAccounts>, id: AccountId, change: AccountChange) -> Answer<AdminResult>;

    /// Makes a link by which the account's owner sets a new password. The old one is good until then.
    fn make_link(&self, by: &Holds<ManageAccounts>, id: AccountId) -> Answer<AdminResult>;

    /// Ends all sessions of an account.
    fn sign_out(&self, by: &Holds<ManageAccounts>, id: AccountId) -> Answer<AdminResult>;

    /// Asks for no code any more, for somebody who has lost their phone.
    fn forget_totp(&self, by: &Holds<ManageAccounts>, id: AccountId) -> Answer<AdminResult>;
}

/// What comes of a change.
pub type AdminResult = Result<AdminDone, AdminError>;

/// What to change of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountChange {
    /// What it is called and what it may do.
    Facts(AccountFacts),
    /// Closes it, or opens it again.
    Closed(bool),
}

/// The [`AdminBackend`], as it stands in the context of the server's side.
#[derive(Clone)]
pub struct AdminHandle(pub Arc<dyn AdminBackend>);

/// Gives the answer to this request another HTTP status, in the context of the server's side.
#[derive(Clone)]
pub struct StatusReply(pub Arc<dyn Fn(u16) + Send + Sync>);

/// Who asks, as it stands in the context of the server's side; missing where nobody is signed in.
#[derive(Clone)]
pub struct SignedIn(pub Principal);

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AdminDone {
    /// It is as it was asked for.
    Saved,
    /// The account's sessions have ended: so many.
    SignedOut(u64),
    /// A link for the owner of an account, which nobody is shown again.
    Link {
        /// The account's row.
        id: AccountId,
        /// Its name.
        name: String,
        /// Where the link leads: `/setup/...`, to be put behind the site's address.
        path: String,
        /// Whether the account was made just now.
        created: bool,
    },
}

/// Why something was not done. Closed, so that no text of a database reaches a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AdminError {
    /// Nobody is signed in, or not any more.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The account does not have the right.
    #[error("this account may not do that")]
    Forbidden,
    /// The request makes no sense.
    #[error("the request is not understood")]
    BadRequest,
    /// Not an account's name.
    #[error("this is no name of an account")]
    BadName,
    /// Not a person's name.
    #[error("this is no name of a person")]
    BadDisplayName,
    /// An account needs a role.
    #[error("an account needs a role")]
    NoRole,
    /// Another account has this name.
    #[error("this name is taken")]
    NameTaken,
    /// There is no such account.
    #[error("there is no such account")]
    UnknownAccount,
    /// Nobody could give rights any more.
    #[error("this is the last administrator")]
    LastAdmin,
    /// The database does not answer. What was asked may have been done.
    #[error("the database does not answer")]
    Away,
}

impl FromServerFnError for AdminError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::BadRequest
            }
            _ => Self::Away,
        }
    }
}

/// The first line of every server function that is not for everybody.
///
/// # Errors
/// `NotSignedIn`, or `Forbidden` when the account does not have the right.
pub fn use_right<R: Claim>() -> Result<Holds<R>, AdminError> {
    let refuse = |error: AdminError| {
        if let Some(StatusReply(reply)) = use_context() {
            reply(error.http_status());
        }
        error
    };
    let SignedIn(principal) = use_context().ok_or_else(|| refuse(AdminError::NotSignedIn))?;
    Holds::claim(&principal).map_err(|_| refuse(AdminError::Forbidden))
}

impl AdminError {
    /// The HTTP status that says the same.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::NotSignedIn => 401,
            Self::Forbidden => 403,
            Self::UnknownAccount => 404,
            Self::NameTaken | Self::LastAdmin => 409,
            Self::BadRequest | Self::BadName | Self::BadDisplayName | Self::NoRole => 422,
            Self::Away => 503,
        }
    }
}

/// The administrator's side of the server; in the browser there is none.
///
/// # Errors
/// `Away`.
pub fn use_admin() -> Result<Arc<dyn AdminBackend>, AdminError> {
    use_context::<AdminHandle>().map(|handle| handle.0).ok_or(AdminError::Away)
}
