use super::AdminPage;
use super::fields::ButtonForm;
use super::view::OwnSession;
use super::words::use_admin_words;
use leptos::prelude::*;

/// Where one is signed in.
#[component]
pub(super) fn OwnSessions(sessions: Vec<OwnSession>) -> impl IntoView {
    let words = use_admin_words();
    let has_others = sessions.len() > 1;
    view! {
        <section class="admin-part">
            <h2>{words.sessions}</h2>
            <ul class="sessions">
                {sessions.into_iter().map(|session| view! { <SessionItem session=session /> }).collect_view()}
            </ul>
            {has_others.then(|| view! { <ButtonForm action="/account/sessions/end_others" text=words.end_others /> })}
        </section>
    }
}

#[component]
fn SessionItem(session: OwnSession) -> impl IntoView {
    let words = use_admin_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let OwnSession { id, is_this, created_at, seen_at, address, agent } = session;
    let browser = (words.browser)(&agent);
    let described = format!("{} – {browser}, {address}", words.end_session);
    view! {
        <li>
            <div title=agent>
                <strong>{browser}</strong>
                {is_this.then(|| view! { <span class="role-chip">{words.this_session}</span> })}
                <span class="field-hint">{(words.session_times)(&address, &show_time(created_at), &show_time(seen_at))}</span>
            </div>
            {(!is_this)
                .then(|| {
                    view! {
                        <ButtonForm
                            action="/account/sessions/end"
                            fields=vec![("session", id.0.to_string())]
                            text=words.end_session
                            described=described
                        />
                    }
                })}
        </li>
    }
}
