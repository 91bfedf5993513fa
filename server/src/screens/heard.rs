//! What screens have said last, in memory: the database is told once a minute.

use domain::{ScreenId, ScreenReport, UtcMs};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Debug, Default)]
pub(super) struct Heard(Mutex<HashMap<ScreenId, Last>>);

#[derive(Debug)]
struct Last {
    at: UtcMs,
    report: ScreenReport,
    is_kept: bool,
}

impl Heard {
    pub(super) fn note(&self, id: ScreenId, at: UtcMs, report: ScreenReport) {
        self.lock().insert(id, Last { at, report, is_kept: false });
    }

    pub(super) fn find(&self, id: ScreenId) -> Option<(UtcMs, ScreenReport)> {
        self.lock().get(&id).map(|last| (last.at, last.report.clone()))
    }

    /// What the database has not been told; it counts as told.
    pub(super) fn take_news(&self) -> Vec<(ScreenId, UtcMs, ScreenReport)> {
        let mut all = self.lock();
        let news = all.iter_mut().filter(|(_, last)| !last.is_kept).map(|(id, last)| {
            last.is_kept = true;
            (*id, last.at, last.report.clone())
        });
        news.collect()
    }

    /// Forgets those that are not among these.
    pub(super) fn keep_only(&self, is_there: impl Fn(ScreenId) -> bool) {
        self.lock().retain(|id, _| is_there(*id));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ScreenId, Last>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
