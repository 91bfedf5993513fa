use super::fields::{ButtonForm, RolesField, TextField, typed_or, typed_roles};
use super::words::use_admin_words;
use domain::{Account, AccountId};
use leptos::prelude::*;

/// `/admin/accounts/{id}`: one account, and what can be done about it.
#[component]
pub(super) fn AccountPage(account: Account) -> impl IntoView {
    let words = use_admin_words();
    let facts = account.facts.clone();
    view! {
        <p><a href="/admin/accounts">{words.all_accounts}</a></p>
        <h1>{facts.name.to_string()}</h1>
        <p class="field-hint">{(words.account_state)(&account)}</p>
        <form class="admin-form admin-part" method="post" action="/api/change_account">
            <input type="hidden" name="id" value=account.id.0 />
            <TextField
                label=words.name
                name="name"
                hint=words.name_hint
                value=typed_or("name", facts.name.as_str())
                required=true
                length_max=64
            />
            <TextField
                label=words.person
                name="display_name"
                value=typed_or("display_name", facts.display_name.as_str())
                length_max=80
            />
            <RolesField chosen=typed_roles(facts.roles) />
            <button class="main-button" type="submit">{words.save}</button>
        </form>
        <Deeds account=account />
    }
}

#[component]
fn Deeds(account: Account) -> impl IntoView {
    let words = use_admin_words();
    let Account { id, facts, has_totp, .. } = account;
    let closing = vec![("id", id.0.to_string()), ("closed", (!facts.disabled).to_string())];
    let open = !facts.disabled;
    view! {
        <section class="admin-part deeds">
            <h2>{words.access}</h2>
            {open.then(|| view! { <Deed id=id action="/api/make_link" text=words.make_link what=words.make_link_what /> })}
            {open
                .then(|| {
                    view! { <Deed id=id action="/api/sign_out_account" text=words.sign_out_all what=words.sign_out_what /> }
                })}
            {has_totp
                .then(|| view! { <Deed id=id action="/api/forget_totp" text=words.forget_totp what=words.forget_totp_what /> })}
            <div class="deed">
                <ButtonForm
                    action="/api/set_account_closed"
                    fields=closing
                    text=if open { words.close_account } else { words.open_account }
                    is_grave=open
                />
                <p class="field-hint">{if open { words.close_what } else { words.open_what }}</p>
            </div>
        </section>
    }
}

#[component]
fn Deed(id: AccountId, action: &'static str, text: &'static str, what: &'static str) -> impl IntoView {
    view! {
        <div class="deed">
            <ButtonForm action=action fields=vec![("id", id.0.to_string())] text=text />
            <p class="field-hint">{what}</p>
        </div>
    }
}
