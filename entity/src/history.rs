//! What was known of each booth, and from when on.

use crate::Storage;
use crate::error::{Failure, StorageError};
use crate::models::{booth, transition};
use crate::observation::decode_transition;
use domain::{BoothNumber, Observation, Transition, UtcMs};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

impl Storage {
    /// The most transitions that one call lists.
    pub const TRANSITIONS_MAX: u64 = 10_000;

    /// The transitions of a booth from `from` on and before `until`, in order; at most [`Self::TRANSITIONS_MAX`],
    /// the earliest. What was known at `from` itself began earlier: [`Self::find_observation_before`].
    ///
    /// # Errors
    /// `UnknownBooth`, `Corrupt`, `Timeout`, `Database`.
    pub async fn list_transitions(
        &self,
        booth: BoothNumber,
        from: UtcMs,
        until: UtcMs,
    ) -> Result<Vec<Transition>, StorageError> {
        self.within("listing transitions", async {
            let read = self.begin_read().await?;
            let booth_id = find_booth_id(&read, booth).await?;
            let rows = transition::Entity::find()
                .filter(transition::Column::BoothId.eq(booth_id))
                .filter(transition::Column::StartedAt.gte(from.0))
                .filter(transition::Column::StartedAt.lt(until.0))
                .order_by_asc(transition::Column::StartedAt)
                .order_by_asc(transition::Column::Id)
                .limit(Self::TRANSITIONS_MAX)
                .all(&read)
                .await?;
            Ok(rows.iter().map(|row| decode_transition(booth, row)).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// What was known of a booth just before `at`, by its last transition before then. A transition at `at` itself is
    /// not looked at: it is the first that [`Self::list_transitions`] lists from `at` on.
    ///
    /// # Errors
    /// `UnknownBooth`, `Corrupt`, `Timeout`, `Database`.
    pub async fn find_observation_before(
        &self,
        booth: BoothNumber,
        at: UtcMs,
    ) -> Result<Option<Observation>, StorageError> {
        self.within("looking up an observation", async {
            let read = self.begin_read().await?;
            let booth_id = find_booth_id(&read, booth).await?;
            let last = list_last(&read, (booth_id, booth), at, 1).await?;
            Ok(last.first().map(|transition| transition.observation))
        })
        .await
    }
}

/// The booths by id, with their numbers. Those that are no more have none.
pub(crate) async fn list_booth_ids(connection: &impl ConnectionTrait) -> Result<Vec<(i32, BoothNumber)>, Failure> {
    let columns = [booth::Column::Id, booth::Column::Number];
    let select = booth::Entity::find().select_only().columns(columns).order_by_asc(booth::Column::Id);
    let rows: Vec<(i32, i32)> = select.into_tuple().all(connection).await?;
    Ok(rows.into_iter().filter_map(|(id, number)| Some((id, BoothNumber(number.try_into().ok()?)))).collect())
}

/// The last transitions of a booth before `at`, newest first.
pub(crate) async fn list_last(
    connection: &impl ConnectionTrait,
    (booth_id, booth): (i32, BoothNumber),
    at: UtcMs,
    rows_max: u64,
) -> Result<Vec<Transition>, Failure> {
    let rows = transition::Entity::find()
        .filter(transition::Column::BoothId.eq(booth_id))
        .filter(transition::Column::StartedAt.lt(at.0))
        .order_by_desc(transition::Column::StartedAt)
        .order_by_desc(transition::Column::Id)
        .limit(rows_max)
        .all(connection)
        .await?;
    Ok(rows.iter().map(|row| decode_transition(booth, row)).collect::<Result<_, _>>()?)
}

async fn find_booth_id(connection: &impl ConnectionTrait, booth: BoothNumber) -> Result<i32, Failure> {
    let of_number = booth::Entity::find().filter(booth::Column::Number.eq(booth.0));
    Ok(of_number.one(connection).await?.ok_or(StorageError::UnknownBooth { booth })?.id)
}
