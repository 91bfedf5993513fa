//! One incident.

use super::use_alert_words;
use crate::admin::AdminPage;
use crate::erased::IntoAny;
use domain::{Acknowledged, AlertSubject, Incident};
use leptos::prelude::*;

/// An open one: what is wrong since when, what to do, and who has seen to it.
#[component]
pub(super) fn IncidentItem(incident: Incident, may_acknowledge: bool) -> impl IntoView {
    let words = use_alert_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let Incident { key, detail, opened_at, last_seen_at, count, acknowledged, .. } = incident.clone();
    let waits = incident.waits();
    let times = (words.times)(&show_time(opened_at), &show_time(last_seen_at), count);
    view! {
        <li class="incident" data-alert=key.kind.as_str() data-subject=key.subject.to_string() data-waits=waits.then_some("")>
            <div class="incident-head">
                <span class="incident-sign" aria-hidden="true">{if waits { "!" } else { "✓" }}</span>
                <h3>{(words.say)(key.kind, &key.subject, &detail)}</h3>
            </div>
            <p class="incident-times">{times}</p>
            <p>{(words.advice)(key.kind)} " " <SubjectLink subject=key.subject.clone() /></p>
            <Seen acknowledged=acknowledged />
            {(waits && may_acknowledge).then(|| view! { <AcknowledgeForm incident=incident /> })}
        </li>
    }
    .into_any()
}

/// One that is over, in a line.
#[component]
pub(super) fn PastIncident(incident: Incident, may_acknowledge: bool) -> impl IntoView {
    let words = use_alert_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let Incident { key, detail, opened_at, closed_at, count, acknowledged, .. } = incident.clone();
    let until = closed_at.map(|at| show_time(at)).unwrap_or_default();
    let offers = may_acknowledge && acknowledged.is_none();
    view! {
        <li data-alert=key.kind.as_str() data-subject=key.subject.to_string()>
            <details>
                <summary>
                    <time>{show_time(opened_at)}</time>
                    <strong>{(words.say)(key.kind, &key.subject, &detail)}</strong>
                    {acknowledged.is_some().then(|| view! { <span class="audit-subject">"✓ " {words.seen}</span> })}
                </summary>
                <div class="incident-past">
                    <p class="incident-times">{(words.was)(&show_time(opened_at), &until, count)}</p>
                    <Seen acknowledged=acknowledged />
                    {offers.then(|| view! { <AcknowledgeForm incident=incident /> })}
                </div>
            </details>
        </li>
    }
    .into_any()
}

#[component]
fn Seen(acknowledged: Option<Acknowledged>) -> impl IntoView {
    let words = use_alert_words();
    let show_time = expect_context::<AdminPage>().show_time;
    acknowledged.map(|Acknowledged { by, at, note }| {
        view! {
            <p class="incident-seen">
                {(words.seen_by)(&by, &show_time(at))}
                {(!note.is_empty()).then(|| view! { <q>{note}</q> })}
            </p>
        }
    })
}

#[component]
fn AcknowledgeForm(incident: Incident) -> impl IntoView {
    let words = use_alert_words();
    let Incident { key, detail, opened_at, .. } = incident;
    let label = format!("{}: {}", words.acknowledge, (words.say)(key.kind, &key.subject, &detail));
    view! {
        <form class="acknowledge" method="post" action="/admin/alerts/acknowledge">
            <input type="hidden" name="kind" value=key.kind.as_str() />
            <input type="hidden" name="subject" value=key.subject.to_string() />
            <input type="hidden" name="opened_at" value=opened_at.0 />
            <label class="field">
                <span class="field-label">{words.note}</span>
                <input type="text" name="note" maxlength="500" autocomplete="off" />
            </label>
            <button class="plain-button" type="submit" aria-label=label>{words.acknowledge}</button>
        </form>
    }
    .into_any()
}

/// Where to look at what it is about.
#[component]
fn SubjectLink(subject: AlertSubject) -> impl IntoView {
    let words = use_alert_words();
    let to = match subject {
        AlertSubject::Booth(booth) => format!("/admin/booths/{booth}"),
        AlertSubject::Board(board) => format!("/admin/boards/{board}"),
        AlertSubject::Floor(floor) => format!("/floor/{floor}"),
        AlertSubject::System => return None,
    };
    Some(view! { <a href=to>{words.look}</a> })
}
