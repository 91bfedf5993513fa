//! `GET /health`: how the server is, with reasons.

use super::WebState;
use crate::backend::MemoryBackend;
use crate::clock::{show_time, utc_now};
use axum::Json;
use axum::extract::State;
use entity::Storage;
use http::StatusCode;
use serde::Serialize;
use std::time::Duration;
use tokio::time::timeout;

/// Records that wait longer in the spool are worth a word.
const LATE_MAX_S: u64 = 30;
/// How long the database may take to answer. Whoever asks for the health has little patience.
const DATABASE_WITHIN: Duration = Duration::from_secs(1);

/// Whether the server does its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Condition {
    /// All of it.
    Ok,
    /// The map is live, but something is not kept.
    Degraded,
    /// It is stopping.
    Down,
}

#[derive(Debug, Serialize)]
pub(super) struct Health {
    status: Condition,
    reasons: Vec<String>,
    alerts: Alerts,
}

/// What somebody should look at, which need not be the server's fault.
#[derive(Debug, Serialize)]
struct Alerts {
    open: usize,
    /// Of these, that nobody has seen to.
    waiting: usize,
}

/// 200 while the map is live, 503 when it is not.
pub(super) async fn health(State(state): State<WebState>) -> (StatusCode, Json<Health>) {
    let alerts = Alerts { open: state.alerts.count_by_kind().values().sum(), waiting: state.alerts.count_waiting() };
    let mut health = Health { status: Condition::Ok, reasons: Vec::new(), alerts };
    if !database_answers(&state.storage).await {
        health.add(Condition::Degraded, "the database does not answer".to_owned());
    }
    health.look_at(&state.backend);
    if state.shutdown.is_cancelled() {
        health.add(Condition::Down, "the server is stopping".to_owned());
    }
    let code = if health.status == Condition::Down { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    (code, Json(health))
}

async fn database_answers(storage: &Storage) -> bool {
    match timeout(DATABASE_WITHIN, storage.check_health()).await {
        Ok(Ok(())) => return true,
        // The text goes to operators and may name hosts: the log has it, the world has the fact.
        Ok(Err(error)) => tracing::warn!(%error, "the database does not answer the health check"),
        Err(_) => tracing::warn!("the database does not answer the health check within a second"),
    }
    false
}

impl Health {
    fn look_at(&mut self, backend: &MemoryBackend) {
        let counters = backend.live.counters();
        let spool = backend.spool.depth();
        if let Some(read_at) = backend.drained.copy_read_at.filter(|_| backend.drained.awaiting.get()) {
            let read_at = show_time(read_at);
            let reason = format!("started from a copy of {read_at} because the database did not answer");
            self.add(Condition::Degraded, reason);
        }
        // It may well be read and yet not be written: locked, or on a full disk.
        if backend.drained.failing.get() {
            let records = spool.records;
            self.add(Condition::Degraded, format!("the database does not store; {records} records wait in the spool"));
        }
        if let Some(late_s) = spool.oldest_at.map(|oldest| utc_now().since(oldest) / 1_000).filter(|s| *s > LATE_MAX_S)
        {
            self.add(Condition::Degraded, format!("the oldest record has been waiting in the spool for {late_s} s"));
        }
        if counters.journal_failing.get() {
            let waiting = counters.records_waiting();
            let reason =
                format!("nothing can be kept on the disk; {waiting} records wait, boards are told to try again");
            self.add(Condition::Degraded, reason);
        }
        let lost = counters.records_lost.get();
        if lost > 0 {
            self.add(Condition::Degraded, format!("{lost} records were lost"));
        }
        for alert in backend.live.boards().alerts().list(backend.live.now().mono) {
            self.add(Condition::Degraded, alert.to_string());
        }
    }

    fn add(&mut self, condition: Condition, reason: String) {
        self.status = self.status.max(condition);
        self.reasons.push(reason);
    }
}
