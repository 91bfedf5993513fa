//! What has been promised to boards and is not yet in the main database: a SQLite file of its own.
//!
//! One row is one group commit. Rows are added at one end and removed at the other; their positions only ever rise.

mod groups;
mod open;
mod recent;
mod removal;

use crate::error::{Failure, StorageError, corrupt};
use domain::{Record, UtcMs};
use recent::Recent;
use removal::Removal;
use sea_orm::sqlx::{Connection, SqliteConnection};
use std::fs::File;
use std::future::Future;
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Mutex;

/// Groups that may have been appended between a copy of the file and its loss: years of them.
const POSITIONS_LEAP: i64 = 10_000_000_000;

/// Limits of a spool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpoolSettings {
    /// How many bytes of records may wait; the file is somewhat larger.
    pub bytes_max: u64,
    /// How long each call may take.
    pub deadline_ms: u64,
}

impl Default for SpoolSettings {
    fn default() -> Self {
        Self { bytes_max: 1 << 30, deadline_ms: 5_000 }
    }
}

/// How much waits in a spool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SpoolDepth {
    /// Group commits.
    pub groups: u64,
    /// Records in them.
    pub records: u64,
    /// Their size as they are written.
    pub bytes: u64,
    /// When the oldest group was appended.
    pub oldest_at: Option<UtcMs>,
}

/// What one call of [`Spool::append`] has kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpooledGroup {
    /// Its place in the order of all groups that ever were; from 1.
    pub position: i64,
    /// The records, in order.
    pub records: Vec<Record>,
}

/// A group that cannot be read. It has been moved to the table `unreadable` of the spool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Its position.
    pub position: i64,
    /// What is wrong with it.
    pub reason: String,
}

/// What [`Spool::read`] has found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpoolBatch {
    /// Groups by position; none only when none that can be read waits.
    pub groups: Vec<SpooledGroup>,
    /// What could not be read on the way, to be reported.
    pub set_aside: Vec<SetAside>,
}

/// The file. It belongs to one process at a time.
#[derive(Debug)]
pub struct Spool {
    source: String,
    settings: SpoolSettings,
    writer: Mutex<Writer>,
    reader: Mutex<SqliteConnection>,
    waiting: std::sync::Mutex<Waiting>,
    /// Held as long as the spool is open.
    _lock: File,
}

#[derive(Debug)]
struct Writer {
    connection: SqliteConnection,
    doubt: Doubt,
}

/// What the last call has begun without learning whether it was done.
#[derive(Debug)]
enum Doubt {
    Nothing,
    /// There may be a group that was never confirmed.
    Appending,
    /// These groups may be there or not.
    Removing(Removal),
}

#[derive(Debug)]
struct Waiting {
    /// The position of the last group that was surely kept. What comes after it is not shown to anybody.
    confirmed: i64,
    depth: SpoolDepth,
    recent: Recent,
}

impl Spool {
    /// The name of this spool, made with its file and never reused: 36 characters.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Keeps records as one group. When this returns, they are on the disk, all of them; after an error, none of them
    /// is or ever will be read (but by a process that starts before this one has made another call), and the next call
    /// starts afresh. The time is only for [`SpoolDepth`].
    ///
    /// # Errors
    /// `SpoolFull`, `Timeout`, `Database` (the disk is full or fails).
    pub async fn append(&self, records: &[Record], now: UtcMs) -> Result<(), StorageError> {
        if records.is_empty() {
            return Ok(());
        }
        let payload = encode_group(records)?;
        self.within("appending to the spool", async {
            let mut writer = self.writer.lock().await;
            self.settle(&mut writer).await?;
            self.refuse_when_full(payload.len() as u64)?;
            self.insert(&mut writer, records, payload, now).await
        })
        .await
    }

    /// Keeps that a server has started that cannot ask the main database how far it is with this spool, also when the spool
    /// is full. Positions leap from here on: far enough to be above anything stored, should the file have been put back
    /// from an older copy.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn note_start(&self, now: UtcMs) -> Result<(), StorageError> {
        let start = [Record::Started { at: now }];
        let payload = encode_group(&start)?;
        self.within("noting the start in the spool", async {
            let mut writer = self.writer.lock().await;
            self.settle(&mut writer).await?;
            let leap = self.waiting().confirmed.saturating_add(POSITIONS_LEAP);
            groups::raise_sequence(&mut writer.connection, leap).await?;
            self.insert(&mut writer, &start, payload, now).await
        })
        .await
    }

    /// The groups after position `after`, in order: as many as it takes to have `records_max` records, at least one.
    /// Groups that cannot be read are set aside, so that they hold up no others.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn read(&self, after: i64, records_max: usize) -> Result<SpoolBatch, StorageError> {
        let groups = self.waiting().recent.take(after, records_max);
        if !groups.is_empty() {
            return Ok(SpoolBatch { groups, set_aside: Vec::new() });
        }
        self.within("reading the spool", async {
            let mut batch = SpoolBatch::default();
            let mut after = after;
            while batch.groups.is_empty() {
                let until = self.waiting().confirmed;
                let rows = groups::list(&mut *self.reader.lock().await, after, until, records_max).await?;
                let Some(last) = rows.last() else { break };
                after = last.position;
                for row in rows {
                    match row.decode() {
                        Ok(group) => batch.groups.push(group),
                        Err(broken) => batch.set_aside.push(self.set_aside(broken).await?),
                    }
                }
            }
            Ok(batch)
        })
        .await
    }

    /// Forgets all groups up to this position, which are in the main database now.
    ///
    /// # Errors
    /// `Timeout`, `Database`: to be repeated, or left to a later call.
    pub async fn remove(&self, up_to: i64) -> Result<(), StorageError> {
        self.waiting().recent.forget(up_to);
        self.within("removing from the spool", self.discard(1, up_to)).await
    }

    /// Makes sure that all positions from now on are above `position`: what the main database has stored of this spool.
    /// They are, unless the file was put back from an older copy; what would then be appended would be taken for what
    /// has been stored already.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn continue_after(&self, position: i64) -> Result<(), StorageError> {
        self.within("moving the spool on", async {
            let mut writer = self.writer.lock().await;
            self.settle(&mut writer).await?;
            if position > self.waiting().confirmed {
                groups::raise_sequence(&mut writer.connection, position).await?;
                self.waiting().confirmed = position;
            }
            Ok(())
        })
        .await
    }

    /// How much waits, without asking the file.
    #[must_use]
    pub fn depth(&self) -> SpoolDepth {
        self.waiting().depth
    }

    /// Closes the file.
    pub async fn close(self) {
        // What is written is written: there is nothing that a failure here could lose.
        _ = self.reader.into_inner().close().await;
        _ = self.writer.into_inner().connection.close().await;
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a group, on the disk.
    async fn insert(
        &self,
        writer: &mut Writer,
        records: &[Record],
        payload: String,
        now: UtcMs,
    ) -> Result<(), Failure> {
        let (count, bytes) = (records.len() as u64, payload.len() as u64);
        let added = SpoolDepth { groups: 1, records: count, bytes, oldest_at: Some(now) };
        writer.doubt = Doubt::Appending;
        let position = groups::insert(&mut writer.connection, &added, payload, now).await?;
        writer.doubt = Doubt::Nothing;
        let mut waiting = self.waiting();
        waiting.confirmed = position;
        waiting.depth.add(&added);
        waiting.recent.push(position, records);
        Ok(())
    }

    fn refuse_when_full(&self, added_bytes: u64) -> Result<(), StorageError> {
        let bytes_max = self.settings.bytes_max;
        if self.depth().bytes.saturating_add(added_bytes) > bytes_max {
            return Err(StorageError::SpoolFull { bytes_max });
        }
        Ok(())
    }

    /// Finds out, or brings about, how the last call has ended.
    async fn settle(&self, writer: &mut Writer) -> Result<(), Failure> {
        match writer.doubt {
            Doubt::Nothing => {}
            Doubt::Appending => {
                let confirmed = self.waiting().confirmed;
                groups::delete(&mut writer.connection, confirmed.saturating_add(1), i64::MAX).await?;
            }
            Doubt::Removing(removal) => self.finish(&mut writer.connection, removal).await?,
        }
        writer.doubt = Doubt::Nothing;
        Ok(())
    }

    fn within<T>(
        &self,
        what: &'static str,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> impl Future<Output = Result<T, StorageError>> {
        let after_ms = self.settings.deadline_ms;
        let work = tokio::time::timeout(Duration::from_millis(after_ms), Box::pin(work));
        async move {
            let done = work.await.map_err(|_| StorageError::Timeout { what, after_ms })?;
            done.map_err(|failure| failure.explain(what))
        }
    }
}

fn encode_group(records: &[Record]) -> Result<String, StorageError> {
    serde_json::to_string(records).map_err(|error| corrupt("spooled", &"new", &error))
}

impl SpoolDepth {
    fn add(&mut self, other: &Self) {
        self.groups += other.groups;
        self.records += other.records;
        self.bytes += other.bytes;
        self.oldest_at = self.oldest_at.or(other.oldest_at);
    }
}
