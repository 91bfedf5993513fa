use super::fields::{ButtonForm, TextField};
use super::view::PendingTotp;
use super::words::use_admin_words;
use crate::erased::IntoAny;
use leptos::prelude::*;

/// The second factor: set up, or taken away with the password.
#[component]
pub(super) fn OwnTotp(is_on: bool, pending: Option<PendingTotp>) -> impl IntoView {
    let words = use_admin_words();
    let form = match (is_on, pending) {
        (true, _) => view! {
            <p>{words.totp_is_on}</p>
            <form class="admin-form" method="post" action="/account/totp/off">
                <TextField
                    label=words.current_password
                    name="current"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                />
                <button class="plain-button" data-grave="true" type="submit">{words.totp_off}</button>
            </form>
        }
        .into_any(),
        (false, Some(pending)) => view! { <Enrolment pending=pending /> }.into_any(),
        (false, None) => view! {
            <p>{words.totp_what}</p>
            <ButtonForm action="/account/totp/start" text=words.totp_start />
        }
        .into_any(),
    };
    view! {
        <section class="admin-part" id="totp">
            <h2>{words.totp}</h2>
            {form}
        </section>
    }
}

#[component]
fn Enrolment(pending: PendingTotp) -> impl IntoView {
    let words = use_admin_words();
    view! {
        <p>{words.totp_scan}</p>
        <div class="totp-code" role="img" aria-label=words.totp_image inner_html=pending.code></div>
        <p class="field-hint">{words.totp_or_type}" "<code class="totp-secret">{pending.secret}</code></p>
        <form class="admin-form" method="post" action="/account/totp/confirm">
            <TextField
                label=words.code
                name="code"
                autocomplete="one-time-code"
                required=true
                length_max=16
            />
            <button class="main-button" type="submit">{words.totp_confirm}</button>
        </form>
        <ButtonForm action="/account/totp/cancel" text=words.cancel />
    }
}
