//! Short or long: `DISPOBOX_SOAK=1` makes every count that of the promise, as `cargo xtask soak` does.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What to use now.
pub(crate) fn short_or_long<T>(short: T, long: T) -> T {
    if std::env::var_os("DISPOBOX_SOAK").is_some_and(|value| value == "1") { long } else { short }
}

/// Held by tests that keep both cores busy, so that one does not spoil the figures of another.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    // A test that has failed is no reason for the others to fail.
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says what was measured, in the form that `cargo xtask soak` gathers.
pub(crate) fn figure(promise: &str, measured: &str) {
    println!("figure: {promise}: {measured}");
}

/// The middle one of what was measured, and the one that 99 of 100 do not pass.
pub(crate) fn median_and_p99<T: Copy + Ord>(measured: &[T]) -> (T, T) {
    let mut sorted = measured.to_vec();
    sorted.sort_unstable();
    let at = |percent: usize| sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)];
    (at(50), at(99))
}
