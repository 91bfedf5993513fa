//! How groups leave a spool, such that it is known at any time how much waits.

use super::groups::{self, Broken};
use super::{Doubt, SetAside, Spool};
use crate::error::Failure;
use sea_orm::sqlx::{self, SqliteConnection};

/// Groups that are to be deleted, and how much they were before. Deleting them twice does no harm, counting them twice
/// would.
#[derive(Debug, Clone, Copy)]
pub(super) struct Removal {
    from: i64,
    to: i64,
    groups: u64,
    records: u64,
    bytes: u64,
}

impl Spool {
    /// Deletes the groups from one position to another.
    pub(super) async fn discard(&self, from: i64, to: i64) -> Result<(), Failure> {
        let mut writer = self.writer.lock().await;
        self.settle(&mut writer).await?;
        let to = to.min(self.waiting().confirmed);
        let gone = groups::count(&mut writer.connection, from, to).await?;
        if gone.groups == 0 {
            return Ok(());
        }
        let removal = Removal { from, to, groups: gone.groups, records: gone.records, bytes: gone.bytes };
        writer.doubt = Doubt::Removing(removal);
        self.settle(&mut writer).await
    }

    /// Does a removal, perhaps again.
    pub(super) async fn finish(&self, connection: &mut SqliteConnection, removal: Removal) -> Result<(), Failure> {
        groups::delete(connection, removal.from, removal.to).await?;
        let oldest_at = groups::find_oldest(connection).await?;
        let depth = &mut self.waiting().depth;
        depth.groups = depth.groups.saturating_sub(removal.groups);
        depth.records = depth.records.saturating_sub(removal.records);
        depth.bytes = depth.bytes.saturating_sub(removal.bytes);
        depth.oldest_at = oldest_at;
        Ok(())
    }

    /// Moves a group that cannot be read to where it is out of the way. Copied first: so it is never nowhere.
    pub(super) async fn set_aside(&self, broken: Broken) -> Result<SetAside, Failure> {
        let Broken { position, reason } = broken;
        let copy = sqlx::query(
            "INSERT OR IGNORE INTO unreadable (position, appended_at, reason, payload)
             SELECT position, appended_at, ?, payload FROM spooled WHERE position = ?",
        );
        {
            let mut writer = self.writer.lock().await;
            self.settle(&mut writer).await?;
            copy.bind(&reason).bind(position).execute(&mut writer.connection).await?;
        }
        self.discard(position, position).await?;
        Ok(SetAside { position, reason })
    }
}
