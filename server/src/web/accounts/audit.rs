//! `/admin/audit`: the log of changes, read, checked and exported.

use super::visit::{Holder, Visit, keep_nowhere};
use crate::accounts::check_chain;
use crate::clock::{local_day, show_time};
use app::admin::{AdminView, AuditQuery, AuditView};
use axum::body::Body;
use axum::extract::Query;
use axum::response::Response;
use bytes::Bytes;
use domain::{AuditEntry, Holds, Opening, ReadAudit, UtcMs};
use entity::{AuditFilter, Storage, StorageError};
use futures_util::Stream;
use futures_util::stream::unfold;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use ingest::Clock;
use jiff::civil::Date;
use serde::Deserialize;

/// Entries of a page.
const PAGE: u64 = 100;
/// Entries that are read at one time for an export.
const BATCH: u64 = 500;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    actor: String,
    action: String,
    subject: String,
    from: String,
    to: String,
    before: Option<i64>,
    check: Option<String>,
}

/// The page.
pub(super) async fn show(Holder { visit, holds }: Holder<ReadAudit>, Query(asked): Query<Asked>) -> Response {
    match view(&visit, &holds, asked).await {
        Ok(view) => visit.render(AdminView::Audit(view), StatusCode::OK).await,
        Err(error) => visit.render_away(&error).await,
    }
}

async fn view(visit: &Visit, holds: &Holds<ReadAudit>, asked: Asked) -> Result<AuditView, StorageError> {
    let storage = &visit.accounts.storage;
    let checked = match asked.check {
        Some(_) => Some(check_chain(storage, holds).await?),
        None => None,
    };
    let filter = asked.filter(visit);
    let mut entries = storage.list_audit(holds, &filter, PAGE + 1).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let has_more = entries.len() > page;
    entries.truncate(page);
    let Asked { actor, action, subject, from, to, .. } = asked;
    let query = AuditQuery { actor, action, subject, from, to };
    Ok(AuditView { query, entries, has_more, checked })
}

/// All entries that match, one JSON object a line, newest first.
pub(super) async fn export_json(holder: Holder<ReadAudit>, Query(asked): Query<Asked>) -> Response {
    let line = |entry: &AuditEntry| serde_json::to_string(entry).map(|line| line + "\n").unwrap_or_default();
    export(holder, &asked, "", line, ("application/jsonl", "dispobox-audit.jsonl"))
}

/// The same as a table.
pub(super) async fn export_csv(holder: Holder<ReadAudit>, Query(asked): Query<Asked>) -> Response {
    let head = "seq,at,account,actor,action,subject,before,after,prev,hash\r\n";
    export(holder, &asked, head, csv_line, ("text/csv; charset=utf-8", "dispobox-audit.csv"))
}

fn export(
    Holder { visit, holds }: Holder<ReadAudit>,
    asked: &Asked,
    head: &'static str,
    line: fn(&AuditEntry) -> String,
    (kind, name): (&'static str, &str),
) -> Response {
    let filter = asked.filter(&visit);
    let stream = pages(visit.accounts.storage.clone(), holds, filter, head, line);
    let mut response = Response::new(Body::from_stream(stream));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    }
    keep_nowhere(response)
}

/// Where the database falls silent the answer breaks off, so nobody takes a part for the whole.
fn pages(
    storage: Storage,
    holds: Holds<ReadAudit>,
    filter: AuditFilter,
    head: &'static str,
    line: fn(&AuditEntry) -> String,
) -> impl Stream<Item = Result<Bytes, StorageError>> {
    unfold(Some((filter, head)), move |next| {
        let (storage, holds) = (storage.clone(), holds.clone());
        async move {
            let (filter, head) = next?;
            match storage.list_audit(&holds, &filter, BATCH).await {
                Ok(entries) => {
                    let text: String = std::iter::once(head.to_owned()).chain(entries.iter().map(line)).collect();
                    let last = entries.last().map(|last| last.seq);
                    let next = last.map(|seq| (AuditFilter { before_seq: Some(seq), ..filter }, ""));
                    Some((Ok(Bytes::from(text)), next))
                }
                Err(error) => Some((Err(error), None)),
            }
        }
    })
}

fn csv_line(entry: &AuditEntry) -> String {
    let AuditEntry { seq, at, actor, action, subject, before, after, prev, hash } = entry;
    let account = actor.account.map(|account| account.0.to_string()).unwrap_or_default();
    let state = |json: &Option<String>| json.clone().unwrap_or_default();
    let cells = [
        seq.to_string(),
        show_time(*at),
        account,
        actor.name.clone(),
        action.clone(),
        subject.clone(),
        state(before),
        state(after),
        prev.to_string(),
        hash.to_string(),
    ];
    cells.map(|cell| csv_cell(&cell)).join(",") + "\r\n"
}

/// In quotes; what a table would take for a formula gets an apostrophe.
fn csv_cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

impl Asked {
    /// Days are those of the site; what is no day filters nothing.
    fn filter(&self, visit: &Visit) -> AuditFilter {
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let clock = &visit.accounts.clock;
        let begins = |date: Date| -> UtcMs { clock.utc(Opening { day: local_day(date), minute: 0 }) };
        let day = |text: &str| text.parse::<Date>().ok();
        AuditFilter {
            before_seq: self.before,
            actor: text(&self.actor),
            action: text(&self.action),
            subject: text(&self.subject),
            from: day(&self.from).map(begins),
            to: day(&self.to).and_then(|date| date.tomorrow().ok()).map(begins),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        let cases = [
            ("", "\"\""),
            ("ann", "\"ann\""),
            ("{\"a\":1}", "\"{\"\"a\"\":1}\""),
            ("=1+1", "\"'=1+1\""),
            ("-1", "\"'-1\""),
            ("a,b\nc", "\"a,b\nc\""),
        ];
        for (text, cell) in cases {
            assert_eq!(csv_cell(text), cell);
        }
    }
}
