//! `/admin/alerts`: what somebody should look at.

mod en;
mod fr;
mod incident;
mod told;
mod view;
mod words;

pub use told::AlertTold;
pub use view::{AlertQuery, AlertsView};
pub(super) use words::use_alert_words;

use super::fields::TextField;
use super::words::use_admin_words;
use crate::erased::IntoAny;
use crate::navigation::encode;
use domain::{AlertKind, Incident};
use incident::{IncidentItem, PastIncident};
use leptos::prelude::*;

/// The open incidents, those that are over, and a filter for both.
#[component]
pub(super) fn AlertsPage(view: AlertsView) -> impl IntoView {
    let words = use_alert_words();
    let AlertsView { query, open, past, has_more, may_acknowledge } = view;
    let count = open.len();
    let older = past.as_ref().and_then(|past| past.last()).filter(|_| has_more).map(|last| older(&query, last));
    let is_empty = open.is_empty();
    view! {
        <h1>{words.title}</h1>
        <AlertFilters query=query />
        <section class="alerts-open" aria-labelledby="alerts-open">
            <h2 id="alerts-open">{(words.open)(count)}</h2>
            {is_empty.then(|| view! { <p class="alerts-none">{words.none_open}</p> })}
            <ul class="incidents">
                {open
                    .into_iter()
                    .map(|incident| view! { <IncidentItem incident=incident may_acknowledge=may_acknowledge /> })
                    .collect_view()}
            </ul>
        </section>
        <section aria-labelledby="alerts-past">
            <h2 id="alerts-past">{words.past}</h2>
            <PastIncidents past=past may_acknowledge=may_acknowledge />
            {older.map(|to| view! { <p><a class="plain-button" href=to>{words.older}</a></p> })}
        </section>
    }
    .into_any()
}

#[component]
fn PastIncidents(past: Option<Vec<Incident>>, may_acknowledge: bool) -> impl IntoView {
    let words = use_alert_words();
    let Some(past) = past else { return view! { <p>{words.past_away}</p> }.into_any() };
    if past.is_empty() {
        return view! { <p>{words.none_past}</p> }.into_any();
    }
    let items =
        past.into_iter().map(|incident| view! { <PastIncident incident=incident may_acknowledge=may_acknowledge /> });
    view! { <ol class="audit incidents-past">{items.collect_view()}</ol> }.into_any()
}

#[component]
fn AlertFilters(query: AlertQuery) -> impl IntoView {
    let words = use_alert_words();
    let option = |kind: AlertKind| {
        view! { <option value=kind.as_str() selected=query.kind == Some(kind)>{(words.kind)(kind)}</option> }
    };
    view! {
        <form class="audit-filters" method="get" action="/admin/alerts">
            <label class="field">
                <span class="field-label">{words.what}</span>
                <select name="kind">
                    <option value="">{use_admin_words().anything}</option>
                    {AlertKind::ALL.iter().copied().map(option).collect_view()}
                </select>
            </label>
            <TextField label=words.subject name="subject" value=query.subject.clone() length_max=32 />
            <button class="plain-button" type="submit">{use_admin_words().filter}</button>
        </form>
    }
    .into_any()
}

fn older(query: &AlertQuery, last: &Incident) -> String {
    let kind = query.kind.map(AlertKind::as_str).unwrap_or_default();
    format!("/admin/alerts?kind={kind}&subject={}&before={}", encode(&query.subject), last.opened_at.0)
}
