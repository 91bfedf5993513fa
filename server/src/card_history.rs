//! What is usual of a booth: read from the database when somebody looks, and kept for a moment.

use crate::clock::{SystemClock, utc_now};
use crate::hours_now::HoursNow;
use crate::web::history::read_intervals;
use app::backend::{Answer, ApiError, History};
use domain::{BoothNumber, Lengths, Usual};
use entity::{Storage, StorageError};
use ingest::Clock;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Today's bar is at most this old.
const KEEP: Duration = Duration::from_secs(60);
/// Cards are looked at for a moment only, and a page must not wait for a database that is away.
const ANSWER_MAX: Duration = Duration::from_secs(2);
/// Eight weeks of a booth are some thousand rows: two at a time leave connections to everybody else.
const READ_AT_ONCE_MAX: usize = 2;

/// Reads history for cards.
pub(crate) struct CardHistory {
    storage: Storage,
    clock: SystemClock,
    hours: HoursNow,
    kept: Mutex<HashMap<BoothNumber, Arc<BoothHistory>>>,
    permits: Semaphore,
}

/// What was found of a booth.
pub(crate) struct BoothHistory {
    read: Instant,
    pub(crate) usual: Usual,
    pub(crate) lengths: Lengths,
}

impl CardHistory {
    pub(crate) fn new(storage: Storage, clock: SystemClock, hours: HoursNow) -> Self {
        Self { storage, clock, hours, kept: Mutex::default(), permits: Semaphore::new(READ_AT_ONCE_MAX) }
    }

    /// The history of a booth, at most a minute old.
    ///
    /// # Errors
    /// `BoothNotFound`; `HistoryAway` when the database does not answer in time.
    pub(crate) async fn find(&self, booth: BoothNumber) -> Result<Arc<BoothHistory>, ApiError> {
        if let Some(kept) = self.find_kept(booth) {
            return Ok(kept);
        }
        timeout(ANSWER_MAX, self.read_once(booth)).await.unwrap_or_else(|_| {
            tracing::warn!(%booth, "the history of a card was not there in time");
            Err(ApiError::HistoryAway)
        })
    }

    async fn read_once(&self, booth: BoothNumber) -> Result<Arc<BoothHistory>, ApiError> {
        let _permit = self.permits.acquire().await.map_err(|_| ApiError::HistoryAway)?;
        // Who was served before has maybe asked for the same.
        if let Some(kept) = self.find_kept(booth) {
            return Ok(kept);
        }
        let found = Arc::new(self.read(booth).await.map_err(|error| explain(booth, &error))?);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, other| other.is_fresh());
        kept.insert(booth, Arc::clone(&found));
        Ok(found)
    }

    fn find_kept(&self, booth: BoothNumber) -> Option<Arc<BoothHistory>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&booth).filter(|found| found.is_fresh()).map(Arc::clone)
    }

    async fn read(&self, booth: BoothNumber) -> Result<BoothHistory, StorageError> {
        let now = utc_now();
        let local = self.clock.local(now);
        let to_utc = |opening| self.clock.utc(opening);
        let intervals = read_intervals(&self.storage, booth, Usual::needs_from(local, &to_utc), now).await?;
        let usual = Usual::of(&intervals, &self.hours.get(), (now, local), &to_utc);
        Ok(BoothHistory { read: Instant::now(), usual, lengths: Lengths::of(&intervals, now) })
    }
}

impl BoothHistory {
    fn is_fresh(&self) -> bool {
        self.read.elapsed() < KEEP
    }
}

fn explain(booth: BoothNumber, error: &StorageError) -> ApiError {
    match error {
        StorageError::UnknownBooth { .. } => ApiError::BoothNotFound { number: booth },
        other => {
            tracing::warn!(error = %other, "the history of a card could not be read");
            ApiError::HistoryAway
        }
    }
}

/// The history as pages get it.
pub(crate) struct SharedHistory(pub(crate) Arc<CardHistory>);

impl History for SharedHistory {
    fn usual(&self, booth: BoothNumber) -> Answer<Result<Usual, ApiError>> {
        let history = Arc::clone(&self.0);
        Box::pin(async move { history.find(booth).await.map(|found| found.usual.clone()) })
    }
}
