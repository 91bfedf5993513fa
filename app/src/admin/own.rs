use super::accounts::RoleWords;
use super::fields::{NewPasswordField, TextField};
use super::own_sessions::OwnSessions;
use super::own_totp::OwnTotp;
use super::view::OwnView;
use super::words::use_admin_words;
use leptos::prelude::*;

/// `/account`: one's own password, second factor and sessions.
#[component]
pub(super) fn OwnPage(view: OwnView) -> impl IntoView {
    let words = use_admin_words();
    let OwnView { account, sessions, pending } = view;
    view! {
        <h1>{words.own}</h1>
        <p class="own-who">
            <strong>{account.facts.name.to_string()}</strong>
            {account.facts.display_name.as_str().to_owned()}
            <RoleWords roles=account.facts.roles />
        </p>
        <section class="admin-part">
            <h2>{words.password}</h2>
            <form class="admin-form" method="post" action="/account/password">
                <input type="hidden" name="username" autocomplete="username" value=account.facts.name.to_string() />
                <TextField
                    label=words.current_password
                    name="current"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                />
                <NewPasswordField />
                <button class="main-button" type="submit">{words.change_password}</button>
            </form>
        </section>
        <OwnTotp is_on=account.has_totp pending=pending />
        <OwnSessions sessions=sessions />
    }
}
