//! What the next page of a session says once: it was found out by a request whose answer is a redirection.

use domain::SessionId;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Sessions that have not looked yet, at most; beyond, all are forgotten.
const SESSIONS_MAX: usize = 1_000;

/// Something for the next page of each session. In memory: what is lost is a sentence, or a link that can be made anew.
#[derive(Debug)]
pub(crate) struct OncePerSession<T>(Mutex<HashMap<SessionId, T>>);

impl<T> Default for OncePerSession<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> OncePerSession<T> {
    pub(crate) fn put(&self, session: SessionId, value: T) {
        let mut all = self.lock();
        if all.len() >= SESSIONS_MAX {
            all.clear();
        }
        all.insert(session, value);
    }

    pub(crate) fn take(&self, session: SessionId) -> Option<T> {
        self.lock().remove(&session)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SessionId, T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
