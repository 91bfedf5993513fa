//! Rights by type: what changes something takes a [`Holds`], and only whoever has the right can have one.

use super::{AccountId, AccountName, Actor, Right, Roles, SessionId};
use std::marker::PhantomData;

/// Whom a session belongs to. Made where sessions are looked up, and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: AccountName,
    /// What it may do, as of this request.
    pub roles: Roles,
    /// The session.
    pub session: SessionId,
}

/// A right as a type.
pub trait Claim: private::Sealed + Send + Sync + 'static {
    /// The right.
    const RIGHT: Right;
}

macro_rules! claims {
    ($($(#[$doc:meta])* $name:ident),*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;

            impl private::Sealed for $name {}

            impl Claim for $name {
                const RIGHT: Right = Right::$name;
            }
        )*
    };
}

claims! {
    /// See [`Right::ReadAdmin`].
    ReadAdmin,
    /// See [`Right::EditPlans`].
    EditPlans,
    /// See [`Right::OperateBoards`].
    OperateBoards,
    /// See [`Right::OperatePlant`].
    OperatePlant,
    /// See [`Right::ManageAccounts`].
    ManageAccounts,
    /// See [`Right::ReadAudit`].
    ReadAudit,
    /// See [`Right::ManageScreens`].
    ManageScreens
}

mod private {
    pub trait Sealed {}
}

/// The account does not have the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this needs the right {right:?}")]
pub struct RightMissing {
    /// Which.
    pub right: Right,
}

/// The proof that whoever asks has a right, and who that is. Its constructors are the only ways to one:
///
/// ```
/// # use domain::{AccountId, Holds, ManageAccounts, Principal, SessionId};
/// # let principal = |roles: &str| Principal {
/// #     account: AccountId(1), name: "ann".parse().unwrap(), roles: roles.parse().unwrap(), session: SessionId(1),
/// # };
/// fn rename_account(by: &Holds<ManageAccounts>) {}
/// rename_account(&Holds::claim(&principal("admin")).unwrap());
/// assert!(Holds::<ManageAccounts>::claim(&principal("editor")).is_err());
/// ```
///
/// Without one, or with one of another right, what needs it does not compile:
///
/// ```compile_fail,E0308
/// # use domain::{AccountId, EditPlans, Holds, ManageAccounts, Principal, SessionId};
/// # let principal = |roles: &str| Principal {
/// #     account: AccountId(1), name: "ann".parse().unwrap(), roles: roles.parse().unwrap(), session: SessionId(1),
/// # };
/// fn rename_account(by: &Holds<ManageAccounts>) {}
/// let editor: Holds<EditPlans> = Holds::claim(&principal("editor")).unwrap();
/// rename_account(&editor);
/// ```
///
/// And nobody can make one up:
///
/// ```compile_fail,E0451
/// # use domain::{Actor, Holds, ManageAccounts};
/// let forged = Holds::<ManageAccounts> { actor: Actor::command_line(), right: std::marker::PhantomData };
/// ```
#[derive(Debug, Clone)]
pub struct Holds<R> {
    actor: Actor,
    right: PhantomData<fn() -> R>,
}

impl<R: Claim> Holds<R> {
    /// For whom a session belongs to.
    ///
    /// # Errors
    /// When none of their roles has the right.
    pub fn claim(principal: &Principal) -> Result<Self, RightMissing> {
        if principal.roles.grant(R::RIGHT) {
            let actor = Actor { account: Some(principal.account), name: principal.name.to_string() };
            Ok(Self { actor, right: PhantomData })
        } else {
            Err(RightMissing { right: R::RIGHT })
        }
    }

    /// For whoever runs the program on the server's own machine: they have the database's file anyway.
    #[must_use]
    pub fn at_command_line() -> Self {
        Self { actor: Actor::command_line(), right: PhantomData }
    }
}

impl Holds<OperatePlant> {
    /// For whoever tries out a demonstration on their own machine. This right alone: a plant is simulated, and nothing else
    /// changes by it.
    #[must_use]
    pub fn in_demonstration() -> Self {
        Self { actor: Actor { account: None, name: "demonstration".to_owned() }, right: PhantomData }
    }
}

impl<R> Holds<R> {
    /// Who has it, for the log of changes.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
}
