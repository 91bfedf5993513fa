//! Fewer wake-ups of a busy thread: what network cards call interrupt moderation.
//!
//! A thread that waits for thousands of frames a second is woken for nearly each of them, and its way to sleep and back
//! costs more than the frame. So while its waits are short, it naps before each: then one wake-up finds many frames. What
//! comes after a longer wait is served at once, so nothing is slower where little happens.

use std::cell::Cell;
use std::thread::{LocalKey, sleep};
use std::time::{Duration, Instant};
use tokio::runtime::Builder;

/// A thread that was woken within this is busy.
const BUSY_WITHIN: Duration = Duration::from_micros(500);
/// What a frame may wait for others. Far less than what its event waits for the disk.
const NAP: Duration = Duration::from_millis(2);

thread_local! {
    static WAITS_SINCE: Cell<Option<Instant>> = const { Cell::new(None) };
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// Moderates the wake-ups of a runtime of one thread.
pub(crate) fn moderate(runtime: &mut Builder) -> &mut Builder {
    runtime.on_thread_park(before_wait).on_thread_unpark(after_wait)
}

fn before_wait() {
    if get(&BUSY) {
        sleep(NAP);
    }
    WAITS_SINCE.set(Some(Instant::now()));
}

fn after_wait() {
    let waited = get(&WAITS_SINCE).map(|since| since.elapsed());
    BUSY.set(waited.is_some_and(|waited| waited < BUSY_WITHIN));
}

fn get<T: Copy>(cell: &'static LocalKey<Cell<T>>) -> T {
    cell.with(Cell::get)
}
