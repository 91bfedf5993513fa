//! History on its way to storage: a bounded queue, and the one task that empties it.
//!
//! The live state never waits for storage. What cannot be stored is tried again until it can; what does not fit into
//! the queue meanwhile is lost, counted and logged, the oldest being kept.

use crate::Counters;
use crate::rate_limit::RateLimit;
use domain::Transition;
use std::fmt::Display;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// Transitions that wait for storage at most: days of an ordinary office.
pub const HISTORY_MAX: usize = 65_536;

const BATCH_MAX: usize = 512;
const GATHER: Duration = Duration::from_millis(10);
const BACKOFF_MIN: Duration = Duration::from_millis(250);
const BACKOFF_MAX: Duration = Duration::from_secs(5);
const DRAIN_MAX: Duration = Duration::from_secs(1);
const OVERFLOW_LOG_EVERY: Duration = Duration::from_secs(60);

/// Where history is kept.
pub trait HistoryStore: Send + Sync + 'static {
    /// Why it could not be stored.
    type Error: Display + Send;

    /// Stores `transitions` in their order, all or none. Tried again after an error, so a store whose answer can get
    /// lost should pass over what it has.
    fn append(&self, transitions: &[Transition]) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// The end of the queue that [`crate::Live`] fills.
pub struct HistoryQueue {
    sender: Sender<Transition>,
    closing: CancellationToken,
    counters: Arc<Counters>,
    overflow_log: Mutex<RateLimit>,
}

/// The end of the queue that leads to storage.
pub struct HistoryWriter {
    receiver: Receiver<Transition>,
    closing: CancellationToken,
    counters: Arc<Counters>,
}

/// A queue for at most `transitions_max` transitions.
#[must_use]
pub fn history(transitions_max: usize, counters: Arc<Counters>) -> (HistoryQueue, HistoryWriter) {
    let (sender, receiver) = mpsc::channel(transitions_max);
    let closing = CancellationToken::new();
    let overflow_log = Mutex::new(RateLimit::new(OVERFLOW_LOG_EVERY));
    let queue = HistoryQueue { sender, closing: closing.clone(), counters: Arc::clone(&counters), overflow_log };
    (queue, HistoryWriter { receiver, closing, counters })
}

impl HistoryQueue {
    pub(crate) fn counters(&self) -> &Counters {
        &self.counters
    }

    pub(crate) fn push(&self, transitions: impl IntoIterator<Item = Transition>) {
        for transition in transitions {
            self.counters.transitions_queued.increment();
            if self.sender.try_send(transition).is_err() {
                self.overflow();
            }
        }
    }

    /// Nothing more comes: the writer stores what is there, as far as it can within a second, and ends.
    pub(crate) fn close(&self) {
        self.closing.cancel();
    }

    fn overflow(&self) {
        self.counters.transitions_dropped.increment();
        if let Some(suppressed) = self.overflow_log.lock().unwrap_or_else(PoisonError::into_inner).pass() {
            tracing::error!(dropped = suppressed + 1, "history is lost: storage is away and the queue is full");
        }
    }
}

impl HistoryWriter {
    /// Stores until the queue is closed and empty, or a second after it was closed. One task runs it.
    pub async fn run<S: HistoryStore>(mut self, store: S) {
        let closing = self.closing.clone();
        let mut batch = Vec::with_capacity(BATCH_MAX);
        let done = tokio::select! {
            () = self.store_all(&store, &mut batch) => true,
            () = async { closing.cancelled().await; sleep(DRAIN_MAX).await } => false,
        };
        if !done {
            self.give_up(batch.len() + self.receiver.len());
        }
    }

    async fn store_all<S: HistoryStore>(&mut self, store: &S, batch: &mut Vec<Transition>) {
        while self.gather(batch).await {
            self.store(store, batch).await;
        }
    }

    /// Waits for transitions, then a moment more for those that come with them; `false` when none will come.
    async fn gather(&mut self, batch: &mut Vec<Transition>) -> bool {
        let closing = self.closing.clone();
        let receive = self.receiver.recv_many(batch, BATCH_MAX);
        // Whether by the end of the queue or by closing: what is in it still comes.
        let _ = closing.run_until_cancelled(receive).await;
        let _ = closing.run_until_cancelled(sleep(GATHER)).await;
        while batch.len() < BATCH_MAX
            && let Ok(transition) = self.receiver.try_recv()
        {
            batch.push(transition);
        }
        !batch.is_empty()
    }

    /// Tries until the batch is stored, and empties it. An attempt under way is never cut short for closing: it may
    /// be stored already.
    async fn store<S: HistoryStore>(&self, store: &S, batch: &mut Vec<Transition>) {
        let mut backoff = BACKOFF_MIN;
        let mut failed = false;
        while let Err(error) = store.append(batch).await {
            self.counters.storage_errors.increment();
            self.counters.storage_failing.set(true);
            if !std::mem::replace(&mut failed, true) {
                tracing::error!(%error, waiting = batch.len(), "history is not stored; it is kept and tried again");
            }
            if self.closing.run_until_cancelled(sleep(backoff)).await.is_none() {
                sleep(BACKOFF_MIN).await;
            }
            backoff = (backoff * 2).min(BACKOFF_MAX);
        }
        self.counters.storage_failing.set(false);
        if failed {
            tracing::info!(waiting = self.receiver.len(), "history is stored again");
        }
        self.counters.transitions_stored.add(batch.len());
        batch.clear();
    }

    fn give_up(&self, lost: usize) {
        self.counters.transitions_dropped.add(lost);
        tracing::error!(lost, "history is lost: storage was away when the server stopped");
    }
}

#[cfg(test)]
#[path = "history_tests.rs"]
mod tests;
