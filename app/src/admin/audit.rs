use super::AdminPage;
use super::fields::TextField;
use super::view::{AuditQuery, AuditView};
use super::words::use_admin_words;
use crate::navigation::encode;
use domain::AuditEntry;
use leptos::prelude::*;

/// What the filter knows of actions, by the beginnings of their names.
pub(super) const ACTIONS: [&str; 24] = [
    "alert.acknowledged",
    "booth.filter_changed",
    "account.created",
    "account.changed",
    "account.password_set",
    "account.link_made",
    "account.signed_in",
    "account.signed_out",
    "account.totp_on",
    "account.totp_off",
    "layout.published",
    "layout.restored",
    "layout.scheduled",
    "layout.taken_back",
    "floor.created",
    "floor.changed",
    "floor.retired",
    "floor.brought_back",
    "plan.received",
    "site.changed",
    "screen.created",
    "screen.changed",
    "screen.renewed",
    "screen.revoked",
];

/// `/admin/audit`: the log of changes.
#[component]
pub(super) fn AuditPage(view: AuditView) -> impl IntoView {
    let words = use_admin_words();
    let AuditView { query, entries, has_more, checked } = view;
    let parameters = parameters(&query);
    let older = entries.last().filter(|_| has_more).map(|last| format!("/admin/audit?{parameters}before={}", last.seq));
    let is_empty = entries.is_empty();
    let checked = checked.map(|checked| {
        let told = if checked.is_ok() { "done" } else { "refused" };
        view! { <p class="told" data-told=told data-audit-check=told role="status">{(words.audit_checked)(&checked)}</p> }
    });
    view! {
        <h1>{words.audit}</h1>
        {checked}
        <AuditFilters query=query />
        <p class="audit-links">
            <a class="plain-button" href=format!("/admin/audit/export.jsonl?{parameters}") download="">{words.export_json}</a>
            <a class="plain-button" href=format!("/admin/audit/export.csv?{parameters}") download="">{words.export_csv}</a>
            <a class="plain-button" href="/admin/audit?check=1">{words.check_audit}</a>
        </p>
        {is_empty.then(|| view! { <p>{words.audit_empty}</p> })}
        <ol class="audit">{entries.into_iter().map(|entry| view! { <EntryItem entry=entry /> }).collect_view()}</ol>
        {older.map(|to| view! { <p><a class="plain-button" href=to>{words.older}</a></p> })}
    }
}

/// The filters as an address has them, each with an `&` behind it.
fn parameters(query: &AuditQuery) -> String {
    let AuditQuery { actor, action, subject, from, to } = query;
    [("actor", actor), ("action", action), ("subject", subject), ("from", from), ("to", to)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}&", encode(value)))
        .collect()
}

#[component]
fn AuditFilters(query: AuditQuery) -> impl IntoView {
    let words = use_admin_words();
    let AuditQuery { actor, action, subject, from, to } = query;
    let option = |value: &'static str| {
        view! { <option value=value selected=action == value>{(words.action)(value)}</option> }
    };
    view! {
        <form class="audit-filters" method="get" action="/admin/audit">
            <TextField label=words.by_whom name="actor" value=actor length_max=64 />
            <label class="field">
                <span class="field-label">{words.what}</span>
                <select name="action">
                    <option value="">{words.anything}</option>
                    {ACTIONS.into_iter().chain(super::boards::ACTIONS).map(option).collect_view()}
                </select>
            </label>
            <TextField label=words.to_what name="subject" value=subject length_max=128 />
            <TextField label=words.from_day name="from" kind="date" value=from />
            <TextField label=words.to_day name="to" kind="date" value=to />
            <button class="plain-button" type="submit">{words.filter}</button>
        </form>
    }
}

#[component]
fn EntryItem(entry: AuditEntry) -> impl IntoView {
    let words = use_admin_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let AuditEntry { seq, at, actor, action, subject, before, after, hash, .. } = entry;
    let state = |label: &'static str, json: Option<String>| {
        json.map(|json| view! { <dt>{label}</dt><dd><code>{json}</code></dd> })
    };
    view! {
        <li data-entry=seq data-action=action.clone()>
            <details>
                <summary>
                    <span class="audit-seq">{seq}</span>
                    <time>{show_time(at)}</time>
                    <strong>{(words.actor)(&actor)}</strong>
                    <span>{(words.action)(&action)}</span>
                    <span class="audit-subject">{subject}</span>
                </summary>
                <dl>
                    {state(words.before, before)}
                    {state(words.after, after)}
                    <dt>"SHA-256"</dt>
                    <dd><code>{hash.to_string()}</code></dd>
                </dl>
            </details>
        </li>
    }
}
