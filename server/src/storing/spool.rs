//! Joins ingest's journal to the spool.

use crate::cli::ServeOptions;
use crate::clock::utc_now;
use anyhow::Context;
use domain::Record;
use entity::{Spool, SpoolSettings, StorageError};
use std::sync::Arc;
use tokio::sync::Notify;

const FILE: &str = "spool.sqlite";
/// A board waits 5 s for its acknowledgement: time for an attempt that fails, a pause, and another.
const DEADLINE_MS: u64 = 2_000;

/// Opens the spool in the data folder.
pub(super) async fn open_spool(options: &ServeOptions) -> anyhow::Result<Spool> {
    let path = options.storage.data_dir.join(FILE);
    let settings = SpoolSettings { bytes_max: options.spool_max_mb.get() << 20, deadline_ms: DEADLINE_MS };
    Spool::open(&path, settings).await.with_context(|| format!("while opening the spool {}", path.display()))
}

/// What is kept goes into the spool; the drain is told.
pub(crate) struct SpoolJournal {
    pub(crate) spool: Arc<Spool>,
    pub(crate) news: Arc<Notify>,
}

impl ingest::Journal for SpoolJournal {
    type Error = StorageError;

    async fn append(&self, records: &[Record]) -> Result<(), StorageError> {
        self.spool.append(records, utc_now()).await?;
        self.news.notify_one();
        Ok(())
    }
}
