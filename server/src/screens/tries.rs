//! How often somebody may be wrong, or ask.

use domain::MonoMs;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// A window in which tries are counted.
const WINDOW_MS: u64 = 10 * 60_000;
/// Whoever is remembered; beyond, those whose window is over go, and if there are none, all.
const KEYS_MAX: usize = 4_096;

/// Counts tries by whoever makes them, in windows of ten minutes. In memory: nobody who guesses can cause a restart.
#[derive(Debug)]
pub(super) struct Tries<K> {
    most: u32,
    counted: Mutex<HashMap<K, (MonoMs, u32)>>,
}

impl<K: Eq + Hash> Tries<K> {
    /// So many in each window.
    pub(super) fn new(most: u32) -> Self {
        Self { most, counted: Mutex::default() }
    }

    /// Whether there may be one more.
    pub(super) fn may(&self, key: &K, now: MonoMs) -> bool {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.get(key).is_none_or(|(since, count)| is_over(*since, now) || *count < self.most)
    }

    /// There was one.
    pub(super) fn note(&self, key: K, now: MonoMs) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= KEYS_MAX {
            counted.retain(|_, (since, _)| !is_over(*since, now));
        }
        if counted.len() >= KEYS_MAX {
            counted.clear();
        }
        let (since, count) = counted.entry(key).or_insert((now, 0));
        if is_over(*since, now) {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
    }
}

fn is_over(since: MonoMs, now: MonoMs) -> bool {
    now.since(since) >= WINDOW_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows() {
        let tries = Tries::new(2);
        for at in [0, 1] {
            assert!(tries.may(&"a", MonoMs(at)));
            tries.note("a", MonoMs(at));
        }
        assert!(!tries.may(&"a", MonoMs(2)) && !tries.may(&"a", MonoMs(WINDOW_MS - 1)));
        assert!(tries.may(&"b", MonoMs(2)), "another is another");
        assert!(tries.may(&"a", MonoMs(WINDOW_MS)), "and begins anew");
        tries.note("a", MonoMs(WINDOW_MS));
        assert!(tries.may(&"a", MonoMs(WINDOW_MS)));
    }

    #[test]
    fn it_stays_small() {
        let tries = Tries::new(1);
        for key in 0..2 * KEYS_MAX {
            tries.note(key, MonoMs(0));
        }
        assert!(tries.counted.lock().expect("alive").len() <= KEYS_MAX);
    }
}
