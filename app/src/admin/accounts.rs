use super::fields::{RolesField, TextField, typed, typed_or, typed_roles};
use super::words::use_admin_words;
use super::{AdminPage, Told};
use domain::{Account, Role, Roles};
use leptos::prelude::*;

/// `/admin/accounts`: who there is, and a form for one more.
#[component]
pub(super) fn AccountsPage(accounts: Vec<Account>) -> impl IntoView {
    let words = use_admin_words();
    view! {
        <h1>{words.accounts}</h1>
        <table class="admin-table">
            <thead>
                <tr>
                    <th scope="col">{words.name}</th>
                    <th scope="col">{words.person}</th>
                    <th scope="col">{words.roles}</th>
                    <th scope="col">{words.state}</th>
                    <th scope="col">{words.last_sign_in}</th>
                </tr>
            </thead>
            <tbody>{accounts.into_iter().map(|account| view! { <AccountRow account=account /> }).collect_view()}</tbody>
        </table>
        <NewAccount />
    }
}

#[component]
fn AccountRow(account: Account) -> impl IntoView {
    let words = use_admin_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let Account { id, facts, signed_in_at, .. } = &account;
    let is_nameless = facts.display_name.as_str().is_empty();
    let last = signed_in_at.map_or_else(|| words.never.to_owned(), |at| show_time(at));
    view! {
        <tr data-account=facts.name.to_string()>
            <th scope="row"><a href=format!("/admin/accounts/{}", id.0)>{facts.name.to_string()}</a></th>
            <td data-label=words.person data-empty=is_nameless.then_some("true")>{facts.display_name.as_str().to_owned()}</td>
            <td data-label=words.roles><RoleWords roles=facts.roles /></td>
            <td data-label=words.state>{(words.account_state)(&account)}</td>
            <td data-label=words.last_sign_in>{last}</td>
        </tr>
    }
}

/// Roles in words.
#[component]
pub(super) fn RoleWords(roles: Roles) -> impl IntoView {
    let words = use_admin_words();
    roles.iter().map(|role| view! { <span class="role-chip">{(words.role)(role)}</span> }).collect_view()
}

/// Opened where it was just refused, with what was typed.
#[component]
fn NewAccount() -> impl IntoView {
    let words = use_admin_words();
    let told = expect_context::<AdminPage>().told;
    let was_refused = matches!(told, Some(Told::Refused { .. })) && typed("name").is_some();
    let viewer: Roles = [Role::Viewer].into_iter().collect();
    view! {
        <details class="admin-part" open=was_refused>
            <summary>{words.new_account}</summary>
            <form class="admin-form" method="post" action="/api/create_account">
                <TextField
                    label=words.name
                    name="name"
                    hint=words.name_hint
                    value=typed_or("name", "")
                    required=true
                    length_max=64
                />
                <TextField label=words.person name="display_name" value=typed_or("display_name", "") length_max=80 />
                <RolesField chosen=typed_roles(viewer) />
                <button class="main-button" type="submit">{words.create}</button>
            </form>
        </details>
    }
}
