//! Who is signed in, and how they got in.

mod admin;
mod audit_chain;
mod desk;
mod first_admin;
mod gate;
mod key;
mod password;
mod streams;
mod token;
mod told;
mod totp;

pub(crate) use admin::AccountAdmin;
pub(crate) use audit_chain::check_chain;
pub(crate) use desk::{AccountError, AccountSettings, Accounts, Login, NewPassword, SignInError};
pub(crate) use first_admin::offer_first_link;
pub(crate) use gate::network;
pub(crate) use key::AccountKey;
pub(crate) use password::{PasswordHashing, PasswordHashingError};

pub(crate) use streams::FollowedSession;
pub(crate) use token::{LINK_MS, Token};
pub(crate) use told::OncePerSession;
pub(crate) use totp::TotpSecret;
