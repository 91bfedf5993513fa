//! What has to be kept, on its way to the disk: a bounded queue, and the one task that empties it.
//!
//! The live state never waits for the disk. What comes within a few milliseconds is written as one group. An event of a
//! board is acknowledged once its group is on the disk, and not before; while the disk refuses, boards are told to try
//! again, and what they cannot send again waits here. What does not fit into the queue is lost, counted and logged.

use crate::Counters;
use crate::boards::Notice;
use crate::rate_limit::RateLimit;
use domain::{BoardEvent, EventId, Record};
use std::fmt::Display;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// What waits for the disk at most: days of an ordinary office.
pub const RECORDS_MAX: usize = 65_536;

/// Events that wait at most; more are refused at once.
const EVENTS_MAX: usize = RECORDS_MAX / 2;
const GROUP_MAX: usize = 2_048;
/// How long a group is gathered.
const GATHER: Duration = Duration::from_millis(10);
/// The same while the disk refuses: also how soon it is found to be back.
const GATHER_FAILING: Duration = Duration::from_millis(500);
const DRAIN_MAX: Duration = Duration::from_millis(800);
const OVERFLOW_LOG_EVERY: Duration = Duration::from_secs(60);

/// Where records are safe.
pub trait Journal: Send + Sync + 'static {
    /// Why they could not be kept.
    type Error: Display + Send;

    /// Keeps `records` in their order, all or none; they are on the disk when it returns. Must not take longer than a
    /// board waits for its acknowledgement, which is 5 s.
    fn append(&self, records: &[Record]) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) seq: u32,
    pub(crate) event: EventId,
    /// On the disk; if not, it is to be sent again.
    pub(crate) kept: bool,
}

/// Who waits for the verdict on an event.
#[derive(Debug)]
pub(crate) struct Receipt {
    pub(crate) seq: u32,
    pub(crate) received: Instant,
    pub(crate) answer: Sender<Notice>,
}

enum Entry {
    Record(Record),
    Event(Box<BoardEvent>, Receipt),
}

/// The end of the queue that is filled.
pub struct JournalQueue {
    sender: Sender<Entry>,
    closing: CancellationToken,
    counters: Arc<Counters>,
    overflow_log: Mutex<RateLimit>,
}

/// The end of the queue that leads to the disk.
pub struct JournalWriter {
    receiver: Receiver<Entry>,
    closing: CancellationToken,
    counters: Arc<Counters>,
    group: Group,
    failing: bool,
}

/// What is written together.
#[derive(Default)]
struct Group {
    records: Vec<Record>,
    /// The place of each event among the records, and who waits for it.
    receipts: Vec<(usize, EventId, Receipt)>,
}

/// A queue for at most `records_max` records.
#[must_use]
pub fn journal(records_max: usize, counters: Arc<Counters>) -> (JournalQueue, JournalWriter) {
    let (sender, receiver) = mpsc::channel(records_max);
    let closing = CancellationToken::new();
    let overflow_log = Mutex::new(RateLimit::new(OVERFLOW_LOG_EVERY));
    let queue = JournalQueue { sender, closing: closing.clone(), counters: Arc::clone(&counters), overflow_log };
    (queue, JournalWriter { receiver, closing, counters, group: Group::default(), failing: false })
}

impl JournalQueue {
    pub(crate) fn counters(&self) -> &Counters {
        &self.counters
    }

    pub(crate) fn push(&self, records: impl IntoIterator<Item = Record>) {
        for record in records {
            self.counters.records_queued.increment();
            if self.sender.try_send(Entry::Record(record)).is_err() {
                self.overflow();
            }
        }
    }

    /// Queues an event; its receipt comes back at once when it cannot be.
    pub(crate) fn push_event(&self, event: BoardEvent, receipt: Receipt) -> Result<(), Receipt> {
        let waiting = self.sender.max_capacity() - self.sender.capacity();
        if waiting >= EVENTS_MAX.min(self.sender.max_capacity()) {
            return Err(receipt);
        }
        let Ok(place) = self.sender.try_reserve() else { return Err(receipt) };
        self.counters.records_queued.increment();
        place.send(Entry::Event(Box::new(event), receipt));
        Ok(())
    }

    /// Nothing more comes: the writer keeps what is there, as far as it can within 800 ms, and ends.
    pub(crate) fn close(&self) {
        self.closing.cancel();
    }

    fn overflow(&self) {
        self.counters.records_lost.increment();
        if let Some(suppressed) = self.overflow_log.lock().unwrap_or_else(PoisonError::into_inner).pass() {
            tracing::error!(dropped = suppressed + 1, "history is lost: the disk is away and the queue is full");
        }
    }
}

impl JournalWriter {
    /// Writes until the queue is closed and empty, or 800 ms after it was closed. One task runs it.
    pub async fn run<J: Journal>(mut self, journal: J) {
        let closing = self.closing.clone();
        let done = tokio::select! {
            () = self.write_all(&journal) => true,
            () = async { closing.cancelled().await; sleep(DRAIN_MAX).await } => false,
        };
        if !done {
            self.give_up();
        }
    }

    async fn write_all<J: Journal>(&mut self, journal: &J) {
        while self.gather().await {
            match journal.append(&self.group.records).await {
                Ok(()) => self.kept(),
                Err(error) => self.refused(&error),
            }
        }
    }

    /// Waits for records, then a moment more for those that come with them; `false` when none will come.
    async fn gather(&mut self) -> bool {
        let closing = self.closing.clone();
        if self.group.records.is_empty() {
            let first = closing.run_until_cancelled(self.receiver.recv()).await.flatten();
            first.into_iter().for_each(|entry| self.group.push(entry));
        }
        if self.failing {
            // Also when closing: an attempt a moment later may succeed.
            sleep(if closing.is_cancelled() { GATHER_FAILING / 4 } else { GATHER_FAILING }).await;
        } else {
            let _ = closing.run_until_cancelled(sleep(GATHER)).await;
        }
        // While the disk refuses, events must not wait behind what is held.
        let most = if self.failing { RECORDS_MAX } else { GROUP_MAX };
        while self.group.records.len() < most
            && let Ok(entry) = self.receiver.try_recv()
        {
            self.group.push(entry);
        }
        !self.group.records.is_empty()
    }

    fn kept(&mut self) {
        if std::mem::replace(&mut self.failing, false) {
            self.counters.journal_failing.set(false);
            tracing::info!(waiting = self.receiver.len(), "the disk keeps again what is given to it");
        }
        self.counters.records_kept.add(self.group.records.len());
        self.group.records.clear();
        for (_, event, receipt) in self.group.receipts.drain(..) {
            self.counters.durable.note(receipt.received.elapsed());
            receipt.answer(event, true);
        }
    }

    /// Boards are told to send their events again; everything else is kept for the next attempt.
    fn refused(&mut self, error: &impl Display) {
        self.counters.journal_errors.increment();
        self.counters.journal_failing.set(true);
        if !std::mem::replace(&mut self.failing, true) {
            let waiting = self.group.records.len() - self.group.receipts.len();
            tracing::error!(%error, waiting, "nothing can be kept; boards are told to try again");
        }
        self.counters.records_returned.add(self.group.receipts.len());
        let mut events = self.group.receipts.iter().map(|(at, ..)| *at).peekable();
        let mut at = 0;
        self.group.records.retain(|_| {
            let is_event = events.next_if_eq(&at).is_some();
            at += 1;
            !is_event
        });
        for (_, event, receipt) in self.group.receipts.drain(..) {
            receipt.answer(event, false);
        }
    }

    fn give_up(&mut self) {
        let lost = self.group.records.len() + self.receiver.len();
        self.counters.records_lost.add(lost);
        tracing::error!(lost, "history is lost: the disk was away when the server stopped");
    }
}

impl Group {
    fn push(&mut self, entry: Entry) {
        match entry {
            Entry::Record(record) => self.records.push(record),
            Entry::Event(event, receipt) => {
                self.receipts.push((self.records.len(), event.id, receipt));
                self.records.push(Record::Event(*event));
            }
        }
    }
}

impl Receipt {
    /// A session that has ended meanwhile does not hear it; its board will ask again.
    fn answer(self, event: EventId, kept: bool) {
        let _ = self.answer.try_send(Notice::Verdict(Verdict { seq: self.seq, event, kept }));
    }
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
