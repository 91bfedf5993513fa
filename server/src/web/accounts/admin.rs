//! `/admin` and `/admin/accounts`: the pages. What changes accounts is in [`super::functions`].

use super::visit::{Holder, Own, redirect};
use app::admin::AdminView;
use axum::extract::Path;
use axum::response::Response;
use domain::{AccountId, ManageAccounts, Right};
use entity::StorageError;
use http::StatusCode;

/// Leads to the first page that somebody may see.
pub(super) async fn home(own: Own) -> Response {
    let roles = own.principal.roles;
    if roles.grant(Right::ManageAccounts) {
        redirect("/admin/accounts")
    } else if roles.grant(Right::EditPlans) {
        redirect("/admin/floors")
    } else if roles.grant(Right::OperateBoards) {
        redirect("/admin/alerts")
    } else if roles.grant(Right::ManageScreens) {
        redirect("/admin/screens")
    } else if roles.grant(Right::ReadAudit) {
        redirect("/admin/audit")
    } else if roles.grant(Right::ReadAdmin) {
        redirect("/admin/boards")
    } else {
        redirect("/account")
    }
}

/// All accounts.
pub(super) async fn list_accounts(Holder { visit, holds }: Holder<ManageAccounts>) -> Response {
    match visit.accounts.storage.list_accounts(&holds).await {
        Ok(accounts) => visit.render(AdminView::Accounts(accounts), StatusCode::OK).await,
        Err(error) => visit.render_away(&error).await,
    }
}

/// One of them.
pub(super) async fn find_account(
    Holder { visit, holds: _ }: Holder<ManageAccounts>,
    Path(id): Path<String>,
) -> Response {
    let found = match id.parse() {
        Ok(id) => visit.accounts.storage.read_credentials(AccountId(id)).await,
        Err(_) => return visit.render(AdminView::NotFound, StatusCode::NOT_FOUND).await,
    };
    match found {
        Ok(found) => visit.render(AdminView::Account(found.account), StatusCode::OK).await,
        Err(StorageError::UnknownAccount { .. }) => visit.render(AdminView::NotFound, StatusCode::NOT_FOUND).await,
        Err(error) => visit.render_away(&error).await,
    }
}
