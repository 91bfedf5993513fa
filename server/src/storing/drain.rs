//! The one task that empties the spool into the main database, in order, and keeps trying.

use super::awaiting::await_database;
use crate::clock::utc_now;
use domain::{Record, UtcMs};
use entity::{Closed, Spool, SpoolBatch, Storage, StorageError, StoreOutcome, Stored};
use ingest::{Counter, Flag, Histogram};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

/// Groups of the spool that come together are stored together: a page of the index that many boards share changes once
/// for all of them.
const GATHER: Duration = Duration::from_secs(1);
/// Records stored at once. Half as many after each failure: a slow database may manage fewer before its deadline.
const RECORDS_MAX: usize = 10_000;
const RECORDS_MIN: usize = 100;
/// Looks without being told, too: something may have been left by an earlier try.
const LOOK_EVERY: Duration = Duration::from_secs(5);
const BACKOFF_MIN: Duration = Duration::from_millis(250);
const BACKOFF_MAX: Duration = Duration::from_secs(5);
/// What may still be stored when the server stops; the rest waits in the spool for the next start.
const LAST_WITHIN: Duration = Duration::from_millis(500);

/// How the drain gets on.
#[derive(Debug, Default)]
pub(crate) struct DrainState {
    /// Records that are in the main database.
    pub(crate) stored: Counter,
    /// Events that were there already.
    pub(crate) duplicates: Counter,
    /// Records about boards or booths that do not exist, and groups that could not be read.
    pub(crate) passed_over: Counter,
    /// Times that the database refused.
    pub(crate) errors: Counter,
    /// Whether it has refused the newest try.
    pub(crate) failing: Flag,
    /// From receipt to the main database.
    pub(crate) latency: Histogram,
    /// Whether the database has not answered since the server started.
    pub(crate) awaiting: Flag,
    /// When the building was read that the server has started with, if that was not at the start.
    pub(crate) copy_read_at: Option<UtcMs>,
}

/// Takes from the spool and gives to the database.
pub(crate) struct Drain {
    pub(crate) spool: Arc<Spool>,
    pub(crate) storage: Storage,
    pub(crate) news: Arc<Notify>,
    pub(crate) state: Arc<DrainState>,
    /// Up to where the spool is stored, as far as is known; where it is not, the database says so at the next try.
    after: i64,
    records_max: usize,
}

impl Drain {
    /// From this spool into that database, `after` what is known to be stored.
    pub(crate) fn new(spool: Spool, storage: Storage, state: DrainState, after: i64) -> Self {
        let (spool, state, news) = (Arc::new(spool), Arc::new(state), Arc::<Notify>::default());
        Self { spool, storage, news, state, after, records_max: RECORDS_MAX }
    }

    /// Waits for a database that has not answered yet, and tells `there` when it does. Then empties the spool again and
    /// again until `stop`, and once more then, as far as that goes.
    pub(crate) async fn run(mut self, there: CancellationToken, stop: CancellationToken) {
        if self.state.awaiting.get() && stop.run_until_cancelled(await_database(&self.storage)).await.is_none() {
            return self.warn_of_waiting();
        }
        self.state.awaiting.set(false);
        there.cancel();
        let mut backoff = BACKOFF_MIN;
        // Whatever is cut short here is done again, and then has an effect only if it had none.
        while let Some(emptied) = stop.run_until_cancelled(self.empty()).await {
            let pause = match emptied {
                Ok(()) => {
                    backoff = BACKOFF_MIN;
                    let _ = stop.run_until_cancelled(timeout(LOOK_EVERY, self.news.notified())).await;
                    GATHER
                }
                Err(error) => {
                    self.note_failure(&error);
                    self.records_max = (self.records_max / 2).max(RECORDS_MIN);
                    backoff = (backoff * 2).min(BACKOFF_MAX);
                    backoff
                }
            };
            let _ = stop.run_until_cancelled(sleep(pause)).await;
        }
        if !matches!(timeout(LAST_WITHIN, self.empty()).await, Ok(Ok(()))) {
            self.warn_of_waiting();
        }
    }

    fn warn_of_waiting(&self) {
        let waiting = self.spool.depth().records;
        tracing::warn!(waiting, "the spool could not be emptied; what waits is stored after the next start");
    }

    /// Stores all that waits.
    ///
    /// # Errors
    /// When the database, or the spool, does not do its part; nothing is lost then.
    pub(crate) async fn empty(&mut self) -> Result<(), StorageError> {
        loop {
            self.spool.remove(self.after).await?;
            let batch = self.spool.read(self.after, self.records_max).await?;
            self.note_set_aside(&batch);
            let Some(position) = batch.groups.last().map(|group| group.position) else { return Ok(()) };
            let records: Vec<Record> = batch.groups.into_iter().flat_map(|group| group.records).collect();
            match self.storage.store(self.spool.source(), self.after, position, &records).await? {
                StoreOutcome::Stored(stored) => {
                    self.after = position;
                    self.records_max = (self.records_max * 2).min(RECORDS_MAX);
                    self.note_stored(&stored, &records);
                }
                StoreOutcome::StandsAt { position } => {
                    tracing::debug!(position, after = self.after, "the database stands elsewhere; going on from there");
                    self.after = position;
                }
            }
        }
    }

    fn note_set_aside(&self, batch: &SpoolBatch) {
        for broken in &batch.set_aside {
            self.state.passed_over.add(1);
            tracing::error!(
                position = broken.position,
                reason = broken.reason,
                "a group in the spool cannot be read; it is set aside"
            );
        }
    }

    fn note_stored(&self, stored: &Stored, records: &[Record]) {
        if self.state.failing.get() {
            self.state.failing.set(false);
            tracing::info!(waiting = self.spool.depth().records, "the database stores again");
        }
        note_closed(stored.closed);
        for reason in &stored.skipped {
            self.state.passed_over.add(1);
            tracing::error!(?reason, "something was kept that the database has no place for; it is passed over");
        }
        self.state.stored.add(records.len());
        self.state.duplicates.add(stored.duplicates);
        let now = utc_now();
        for record in records {
            if let Record::Event(event) = record {
                self.state.latency.note(Duration::from_millis(now.since(event.received_at)));
            }
        }
    }

    fn note_failure(&self, error: &StorageError) {
        self.state.errors.add(1);
        if !self.state.failing.get() {
            let waiting = self.spool.depth().records;
            tracing::error!(%error, waiting, "the database does not store; what is to be kept waits in the spool");
        }
        self.state.failing.set(true);
    }
}

/// Says what an earlier run had left open.
pub(super) fn note_closed(closed: Closed) {
    if closed.is_any() {
        let Closed { booths, sessions } = closed;
        tracing::warn!(booths, sessions, "an earlier run was not stopped but ended; its history is closed now");
    }
}
