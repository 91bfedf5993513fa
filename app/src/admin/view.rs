//! What these pages show, as the server finds it before it writes them.

use super::alerts::{AlertTold, AlertsView};
use super::boards::{BoardTold, BoardsView};
use super::filter::{FilterTold, FilterView};
use super::floors::{FloorsTold, FloorsView};
use super::screens::{ScreenTold, ScreensView};
use super::site::SiteView;
use super::wiring::{WiringTold, WiringView};
use crate::backend::{AdminDone, AdminError};
use domain::{Account, AccountName, AuditEntry, AuditFault, AuditHead, PasswordFault, Roles, SessionId, UtcMs};
use std::sync::Arc;

/// A page of the administrator's side. Stands in the context of the server's side.
#[derive(Clone)]
pub struct AdminPage {
    /// Who is signed in.
    pub who: Option<Who>,
    /// What is on it.
    pub view: AdminView,
    /// What came of the last request; shown once.
    pub told: Option<Told>,
    /// How many incidents wait for somebody.
    pub alerts_waiting: usize,
    /// An instant at the site, as `2026-11-21 14:05`.
    pub show_time: Arc<dyn Fn(UtcMs) -> String + Send + Sync>,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct Who {
    /// By what name.
    pub name: AccountName,
    /// What they may do.
    pub roles: Roles,
}

/// What is on the page.
#[derive(Debug, Clone)]
pub enum AdminView {
    /// `/login`.
    Login(LoginView),
    /// `/setup/{token}`.
    Setup(SetupView),
    /// `/setup/{token}` with a link that does not hold any more.
    LinkOver,
    /// `/account`.
    Own(OwnView),
    /// `/admin/accounts`.
    Accounts(Vec<Account>),
    /// `/admin/accounts/{id}`.
    Account(Account),
    /// `/admin/screens`.
    Screens(ScreensView),
    /// `/admin/screens/{id}`.
    Screen(ScreensView),
    /// `/admin/audit`.
    Audit(AuditView),
    /// `/admin/floors...`.
    Floors(FloorsView),
    /// `/admin/site`.
    Site(Box<SiteView>),
    /// `/admin/alerts`.
    Alerts(AlertsView),
    /// `/admin/wiring`.
    Wiring(Box<WiringView>),
    /// `/admin/booths/{number}`.
    Filter(Box<FilterView>),
    /// `/admin/boards...`.
    Boards(BoardsView),
    /// The account may not see this page.
    Forbidden,
    /// There is no such page.
    NotFound,
    /// The database does not answer.
    Away,
}

/// The form by which somebody signs in.
#[derive(Debug, Clone, Default)]
pub struct LoginView {
    /// Where they wanted to go.
    pub to: String,
    /// What they typed as a name.
    pub name: String,
    /// Why they are not signed in.
    pub problem: Option<LoginProblem>,
}

/// Why somebody is not signed in. Never says whether there is such an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginProblem {
    /// Name, password or code.
    Wrong,
    /// Too many tries: so many seconds.
    Wait(u64),
    /// Too many people sign in at this moment.
    Busy,
    /// The database does not answer.
    Away,
    /// What is typed here could be read on the way.
    Insecure,
    /// A proxy that the server does not know stands between.
    UnknownProxy,
}

/// The form by which somebody who has a link sets a password.
#[derive(Debug, Clone)]
pub struct SetupView {
    /// Whose; none for the first administrator, who chooses a name.
    pub account: Option<AccountName>,
    /// What they typed as a name.
    pub name: String,
    /// Why it was not set.
    pub problem: Option<SetupProblem>,
}

/// Why a password was not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupProblem {
    /// Not an account's name.
    BadName,
    /// Another account has it.
    NameTaken,
    /// What is wrong with the password.
    Password(PasswordFault),
    /// The same as when signing in.
    Login(LoginProblem),
}

/// One's own account.
#[derive(Debug, Clone)]
pub struct OwnView {
    /// It.
    pub account: Account,
    /// Where one is signed in, the last used first.
    pub sessions: Vec<OwnSession>,
    /// A second factor that is being set up.
    pub pending: Option<PendingTotp>,
}

/// A session of one's own.
#[derive(Debug, Clone)]
pub struct OwnSession {
    /// Its row.
    pub id: SessionId,
    /// Whether it is this one.
    pub is_this: bool,
    /// When it began.
    pub created_at: UtcMs,
    /// When it was last used.
    pub seen_at: UtcMs,
    /// From where.
    pub address: String,
    /// In which browser.
    pub agent: String,
}

/// A secret that the authenticator has yet to take.
#[derive(Debug, Clone)]
pub struct PendingTotp {
    /// As a code to scan: SVG.
    pub code: String,
    /// To be typed.
    pub secret: String,
}

/// The log of changes.
#[derive(Debug, Clone)]
pub struct AuditView {
    /// What was asked for, as it was typed.
    pub query: AuditQuery,
    /// The entries, newest first.
    pub entries: Vec<AuditEntry>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// What checking the whole chain has found, if it was asked for.
    pub checked: Option<Result<AuditHead, AuditFault>>,
}

/// Filters of the log, as they stand in the address.
#[derive(Debug, Clone, Default)]
pub struct AuditQuery {
    /// Who.
    pub actor: String,
    /// What, by the beginning of its name.
    pub action: String,
    /// To what.
    pub subject: String,
    /// From this day on, as `2026-11-21`.
    pub from: String,
    /// To this day, which is part of it.
    pub to: String,
}

/// What came of a request.
#[derive(Debug, Clone)]
pub enum Told {
    /// A change was made.
    Done(AdminDone),
    /// It was not; what was typed is still there, by the names of the fields.
    Refused {
        /// Why.
        error: AdminError,
        /// What was typed.
        typed: Vec<(String, String)>,
    },
    /// Something about one's own account.
    Own(OwnTold),
    /// Something about floors.
    Floors(FloorsTold),
    /// Something about an incident.
    Alert(AlertTold),
    /// Something about wires.
    Wiring(WiringTold),
    /// Something about a booth's filter.
    Filter(FilterTold),
    /// Something about a screen.
    Screen(ScreenTold),
    /// Something about a board.
    Board(BoardTold),
}

/// What came of a request about one's own account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnTold {
    /// The password is another one now.
    PasswordChanged,
    /// The password of now was wrong.
    WrongPassword,
    /// Too many tries: so many seconds.
    Wait(u64),
    /// What is wrong with the new password.
    Password(PasswordFault),
    /// So many sessions have ended.
    SessionsEnded(usize),
    /// A code is asked for from now on.
    TotpOn,
    /// And no more.
    TotpOff,
    /// The code was wrong.
    WrongCode,
    /// The server is busy, or its database does not answer.
    Away,
}
