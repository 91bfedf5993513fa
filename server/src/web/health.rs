//! `GET /health`: how the server is, with reasons.

use super::WebState;
use axum::Json;
use axum::extract::State;
use entity::Storage;
use http::StatusCode;
use serde::Serialize;
use std::time::Duration;
use tokio::time::timeout;

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
}

/// 200 while the map is live, 503 when it is not.
pub(super) async fn health(State(state): State<WebState>) -> (StatusCode, Json<Health>) {
    let mut health = Health { status: Condition::Ok, reasons: Vec::new() };
    let counters = state.backend.live.counters();
    if !database_answers(&state.storage).await {
        health.add(Condition::Degraded, "the database does not answer".to_owned());
    }
    // It may well be read and yet not be written: locked, or on a full disk.
    if counters.storage_failing.get() {
        let waiting = counters.transitions_waiting();
        health.add(Condition::Degraded, format!("history is not stored; {waiting} transitions wait"));
    }
    let dropped = counters.transitions_dropped.get();
    if dropped > 0 {
        health.add(Condition::Degraded, format!("{dropped} transitions were lost"));
    }
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
    fn add(&mut self, condition: Condition, reason: String) {
        self.status = self.status.max(condition);
        self.reasons.push(reason);
    }
}
