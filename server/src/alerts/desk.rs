//! The incidents of this server: looked for every few seconds, kept in the database when it is there.

use super::past::find_stuck;
use super::watch::{Stored, Watch, key_of};
use crate::backend::MemoryBackend;
use crate::clock::utc_now;
use domain::{AlertBook, AlertKey, AlertKind, Holds, Incident, OperateBoards, UtcMs};
use entity::{Storage, StorageError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tokio_util::sync::CancellationToken;

/// Incidents that may wait for the database; past that, those that were over first are not kept.
const UNKEPT_MAX: usize = 4_096;
const STORE_EVERY: Duration = Duration::from_secs(2);
const DATABASE_WITHIN: Duration = Duration::from_secs(1);
/// History changes slowly, and a week of it is much to read.
const PAST_EVERY: Duration = Duration::from_secs(300);
/// What may still be kept when the server stops.
const LAST_WITHIN: Duration = Duration::from_millis(300);

/// The open incidents, and what is to be kept of them.
pub(crate) struct AlertDesk {
    storage: Storage,
    backend: Arc<MemoryBackend>,
    settle_ms: u64,
    inner: Mutex<Inner>,
}

struct Inner {
    book: AlertBook,
    stored: Stored,
    /// Whether what was open before this server has been taken over; nothing is kept before.
    is_restored: bool,
    unkept: BTreeMap<(AlertKey, UtcMs), Incident>,
}

/// Why an incident could not be acknowledged.
#[derive(Debug)]
pub(crate) enum AcknowledgeError {
    /// There is no such incident.
    Unknown,
    /// Somebody was earlier.
    Seen,
    /// The database does not answer.
    Away(StorageError),
}

impl AlertDesk {
    /// What is not seen for `settle_s` seconds is over.
    pub(crate) fn new(storage: Storage, backend: Arc<MemoryBackend>, settle_s: u16) -> Self {
        let settle_ms = u64::from(settle_s) * 1_000;
        let book = AlertBook::new(settle_ms);
        let inner = Inner { book, stored: Stored::default(), is_restored: false, unkept: BTreeMap::new() };
        Self { storage, backend, settle_ms, inner: Mutex::new(inner) }
    }

    /// Looks and keeps until `shutdown`.
    pub(crate) async fn run(&self, shutdown: &CancellationToken) {
        let both = async { tokio::join!(self.keep_looking(), self.keep_storing()) };
        let _ = shutdown.run_until_cancelled(both).await;
        if let Ok(Err(error)) = timeout(LAST_WITHIN, self.store()).await {
            tracing::debug!(%error, "the newest alerts are not kept");
        }
    }

    async fn keep_looking(&self) {
        let mut watch = Watch::new(Arc::clone(&self.backend), 2 * self.settle_ms);
        let mut interval = interval(Duration::from_millis((self.settle_ms / 12).clamp(200, 5_000)));
        interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            interval.tick().await;
            let stored = self.lock().stored.clone();
            let (look, now) = watch.look(&stored);
            let mut inner = self.lock();
            let changed = inner.book.look(&look, now);
            for incident in changed {
                log(&incident);
                inner.will_keep(incident);
            }
        }
    }

    async fn keep_storing(&self) {
        let mut looked_back: Option<Instant> = None;
        loop {
            let answers = matches!(timeout(DATABASE_WITHIN, self.storage.check_health()).await, Ok(Ok(())));
            self.lock().stored.answers = Some(answers);
            // Before that, its tables may be those of an earlier version.
            if answers && !self.backend.drained.awaiting.get() {
                if let Err(error) = self.store().await {
                    tracing::debug!(%error, "alerts could not be kept; they wait");
                }
                if looked_back.is_none_or(|at| at.elapsed() >= PAST_EVERY) {
                    looked_back = Some(Instant::now());
                    self.look_back().await;
                }
            }
            sleep(STORE_EVERY).await;
        }
    }

    async fn look_back(&self) {
        match find_stuck(&self.storage, &self.backend).await {
            Ok(stuck) => self.lock().stored.stuck = Some(stuck),
            Err(error) => tracing::debug!(%error, "history could not be looked at for detectors that are stuck"),
        }
    }

    /// Takes over what was open, and keeps what is new.
    async fn store(&self) -> Result<(), StorageError> {
        if !self.lock().is_restored {
            let open = self.storage.list_open_alerts().await?;
            self.restore(open);
        }
        let failed = self.storage.list_failed_publications().await?;
        self.lock().stored.failed_publications = Some(failed);
        let unkept: Vec<Incident> = self.lock().unkept.values().cloned().collect();
        if unkept.is_empty() {
            return Ok(());
        }
        self.storage.keep_alerts(&unkept).await?;
        let mut inner = self.lock();
        for incident in unkept {
            let key = (incident.key.clone(), incident.opened_at);
            if inner.unkept.get(&key) == Some(&incident) {
                inner.unkept.remove(&key);
            }
        }
        Ok(())
    }

    fn restore(&self, open: Vec<Incident>) {
        let now = self.backend.live.now();
        let mut inner = self.lock();
        let known: BTreeSet<AlertKey> = open.iter().map(|incident| incident.key.clone()).collect();
        inner.book.restore(open, now);
        // What was opened again since then is the same incident.
        inner.unkept.retain(|(key, _), incident| incident.closed_at.is_some() || !known.contains(key));
        let taken_over: Vec<Incident> =
            inner.book.open().filter(|incident| known.contains(&incident.key)).cloned().collect();
        taken_over.into_iter().for_each(|incident| inner.will_keep(incident));
        inner.is_restored = true;
    }

    /// The open incidents: first those that wait for somebody, the newest first.
    pub(crate) fn list_open(&self) -> Vec<Incident> {
        let mut open: Vec<Incident> = self.lock().book.open().cloned().collect();
        open.sort_by_key(|incident| (!incident.waits(), std::cmp::Reverse(incident.opened_at)));
        open
    }

    /// How many wait for somebody.
    pub(crate) fn count_waiting(&self) -> usize {
        self.lock().book.open().filter(|incident| incident.waits()).count()
    }

    /// How many are open of a kind, with what the board listener has noticed since the last look.
    pub(crate) fn count_by_kind(&self) -> BTreeMap<AlertKind, usize> {
        let now = self.backend.live.now().mono;
        let noticed = self.backend.live.boards().alerts().list(now);
        let mut keys: BTreeSet<AlertKey> = noticed.iter().map(key_of).collect();
        keys.extend(self.lock().book.open().map(|incident| incident.key.clone()));
        let mut counts: BTreeMap<AlertKind, usize> = AlertKind::ALL.iter().map(|kind| (*kind, 0)).collect();
        for key in keys {
            *counts.entry(key.kind).or_default() += 1;
        }
        counts
    }

    /// Says that somebody has seen to the incident that began then, open or over.
    pub(crate) async fn acknowledge(
        &self,
        by: &Holds<OperateBoards>,
        (key, opened_at): (&AlertKey, UtcMs),
        note: &str,
    ) -> Result<(), AcknowledgeError> {
        let is_it = |incident: &&Incident| incident.key == *key && incident.opened_at == opened_at;
        let open = self.lock().book.open().find(is_it).cloned();
        let incident = match open {
            Some(incident) => Some(incident),
            None => self.storage.find_alert(key, opened_at).await.map_err(AcknowledgeError::Away)?,
        };
        let incident = incident.ok_or(AcknowledgeError::Unknown)?;
        let acknowledged = match self.storage.acknowledge_alert(by, &incident, note, utc_now()).await {
            Ok(acknowledged) => acknowledged,
            Err(StorageError::AlertSeen) => return Err(AcknowledgeError::Seen),
            Err(error) => return Err(AcknowledgeError::Away(error)),
        };
        self.lock().book.acknowledge(key, opened_at, acknowledged);
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn will_keep(&mut self, incident: Incident) {
        self.unkept.insert((incident.key.clone(), incident.opened_at), incident);
        while self.unkept.len() > UNKEPT_MAX {
            let over = self.unkept.iter().filter(|(_, incident)| incident.closed_at.is_some());
            let oldest = over.min_by_key(|(_, incident)| incident.closed_at).map(|(key, _)| key.clone());
            let Some(oldest) = oldest else { return };
            self.unkept.remove(&oldest);
        }
    }
}

fn log(incident: &Incident) {
    let Incident { key, detail, count, closed_at, .. } = incident;
    let (kind, subject) = (key.kind.as_str(), &key.subject);
    match (closed_at, count) {
        (Some(_), _) => tracing::info!(kind, %subject, count, "an alert is over"),
        (None, 1) if incident.opened_at == incident.last_seen_at => tracing::warn!(kind, %subject, detail, "an alert"),
        (None, _) => tracing::debug!(kind, %subject, count, "an alert goes on"),
    }
}
