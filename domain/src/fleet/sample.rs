//! What is kept of a board's battery and radio: a little, for long.

use crate::UtcMs;

/// How a board was at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardSample {
    /// When the server heard it.
    pub at: UtcMs,
    /// Battery, in millivolts.
    pub battery_mv: u16,
    /// Strength of the radio signal, in dBm; none in what a board says as it goes to sleep.
    pub rssi_dbm: Option<i16>,
    /// Seconds since it had woken up; none as above.
    pub up_s: Option<u32>,
}

const EVERY_MS: u64 = 15 * 60_000;
/// A board that comes back again and again is no news each time.
const AFTER_START_MS: u64 = 60_000;

/// Whether what a board says at `at` is to be kept, when the last that was kept is of `last_at`: every 15 minutes, and the first after
/// it has come back.
#[must_use]
pub fn is_sample_due(last_at: Option<UtcMs>, has_come_back: bool, at: UtcMs) -> bool {
    let every_ms = if has_come_back { AFTER_START_MS } else { EVERY_MS };
    last_at.is_none_or(|last_at| at.since(last_at) >= every_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_a_quarter_of_an_hour() {
        let last_at = Some(UtcMs(1_000_000));
        for (ms, has_come_back, expect) in [
            (0, false, false),
            (EVERY_MS - 1, false, false),
            (EVERY_MS, false, true),
            (AFTER_START_MS - 1, true, false),
            (AFTER_START_MS, true, true),
        ] {
            assert_eq!(
                is_sample_due(last_at, has_come_back, UtcMs(1_000_000).plus(ms)),
                expect,
                "{ms} {has_come_back}"
            );
        }
        assert!(is_sample_due(None, false, UtcMs(0)));
        assert!(!is_sample_due(last_at, false, UtcMs(5)), "a clock that was set back");
    }
}
