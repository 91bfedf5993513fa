//! The presence rules of booths, and the events that they can be tried on.

use crate::Storage;
use crate::audit::AuditedChange;
use crate::error::{StorageError, corrupt};
use crate::events::list_events_since;
use crate::models::booth;
use crate::registry::raise_version;
use domain::{BoardEvent, BoardId, BoothNumber, Holds, OperateBoards, PresenceRule, ReadAdmin, UtcMs};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

impl Storage {
    /// The most events that one call lists.
    pub const RECORDED_MAX: u64 = 20_000;

    /// What a board has said from `from` on, oldest first; at most [`Self::RECORDED_MAX`], the newest.
    ///
    /// # Errors
    /// `UnknownBoard`, `Corrupt`, `Timeout`, `Database`.
    pub async fn list_recorded(
        &self,
        _by: &Holds<ReadAdmin>,
        board: &BoardId,
        from: UtcMs,
    ) -> Result<Vec<BoardEvent>, StorageError> {
        self.within("listing recorded events", async {
            list_events_since(&self.begin_read().await?, board, from, Self::RECORDED_MAX).await
        })
        .await
    }

    /// Gives a booth another presence rule. The running server follows.
    ///
    /// # Errors
    /// `UnknownBooth`, `Corrupt`, `Timeout`, `Database`.
    pub async fn set_presence_rule(
        &self,
        by: &Holds<OperateBoards>,
        number: BoothNumber,
        rule: PresenceRule,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        self.within("setting a presence rule", async {
            let mut write = self.begin_audited(now).await?;
            let of_number = booth::Entity::find().filter(booth::Column::Number.eq(number.0));
            let row = of_number.one(write.connection()).await?.ok_or(StorageError::UnknownBooth { booth: number })?;
            let before = crate::building::decode_rule(&row).map_err(|error| corrupt("booth", &row.number, &error))?;
            if before == rule {
                return Ok(());
            }
            let samples = |samples: u16| Expr::value(i16::try_from(samples).unwrap_or(i16::MAX));
            booth::Entity::update_many()
                .col_expr(booth::Column::PresenceWindow, samples(rule.window()))
                .col_expr(booth::Column::PresenceOccupiedAbove, samples(rule.occupied_above()))
                .col_expr(booth::Column::PresenceFreeBelow, samples(rule.free_below()))
                .filter(booth::Column::Id.eq(row.id))
                .exec(write.connection())
                .await?;
            raise_version(write.connection()).await?;
            let change = AuditedChange {
                action: "booth.filter_changed",
                subject: format!("booth:{number}"),
                before: Some(&before),
                after: Some(&rule),
            };
            write.note(by.actor(), change).await?;
            write.commit().await
        })
        .await
    }
}
