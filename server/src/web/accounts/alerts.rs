//! `/admin/alerts`: incidents, shown and acknowledged.

use super::visit::{Holder, Visit, redirect};
use crate::alerts::AcknowledgeError;
use crate::web::WebState;
use app::admin::{AdminView, AlertQuery, AlertTold, AlertsView, Told};
use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::{AlertKey, Holds, Incident, OperateBoards, ReadAdmin, Right, UtcMs};
use entity::{AlertFilter, Storage};
use http::StatusCode;
use serde::Deserialize;

/// Past incidents of a page.
const PAGE: u64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    kind: String,
    subject: String,
    before: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct AcknowledgeForm {
    kind: String,
    subject: String,
    opened_at: i64,
    #[serde(default)]
    note: String,
}

/// The page. What is open is known without the database.
pub(super) async fn show(
    State(state): State<WebState>,
    Holder { visit, holds }: Holder<ReadAdmin>,
    Query(asked): Query<Asked>,
) -> Response {
    let query = AlertQuery { kind: asked.kind.parse().ok(), subject: asked.subject.trim().to_owned() };
    let mut past = list_past(&visit, &holds, &query, asked.before).await;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let has_more = past.as_ref().is_some_and(|past| past.len() > page);
    past.iter_mut().for_each(|past| past.truncate(page));
    let fits = |incident: &Incident| {
        let key = &incident.key;
        query.kind.is_none_or(|kind| kind == key.kind) && key.subject.to_string().contains(&query.subject)
    };
    let open = state.alerts.list_open().into_iter().filter(fits).collect();
    let may_acknowledge = visit.principal.as_ref().is_some_and(|who| who.roles.grant(Right::OperateBoards));
    let view = AlertsView { query, open, past, has_more, may_acknowledge };
    visit.render(AdminView::Alerts(view), StatusCode::OK).await
}

async fn list_past(
    visit: &Visit,
    by: &Holds<ReadAdmin>,
    query: &AlertQuery,
    before: Option<i64>,
) -> Option<Vec<Incident>> {
    let subject = Some(query.subject.clone()).filter(|subject| !subject.is_empty());
    let filter = AlertFilter { kind: query.kind, subject, before: before.map(UtcMs) };
    match visit.accounts.storage.list_past_alerts(by, &filter, PAGE + 1).await {
        Ok(past) => Some(past),
        Err(error) => {
            tracing::warn!(%error, "alerts that are over could not be listed");
            None
        }
    }
}

/// Somebody has seen to it.
pub(super) async fn acknowledge(
    State(state): State<WebState>,
    Holder { visit, holds }: Holder<OperateBoards>,
    Form(form): Form<AcknowledgeForm>,
) -> Response {
    let told = match read(&form) {
        Err(told) => told,
        Ok((key, note)) => match state.alerts.acknowledge(&holds, (&key, UtcMs(form.opened_at)), note).await {
            Ok(()) => AlertTold::Done,
            Err(AcknowledgeError::Unknown) => AlertTold::Unknown,
            Err(AcknowledgeError::Seen) => AlertTold::SeenBefore,
            Err(AcknowledgeError::Away(error)) => {
                tracing::error!(%error, "an alert could not be acknowledged");
                AlertTold::Away
            }
        },
    };
    visit.put_told(Told::Alert(told));
    redirect("/admin/alerts")
}

fn read(form: &AcknowledgeForm) -> Result<(AlertKey, &str), AlertTold> {
    let note = form.note.trim();
    if note.chars().count() > Storage::ALERT_NOTE_MAX || note.chars().any(char::is_control) {
        return Err(AlertTold::NoteTooLong);
    }
    match (form.kind.parse(), form.subject.parse()) {
        (Ok(kind), Ok(subject)) => Ok((AlertKey { kind, subject }, note)),
        _ => Err(AlertTold::Unknown),
    }
}
