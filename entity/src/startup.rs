//! What a server asks of history when it starts.

use crate::Storage;
use crate::error::{Failure, StorageError};
use crate::history::{list_booth_ids, list_last};
use crate::insert::insert_rows;
use crate::models::journal;
use crate::observation::encode_transition;
use crate::sessions::end_open_sessions;
use domain::{Observation, Prior, Transition, UnknownReason, UtcMs};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QuerySelect};

/// What a server that was killed had left open, and what is closed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Closed {
    /// Booths of which nothing is known from then on.
    pub booths: usize,
    /// Sessions of boards that have ended.
    pub sessions: usize,
}

impl Closed {
    pub(crate) fn add(&mut self, other: Self) {
        self.booths += other.booths;
        self.sessions += other.sessions;
    }

    /// Whether anything was open.
    #[must_use]
    pub fn is_any(self) -> bool {
        self != Self::default()
    }
}

/// Later than all of history.
const EVER: UtcMs = UtcMs(i64::MAX);

impl Storage {
    /// When a server was last known to be alive, by what it has stored.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn read_alive_at(&self) -> Result<Option<UtcMs>, StorageError> {
        self.within("reading when the server was alive", async { read_alive_at(&self.begin_read().await?).await }).await
    }

    /// Until when history has been written: the last transition of all booths, or when the server was last known to be
    /// alive should that be later.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn read_history_end(&self) -> Result<Option<UtcMs>, StorageError> {
        self.within("reading the end of history", async {
            let read = self.begin_read().await?;
            let mut end = read_alive_at(&read).await?;
            for booth in list_booth_ids(&read).await? {
                let last = list_last(&read, booth, EVER, 1).await?;
                end = end.max(last.first().map(|transition| transition.at));
            }
            Ok(end)
        })
        .await
    }

    /// What was sensed of each booth when the server was stopped, or was last known to be alive before it was killed, if
    /// that is at most `max_age_ms` before `now`; by booth id. Booths of which nothing was sensed then are left out.
    ///
    /// To be asked before [`Self::close_open_history`], after which a crash is no longer seen.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_priors(&self, now: UtcMs, max_age_ms: u64) -> Result<Vec<Prior>, StorageError> {
        self.within("listing priors", async {
            let read = self.begin_read().await?;
            let alive_at = read_alive_at(&read).await?;
            let mut priors = Vec::new();
            for booth in list_booth_ids(&read).await? {
                let prior = find_prior(&list_last(&read, booth, EVER, 2).await?, alive_at);
                priors.extend(prior.filter(|prior| now.since(prior.until_at) <= max_age_ms));
            }
            Ok(priors)
        })
        .await
    }

    /// Ends what a crash has left open: every booth whose last transition was sensed becomes unknown for want of data
    /// when the server was last known to be alive (at `now` if that was never noted), or at that transition should it be
    /// later; so do the sessions of boards, as `server_ended`. Nothing is open after a clean stop, or after this call.
    ///
    /// A server that cannot ask when it starts notes that in its spool instead: [`domain::Record::Started`].
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn close_open_history(&self, now: UtcMs) -> Result<Closed, StorageError> {
        self.within("closing open history", async {
            let write = self.begin_write().await?;
            let end_at = read_alive_at(&write).await?.unwrap_or(now);
            let closed = close_open(&write, end_at).await?;
            write.commit().await?;
            Ok(closed)
        })
        .await
    }
}

/// Ends all that is open at `end_at`.
pub(crate) async fn close_open(write: &impl ConnectionTrait, end_at: UtcMs) -> Result<Closed, Failure> {
    let mut rows = Vec::new();
    for booth in list_booth_ids(write).await? {
        let last = list_last(write, booth, EVER, 1).await?;
        let open = last.first().filter(|last| matches!(last.observation, Observation::Sensed(_)));
        let end = |last: &Transition| {
            encode_transition(booth.0, end_at.max(last.at), Observation::Unknown(UnknownReason::NoData))
        };
        rows.extend(open.map(end));
    }
    let booths = rows.len();
    insert_rows(write, rows, None).await?;
    Ok(Closed { booths, sessions: end_open_sessions(write, end_at).await? })
}

/// When any server was last known to be alive.
pub(crate) async fn read_alive_at(connection: &impl ConnectionTrait) -> Result<Option<UtcMs>, Failure> {
    let newest = journal::Entity::find().select_only().column_as(journal::Column::AliveAt.max(), "alive_at");
    Ok(newest.into_tuple::<Option<i64>>().one(connection).await?.flatten().map(UtcMs))
}

/// A clean stop says so; after a crash, what was sensed last is the last that was written.
fn find_prior(newest_first: &[Transition], alive_at: Option<UtcMs>) -> Option<Prior> {
    let (last, until_at) = match newest_first {
        [stop, before, ..] if stop.observation == Observation::Unknown(UnknownReason::Stopped) => (before, stop.at),
        [last, ..] => (last, alive_at?.max(last.at)),
        [] => return None,
    };
    let Observation::Sensed(occupancy) = last.observation else { return None };
    Some(Prior { booth: last.booth, occupancy, since_at: last.at, until_at })
}
