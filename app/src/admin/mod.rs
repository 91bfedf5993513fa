//! The administrator's side: signing in, one's own account, accounts, the log of changes.
//!
//! Written by the server, with forms that need no script. The server finds out what is to be shown ([`AdminPage`]) before it
//! writes a page, since that takes a look into the database.

mod account;
mod accounts;
mod alerts;
mod api;
mod audit;
mod boards;
mod document;
mod fields;
mod filter;
mod floors;
mod layout;
mod login;
mod own;
mod own_sessions;
mod own_totp;
mod screens;
mod setup;
mod site;
mod told;
mod view;
mod wiring;
mod words;

pub use alerts::{AlertQuery, AlertTold, AlertsView};
pub use boards::{
    BoardEntry, BoardKeyEntry, BoardRefusal, BoardTold, BoardView, BoardWire, BoardsView, ChartRange, CommandEntry,
    FleetQuery, FleetShow, FleetSort, FleetView, NewBoardView, NewKeyView, SessionEntry, Span, Suspicion,
};
pub use document::admin_document;
pub use filter::{FilterTold, FilterView, RecordedPast, TypedRule};
pub use floors::{
    AskedClash, ComparedVersions, DraftOnTable, DraftedBy, Drawn, FloorRow, FloorsTold, FloorsView, ListView,
    NewPlanView, PlanFault, PlanProblem, PlanView, ProposedBooth, PublishProblem, PublishView, PublishWhen,
    VersionsView,
};
pub use screens::{ScreenEntry, ScreenPicture, ScreenRefusal, ScreenTold, ScreensView};
pub use site::{DayTyped, SiteProblem, SiteTyped, SiteView};
pub use view::{
    AdminPage, AdminView, AuditQuery, AuditView, LoginProblem, LoginView, OwnSession, OwnTold, OwnView, PendingTotp,
    SetupProblem, SetupView, Told, Who,
};
pub use wiring::{
    RawSignal, STRIP_HEIGHT, STRIP_MS, STRIP_WIDTH, SignalLight, WiringBoard, WiringChannel, WiringTold, WiringView,
    draw_strip,
};

use crate::erased::IntoAny;
use account::AccountPage;
use accounts::AccountsPage;
use alerts::{AlertsPage, use_alert_words};
use audit::AuditPage;
use boards::BoardsPages;
use filter::{FilterPage, use_filter_words};
use floors::view_floors;
use layout::{AdminLayout, Notice};
use leptos::prelude::*;
use login::LoginPage;
use own::OwnPage;
use screens::{ScreenPage, ScreensPage, use_screen_words};
use setup::SetupPage;
use site::view_site;
use wiring::{WiringPage, use_wiring_words};
use words::use_admin_words;

/// All pages of the administrator's side: the one entry.
#[component]
pub fn AdminPages() -> impl IntoView {
    let page: AdminPage = expect_context();
    let words = use_admin_words();
    match page.view {
        AdminView::Login(view) => view! { <LoginPage view=view /> }.into_any(),
        AdminView::Setup(view) => view! { <SetupPage view=view /> }.into_any(),
        AdminView::LinkOver => view! { <Notice title=words.link_over text=words.link_over_what /> }.into_any(),
        AdminView::Own(view) => view! { <AdminLayout title=words.own><OwnPage view=view /></AdminLayout> }.into_any(),
        AdminView::Accounts(accounts) => {
            view! { <AdminLayout title=words.accounts><AccountsPage accounts=accounts /></AdminLayout> }.into_any()
        }
        AdminView::Account(account) => {
            view! { <AdminLayout title=words.accounts><AccountPage account=account /></AdminLayout> }.into_any()
        }
        AdminView::Audit(view) => {
            view! { <AdminLayout title=words.audit><AuditPage view=view /></AdminLayout> }.into_any()
        }
        AdminView::Floors(view) => view_floors(view),
        AdminView::Site(view) => view_site(*view),
        AdminView::Alerts(view) => {
            view! { <AdminLayout title=use_alert_words().title><AlertsPage view=view /></AdminLayout> }.into_any()
        }
        AdminView::Wiring(view) => {
            view! { <AdminLayout title=use_wiring_words().title><WiringPage view=*view /></AdminLayout> }.into_any()
        }
        AdminView::Filter(view) => {
            view! { <AdminLayout title=use_filter_words().title><FilterPage view=*view /></AdminLayout> }.into_any()
        }
        AdminView::Screens(view) => {
            view! { <AdminLayout title=use_screen_words().screens><ScreensPage view=view /></AdminLayout> }.into_any()
        }
        AdminView::Screen(view) => {
            view! { <AdminLayout title=use_screen_words().screens><ScreenPage view=view /></AdminLayout> }.into_any()
        }
        AdminView::Boards(view) => view! { <BoardsPages view=view /> }.into_any(),
        AdminView::Forbidden => view! { <Notice title=words.forbidden text=words.forbidden_what /> }.into_any(),
        AdminView::NotFound => view! { <Notice title=words.not_found text="" /> }.into_any(),
        AdminView::Away => view! { <Notice title=words.away text=words.away_what /> }.into_any(),
    }
}
