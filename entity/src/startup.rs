//! What a server asks of history when it starts.

use crate::Storage;
use crate::error::{Failure, StorageError};
use crate::history::{decode_rows, insert_rows, list_booth_ids};
use crate::models::transition;
use crate::observation::encode_transition;
use domain::{BoothNumber, Observation, Prior, Transition, UnknownReason, UtcMs};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Enough rows to see the last two transitions, even when a repeated call has stored them twice.
const LAST_ROWS: u64 = 4;

impl Storage {
    /// What was sensed of each booth when the server was stopped, at most `max_age_ms` before `now`; by booth id.
    /// Booths of which nothing was sensed then are left out.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_priors(&self, now: UtcMs, max_age_ms: u64) -> Result<Vec<Prior>, StorageError> {
        self.within("listing priors", async {
            let read = self.begin_read().await?;
            let mut priors = Vec::new();
            for (id, number) in list_booth_ids(&read).await? {
                let last = list_last(&read, id, number).await?;
                priors.extend(find_prior(&last, now, max_age_ms));
            }
            Ok(priors)
        })
        .await
    }

    /// Ends what a crash has left open: every booth whose last transition was sensed becomes unknown for want of
    /// data at `now`, or at that transition should the clock have been set back. Returns how many.
    ///
    /// When the server really died is not known, so the observation before the crash seems to have lasted until
    /// `now`. Nothing is open after a clean stop, or after this call.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn close_open_history(&self, now: UtcMs) -> Result<usize, StorageError> {
        self.within("closing open history", async {
            let write = self.begin_write().await?;
            let mut rows = Vec::new();
            for (id, number) in list_booth_ids(&write).await? {
                let last = list_last(&write, id, number).await?;
                let end = find_open_end(&last, now);
                rows.extend(end.map(|at| encode_transition(id, at, Observation::Unknown(UnknownReason::NoData))));
            }
            insert_rows(&write, &rows).await?;
            write.commit().await?;
            Ok(rows.len())
        })
        .await
    }
}

/// The last transitions of a booth, newest first.
async fn list_last(
    connection: &impl ConnectionTrait,
    booth_id: i32,
    number: BoothNumber,
) -> Result<Vec<Transition>, Failure> {
    let rows = transition::Entity::find()
        .filter(transition::Column::BoothId.eq(booth_id))
        .order_by_desc(transition::Column::StartedAt)
        .order_by_desc(transition::Column::Id)
        .limit(LAST_ROWS)
        .all(connection)
        .await?;
    Ok(decode_rows(number, &rows)?)
}

fn find_prior(newest_first: &[Transition], now: UtcMs, max_age_ms: u64) -> Option<Prior> {
    let [stop, before, ..] = newest_first else { return None };
    let stopped = stop.observation == Observation::Unknown(UnknownReason::Stopped);
    let Observation::Sensed(occupancy) = before.observation else { return None };
    let fresh = now.since(stop.at) <= max_age_ms;
    (stopped && fresh).then_some(Prior { booth: before.booth, occupancy, since_at: before.at, until_at: stop.at })
}

fn find_open_end(newest_first: &[Transition], now: UtcMs) -> Option<UtcMs> {
    let last = newest_first.first()?;
    matches!(last.observation, Observation::Sensed(_)).then_some(now.max(last.at))
}
