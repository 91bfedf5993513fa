//! Who may do what: accounts, roles, rights, sessions, the rules of passwords, and the log of changes.

mod audit;
mod change;
mod holds;
mod name;
mod password;
mod role;
mod session;
mod softlock;

pub use audit::{Actor, AuditCheck, AuditEntry, AuditFault, AuditHash, AuditHashError, AuditHead};
pub use change::{Account, AccountFacts, AccountId};
pub use holds::{
    Claim, EditPlans, Holds, ManageAccounts, ManageScreens, OperateBoards, OperatePlant, Principal, ReadAdmin,
    ReadAudit, RightMissing,
};
pub use name::{AccountName, AccountNameError, DisplayName, DisplayNameError};
pub use password::{PASSWORD_BYTES_MAX, PASSWORD_LETTERS_MIN, PasswordFault, check_password};
pub use role::{Right, Role, RoleError, Roles};
pub use session::{SessionId, SessionLimits};
pub use softlock::{SoftlockBook, Softlocked};
