//! Streams that are open in the name of a session end with it, within a second, whoever ends it: its owner, an administrator,
//! or a command on the same database.

use domain::{SessionId, SessionLimits, UtcMs};
use entity::Storage;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often the sessions with open streams are looked up.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The sessions that have streams.
#[derive(Debug, Clone, Default)]
pub(crate) struct SessionStreams(Arc<Mutex<HashMap<SessionId, Followed>>>);

#[derive(Debug, Default)]
struct Followed {
    ended: CancellationToken,
    streams: usize,
}

/// One stream of a session, as long as it is open.
#[derive(Debug)]
pub(crate) struct FollowedSession {
    session: SessionId,
    ended: CancellationToken,
    all: SessionStreams,
}

impl FollowedSession {
    /// Resolves when the session has ended.
    pub(crate) async fn ended(&self) {
        self.ended.cancelled().await;
    }
}

impl Drop for FollowedSession {
    fn drop(&mut self) {
        let mut all = self.all.lock();
        let left = all.get_mut(&self.session).map(|followed| {
            followed.streams = followed.streams.saturating_sub(1);
            followed.streams
        });
        if left == Some(0) {
            all.remove(&self.session);
        }
    }
}

impl SessionStreams {
    /// A stream is opened.
    pub(crate) fn follow(&self, session: SessionId) -> FollowedSession {
        let mut all = self.lock();
        let followed = all.entry(session).or_default();
        followed.streams += 1;
        FollowedSession { session, ended: followed.ended.clone(), all: self.clone() }
    }

    /// These sessions have ended.
    pub(crate) fn end(&self, sessions: &[SessionId]) {
        let all = self.lock();
        for followed in sessions.iter().filter_map(|session| all.get(session)) {
            followed.ended.cancel();
        }
    }

    /// Looks after them until `shutdown`. While the database is away, streams stay.
    pub(crate) async fn watch(
        &self,
        storage: &Storage,
        limits: SessionLimits,
        now: fn() -> UtcMs,
        shutdown: &CancellationToken,
    ) {
        let mut interval = tokio::time::interval(LOOK_EVERY);
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while shutdown.run_until_cancelled(interval.tick()).await.is_some() {
            let open: Vec<SessionId> = self.lock().keys().copied().collect();
            if open.is_empty() {
                continue;
            }
            match storage.list_holding(&open, limits, now()).await {
                Ok(holding) => {
                    self.end(&open.into_iter().filter(|session| !holding.contains(session)).collect::<Vec<_>>());
                }
                Err(error) => tracing::debug!(%error, "sessions with streams could not be looked up"),
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SessionId, Followed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn streams_end_with_their_session() {
        let streams = SessionStreams::default();
        let (one, twin, other) = (SessionId(1), SessionId(1), SessionId(2));
        let (one, twin, other) = (streams.follow(one), streams.follow(twin), streams.follow(other));
        streams.end(&[SessionId(1), SessionId(9)]);
        one.ended().await;
        twin.ended().await;
        assert!(!other.ended.is_cancelled());
        drop((one, twin, other));
        assert!(streams.lock().is_empty());
    }
}
