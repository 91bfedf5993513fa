//! What was known of each booth, and from when on.

use crate::Storage;
use crate::error::{Failure, StorageError};
use crate::models::{booth, transition};
use crate::observation::{decode_transition, encode_transition};
use domain::{BoothNumber, Transition, UtcMs};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeSet, HashMap};

/// Rows of one statement; four values each, far below SQLite's limit of 32,766.
const INSERT_ROWS_MAX: usize = 1_000;

impl Storage {
    /// The most transitions that one call lists.
    pub const TRANSITIONS_MAX: u64 = 10_000;

    /// Adds to history, in this order, all or nothing but for booths that do not exist.
    ///
    /// A call that timed out may have been done. Repeating it is harmless: readers see a repeated observation once,
    /// and of several within one millisecond at worst one of no length twice.
    ///
    /// # Errors
    /// `UnknownBooths` when some do not exist: all other transitions are stored. `Timeout`, `Database`: none is
    /// stored, or after `Timeout` perhaps all.
    pub async fn append_transitions(&self, transitions: &[Transition]) -> Result<(), StorageError> {
        if transitions.is_empty() {
            return Ok(());
        }
        let unknown = self.within("appending transitions", self.append(transitions)).await?;
        if unknown.is_empty() {
            return Ok(());
        }
        Err(StorageError::UnknownBooths { booths: unknown.into_iter().collect() })
    }

    async fn append(&self, transitions: &[Transition]) -> Result<BTreeSet<BoothNumber>, Failure> {
        let write = self.begin_write().await?;
        let ids: HashMap<_, _> = list_booth_ids(&write).await?.into_iter().map(|(id, number)| (number, id)).collect();
        let mut unknown = BTreeSet::new();
        let mut rows = Vec::with_capacity(transitions.len());
        for Transition { booth, at, observation } in transitions.iter().copied() {
            match ids.get(&booth) {
                Some(id) => rows.push(encode_transition(*id, at, observation)),
                None => _ = unknown.insert(booth),
            }
        }
        insert_rows(&write, &rows).await?;
        write.commit().await?;
        Ok(unknown)
    }

    /// The transitions of a booth from `from` on and before `until`, in order; at most [`Self::TRANSITIONS_MAX`],
    /// the earliest. What was known at `from` itself began earlier.
    ///
    /// # Errors
    /// `UnknownBooths` when there is no such booth; `Corrupt`, `Timeout`, `Database`.
    pub async fn list_transitions(
        &self,
        booth: BoothNumber,
        from: UtcMs,
        until: UtcMs,
    ) -> Result<Vec<Transition>, StorageError> {
        self.within("listing transitions", async {
            let read = self.begin_read().await?;
            let of_number = booth::Entity::find().filter(booth::Column::Number.eq(booth.0));
            let row = of_number.one(&read).await?.ok_or_else(|| StorageError::UnknownBooths { booths: vec![booth] })?;
            let rows = transition::Entity::find()
                .filter(transition::Column::BoothId.eq(row.id))
                .filter(transition::Column::StartedAt.gte(from.0))
                .filter(transition::Column::StartedAt.lt(until.0))
                .order_by_asc(transition::Column::StartedAt)
                .order_by_asc(transition::Column::Id)
                .limit(Self::TRANSITIONS_MAX)
                .all(&read)
                .await?;
            Ok(decode_rows(booth, &rows)?)
        })
        .await
    }
}

/// The booths by id, with their numbers.
pub(crate) async fn list_booth_ids(connection: &impl ConnectionTrait) -> Result<Vec<(i32, BoothNumber)>, Failure> {
    let columns = [booth::Column::Id, booth::Column::Number];
    let select = booth::Entity::find().select_only().columns(columns).order_by_asc(booth::Column::Id);
    let rows: Vec<(i32, i32)> = select.into_tuple().all(connection).await?;
    Ok(rows.into_iter().filter_map(|(id, number)| Some((id, BoothNumber(number.try_into().ok()?)))).collect())
}

/// Inserts rows in their order, in as few statements as may be.
pub(crate) async fn insert_rows(
    connection: &impl ConnectionTrait,
    rows: &[transition::ActiveModel],
) -> Result<(), Failure> {
    for chunk in rows.chunks(INSERT_ROWS_MAX) {
        transition::Entity::insert_many(chunk.to_vec()).exec_without_returning(connection).await?;
    }
    Ok(())
}

/// The transitions of one booth, those that a repeated call has stored twice only once.
pub(crate) fn decode_rows(booth: BoothNumber, rows: &[transition::Model]) -> Result<Vec<Transition>, StorageError> {
    let mut transitions = rows.iter().map(|row| decode_transition(booth, row)).collect::<Result<Vec<_>, _>>()?;
    transitions.dedup();
    Ok(transitions)
}
