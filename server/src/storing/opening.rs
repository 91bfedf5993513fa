//! Opens what things are kept in: the spool, and the main database or, while that does not answer, a copy of what the
//! server needs of it.

use super::drain::note_closed;
use super::spool::open_spool;
use super::{Drain, DrainState};
use crate::building_copy::BuildingCopy;
use crate::cli::ServeOptions;
use crate::clock::{show_time, utc_now};
use crate::storage_target;
use anyhow::Context;
use domain::{Prior, Tracker, UtcMs};
use entity::{Spool, Storage, StorageError};

/// What is kept, and what was known.
pub(crate) struct Opened {
    pub(crate) building: BuildingCopy,
    pub(crate) past: Past,
    pub(crate) drain: Drain,
    /// The connections of ingest are not those of the web: a slow page must not keep readings from the database.
    pub(crate) history: Storage,
    pub(crate) storage: Storage,
}

/// What was known of the booths when the last run ended.
pub(crate) struct Past {
    /// What may be gone on from.
    pub(crate) priors: Vec<Prior>,
    /// Until when history has been written, if it has.
    pub(crate) written_at: Option<UtcMs>,
}

/// Opens all of it. A database server that does not answer is no obstacle if there is a copy of what it last said.
///
/// # Errors
/// When the database refuses, or is silent and there is no copy; when the spool cannot be used.
pub(crate) async fn open(options: &ServeOptions) -> anyhow::Result<Opened> {
    let server = storage_target::server_name(&options.storage);
    match (open_with_database(options, server.as_deref()).await, server) {
        (Err(error), Some(server)) if is_silence(&error) => open_without(options, &server, error).await,
        (opened, _) => opened,
    }
}

fn is_silence(error: &anyhow::Error) -> bool {
    error.downcast_ref().is_some_and(StorageError::is_silence)
}

async fn open_with_database(options: &ServeOptions, server: Option<&str>) -> anyhow::Result<Opened> {
    let history = storage_target::open(&options.storage).await?;
    let storage = storage_target::connect(&options.storage).await?;
    let drain = start_drain(open_spool(options).await?, history.clone()).await?;
    let building = BuildingCopy::read(&storage).await.context("while reading the building")?;
    let past = close_past(&history).await?;
    if let Some(server) = server {
        building.save(server, &options.storage.data_dir).await;
    }
    Ok(Opened { building, past, drain, history, storage })
}

/// Stores what the last run has left in the spool: what follows must see it.
async fn start_drain(spool: Spool, storage: Storage) -> anyhow::Result<Drain> {
    let after = storage.read_position(spool.source()).await.context("while looking up what is stored")?;
    spool.continue_after(after).await.context("while opening the spool")?;
    let waiting = spool.depth().records;
    let mut drain = Drain::new(spool, storage, DrainState::default(), after);
    if waiting > 0 {
        tracing::info!(waiting, "the last run has left something in the spool; storing it");
        drain.empty().await.context("while storing what the last run has left in the spool")?;
    }
    Ok(drain)
}

async fn close_past(history: &Storage) -> anyhow::Result<Past> {
    let now = utc_now();
    let priors =
        history.list_priors(now, Tracker::RESUME_MAX_MS).await.context("while reading what was known before")?;
    let closed = history.close_open_history(now).await.context("while closing the history of the last run")?;
    note_closed(closed);
    let written_at = history.read_history_end().await.context("while reading the end of history")?;
    Ok(Past { priors, written_at })
}

/// With the copy, if there is one; else `silence` is the error.
async fn open_without(options: &ServeOptions, server: &str, silence: anyhow::Error) -> anyhow::Result<Opened> {
    match BuildingCopy::load(server, &options.storage.data_dir) {
        Ok(Some(building)) => {
            let (error, copy_of) = (format!("{silence:#}"), show_time(building.read_at));
            tracing::error!(error, copy_of, "the database does not answer; starting without it, from a copy");
            open_with_copy(options, building).await
        }
        Ok(None) => Err(silence),
        Err(unusable) => Err(silence.context(format!("{unusable:#}"))),
    }
}

/// Nothing can be asked: booths begin unknown, and the spool is told to close what the last run may have left open.
async fn open_with_copy(options: &ServeOptions, building: BuildingCopy) -> anyhow::Result<Opened> {
    let history = storage_target::await_server(&options.storage)?;
    let storage = storage_target::await_server(&options.storage)?;
    let spool = open_spool(options).await?;
    spool.note_start(utc_now()).await.context("while noting the start in the spool")?;
    let past = Past { priors: Vec::new(), written_at: Some(building.read_at) };
    let state = DrainState { copy_read_at: Some(building.read_at), ..DrainState::default() };
    state.awaiting.set(true);
    let drain = Drain::new(spool, history.clone(), state, 0);
    Ok(Opened { building, past, drain, history, storage })
}
