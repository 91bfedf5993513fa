//! Guessing passwords is slow: after a wrong one the next try waits, longer each time, and nobody is locked out for good.
//!
//! As in Kanidm, a lock is soft: while it holds, passwords are not looked at at all, so whoever guesses does not even learn
//! whether they were right.

use crate::MonoMs;
use std::collections::HashMap;
use std::hash::Hash;

/// How long the next try waits after the first, second, third and any later failure.
const LADDER_MS: [u64; 4] = [1_000, 3_000, 5_000, 10_000];
/// After so long without a failure the ladder begins anew.
const FORGET_AFTER_MS: u64 = 15 * 60_000;
/// Whose failures are remembered at one time, at most; beyond, the oldest are forgotten.
const KEYS_MAX: usize = 8_192;

/// No password is looked at now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many tries; the next one in {wait_ms} ms")]
pub struct Softlocked {
    /// How long to wait.
    pub wait_ms: u64,
}

/// The failures of some kind of key: names of accounts, known or not, or addresses.
#[derive(Debug)]
pub struct SoftlockBook<K> {
    locks: HashMap<K, Softlock>,
}

#[derive(Debug, Clone, Copy)]
struct Softlock {
    failures: usize,
    failed_at: MonoMs,
}

impl Softlock {
    fn ends_at(self) -> MonoMs {
        let step = self.failures.saturating_sub(1).min(LADDER_MS.len() - 1);
        self.failed_at.plus(LADDER_MS[step])
    }

    fn is_forgotten(self, now: MonoMs) -> bool {
        self.failed_at.plus(FORGET_AFTER_MS) <= now
    }
}

impl<K> Default for SoftlockBook<K> {
    fn default() -> Self {
        Self { locks: HashMap::new() }
    }
}

impl<K: Eq + Hash + Clone> SoftlockBook<K> {
    /// Whether a try may be made now.
    ///
    /// # Errors
    /// When it has to wait.
    pub fn check(&self, key: &K, now: MonoMs) -> Result<(), Softlocked> {
        let ends_at = self.locks.get(key).map_or(now, |lock| lock.ends_at());
        if ends_at > now { Err(Softlocked { wait_ms: ends_at.0 - now.0 }) } else { Ok(()) }
    }

    /// A try has failed. To be noted before its password is looked at, where many tries come at once: else they would all
    /// pass.
    pub fn note_failure(&mut self, key: K, now: MonoMs) {
        let before = self.locks.get(&key).filter(|lock| !lock.is_forgotten(now));
        let failures = before.map_or(1, |lock| lock.failures.saturating_add(1));
        if before.is_none() {
            self.make_room(now);
        }
        self.locks.insert(key, Softlock { failures, failed_at: now });
    }

    /// The right password was given: the ladder begins anew.
    pub fn note_success(&mut self, key: &K) {
        self.locks.remove(key);
    }

    fn make_room(&mut self, now: MonoMs) {
        if self.locks.len() < KEYS_MAX {
            return;
        }
        self.locks.retain(|_, lock| !lock.is_forgotten(now));
        if self.locks.len() >= KEYS_MAX {
            let mut times: Vec<_> = self.locks.values().map(|lock| lock.failed_at).collect();
            let (_, middle, _) = times.select_nth_unstable(KEYS_MAX / 2);
            let middle = *middle;
            // More than half may be of the same millisecond.
            self.locks.retain(|_, lock| lock.failed_at > middle);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder() {
        let mut book = SoftlockBook::default();
        let mut now = MonoMs(50_000);
        for wait_ms in [1_000, 3_000, 5_000, 10_000, 10_000, 10_000] {
            assert_eq!(book.check(&"ann", now), Ok(()));
            book.note_failure("ann", now);
            assert_eq!(book.check(&"ann", now), Err(Softlocked { wait_ms }));
            assert_eq!(book.check(&"bob", now), Ok(()), "nobody else");
            let nearly = now.plus(wait_ms - 1);
            assert_eq!(book.check(&"ann", nearly), Err(Softlocked { wait_ms: 1 }));
            now = now.plus(wait_ms);
        }
        book.note_success(&"ann");
        book.note_failure("ann", now);
        assert_eq!(book.check(&"ann", now), Err(Softlocked { wait_ms: 1_000 }), "anew");
    }

    #[test]
    fn failures_are_forgotten() {
        let mut book = SoftlockBook::default();
        (0..4).for_each(|_| book.note_failure("ann", MonoMs(0)));
        let nearly = MonoMs(FORGET_AFTER_MS - 1);
        book.note_failure("ann", nearly);
        assert_eq!(book.check(&"ann", nearly), Err(Softlocked { wait_ms: 10_000 }));
        let later = nearly.plus(FORGET_AFTER_MS);
        book.note_failure("ann", later);
        assert_eq!(book.check(&"ann", later), Err(Softlocked { wait_ms: 1_000 }));
    }

    #[test]
    fn the_book_is_bounded() {
        let mut book = SoftlockBook::default();
        for key in 0..3 * KEYS_MAX {
            book.note_failure(key, MonoMs(u64::try_from(key).expect("small")));
        }
        assert!(book.locks.len() <= KEYS_MAX, "{}", book.locks.len());
        let newest = 3 * KEYS_MAX - 1;
        assert!(
            book.check(&newest, MonoMs(u64::try_from(newest).expect("small"))).is_err(),
            "the newest is remembered"
        );
    }
}
