//! Takes over what a spool has kept, exactly once.

use crate::Storage;
use crate::batch::{Batch, Skipped, find_alive_at};
use crate::error::{Failure, StorageError, corrupt};
use crate::events::insert_events;
use crate::ids::Ids;
use crate::insert::insert_rows;
use crate::models::{board_sample, journal};
use crate::sessions::{insert_sessions, update_ends};
use crate::startup::{Closed, close_open, read_alive_at};
use domain::{Record, UtcMs};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

/// What became of one call of [`Storage::store`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreOutcome {
    /// The records are stored.
    Stored(Stored),
    /// Nothing was done: the spool is stored up to here, which is not where these records begin. An earlier call has
    /// stored some of them, mostly, and its answer was lost.
    StandsAt {
        /// What comes after it is to be stored next.
        position: i64,
    },
}

/// What became of the records of one call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stored {
    /// Events that are new.
    pub events: usize,
    /// Events that were there already.
    pub duplicates: usize,
    /// Lines of history.
    pub transitions: usize,
    /// What earlier runs of the server had left open.
    pub closed: Closed,
    /// Why records were passed over, each reason once.
    pub skipped: Vec<Skipped>,
}

impl Storage {
    /// Stores the records of the spool `source` between the positions `after` and `position`: in their order, in one
    /// transaction, if the spool is stored up to `after` then, and else not at all. So any call may be made at any time,
    /// also while an earlier one, of which nobody has heard, still goes on: it is waited for.
    ///
    /// Records about boards or booths that do not exist are passed over.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`: nothing is stored, or after `Timeout` and a broken connection perhaps everything.
    pub async fn store(
        &self,
        source: &str,
        after: i64,
        position: i64,
        records: &[Record],
    ) -> Result<StoreOutcome, StorageError> {
        let outcome = self.within("storing records", self.store_at(source, after, position, records)).await;
        if outcome.is_err() {
            // Perhaps a board or booth is gone: the next try finds out.
            self.ids.forget();
            self.samples.forget();
        }
        outcome
    }

    async fn store_at(
        &self,
        source: &str,
        after: i64,
        position: i64,
        records: &[Record],
    ) -> Result<StoreOutcome, Failure> {
        let write = self.begin_write().await?;
        let row = lock_row(&write, source).await?;
        if row.position != after || position <= after {
            return Ok(StoreOutcome::StandsAt { position: row.position });
        }
        let mut alive_at = row.alive_at.map(UtcMs);
        let ids = self.ids.of(records, &write).await?;
        let stored = insert_records(&write, records, &ids, &mut alive_at).await?;
        let samples = self.samples.choose(records, &ids, &write).await?;
        let key = [board_sample::Column::BoardId, board_sample::Column::At];
        let leave_alone = OnConflict::columns(key).do_nothing_on(key).to_owned();
        insert_rows(&write, samples, Some(leave_alone)).await?;
        move_on(&write, source, position, alive_at).await?;
        write.commit().await?;
        Ok(StoreOutcome::Stored(stored))
    }

    /// Up to where the spool `source` has been stored; 0 when nothing of it has.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn read_position(&self, source: &str) -> Result<i64, StorageError> {
        self.within("reading a spool's position", async {
            let read = self.begin_read().await?;
            let row = journal::Entity::find_by_id(source).one(&read).await?;
            Ok(row.map_or(0, |row| row.position))
        })
        .await
    }
}

/// Locks the row of a spool until the end of the transaction. It is made first if need be: a row that is not there cannot be
/// locked, and of two first calls both would take themselves for the first.
async fn lock_row(write: &impl ConnectionTrait, source: &str) -> Result<journal::Model, Failure> {
    let new = journal::ActiveModel { source: Set(source.to_owned()), position: Set(0), alive_at: Set(None) };
    let key = journal::Column::Source;
    let leave_alone = OnConflict::column(key).do_nothing_on([key]).to_owned();
    journal::Entity::insert(new).on_conflict(leave_alone).exec_without_returning(write).await?;
    let row = journal::Entity::find_by_id(source).lock_exclusive().one(write).await?;
    Ok(row.ok_or_else(|| corrupt("journal", &source, &"missing"))?)
}

async fn move_on(
    write: &impl ConnectionTrait,
    source: &str,
    position: i64,
    alive_at: Option<UtcMs>,
) -> Result<(), Failure> {
    journal::Entity::update_many()
        .col_expr(journal::Column::Position, Expr::value(position))
        .col_expr(journal::Column::AliveAt, Expr::value(alive_at.map(|at| at.0)))
        .filter(journal::Column::Source.eq(source))
        .exec(write)
        .await?;
    Ok(())
}

/// Inserts the records of one run of the server after those of another; what one has left open ends before the next.
/// Raises `alive_at`, of this spool, by what they tell.
async fn insert_records(
    write: &impl ConnectionTrait,
    records: &[Record],
    ids: &Ids,
    alive_at: &mut Option<UtcMs>,
) -> Result<Stored, Failure> {
    let mut stored = Stored::default();
    for run in records.chunk_by(|_, next| !matches!(next, Record::Started { .. })) {
        if let Some(Record::Started { at }) = run.first() {
            let end_at = read_alive_at(write).await?.max(*alive_at).unwrap_or(*at);
            stored.closed.add(close_open(write, end_at).await?);
        }
        insert_batch(write, Batch::new(run, ids), &mut stored).await?;
        *alive_at = find_alive_at(run).max(*alive_at);
    }
    stored.skipped.sort();
    stored.skipped.dedup();
    Ok(stored)
}

async fn insert_batch(write: &impl ConnectionTrait, batch: Batch, stored: &mut Stored) -> Result<(), Failure> {
    let (events, transitions) = (batch.events.len(), batch.transitions.len());
    let new = insert_events(write, batch.events).await?;
    insert_rows(write, batch.transitions, None).await?;
    insert_sessions(write, batch.sessions).await?;
    update_ends(write, batch.ends).await?;
    stored.events += new;
    stored.duplicates += events.saturating_sub(new);
    stored.transitions += transitions;
    stored.skipped.extend(batch.skipped);
    Ok(())
}
