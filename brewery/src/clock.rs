//! The plant's clock: how many steps are due.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The fastest and the slowest rate.
pub const RATE_MAX: f64 = 3_600.0;
/// As slow as the real plant.
pub const RATE_MIN: f64 = 1.0;
/// What passes on the machine in one go counts for no more: it slept, or was stopped.
const GAP_MAX: Duration = Duration::from_secs(2);
/// Steps that can be asked for at once: a day.
pub const STEPS_MAX: u64 = 864_000;
const STEPS_PER_S: f64 = 10.0;

/// How fast the plant's time passes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// Seconds of plant time in a second.
    pub rate: f64,
    /// Whether it stands still.
    pub paused: bool,
}

impl Default for Pace {
    fn default() -> Self {
        Self { rate: RATE_MIN, paused: false }
    }
}

/// Why a clock was not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// Too fast, too slow, or no number.
    #[error("a rate is a number from {RATE_MIN} to {RATE_MAX}")]
    Rate,
    /// Too many at once, or none.
    #[error("steps are a number from 1 to {STEPS_MAX}")]
    Steps,
}

/// The integral of the rate over a clock that only goes forward.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    pace: Pace,
    seen: Duration,
    /// Of a step that is not whole yet.
    part: f64,
}

impl Clock {
    /// Begins now.
    ///
    /// # Errors
    /// When the rate is out of range.
    pub fn new(pace: Pace, now: Duration) -> Result<Self, ClockError> {
        check(pace)?;
        Ok(Self { pace, seen: now, part: 0.0 })
    }

    /// How fast it goes.
    #[must_use]
    pub const fn pace(&self) -> Pace {
        self.pace
    }

    /// The steps that are due. They have to be made before anything else is done.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn due(&mut self, now: Duration) -> u64 {
        let passed = now.saturating_sub(self.seen).min(GAP_MAX);
        self.seen = self.seen.max(now);
        if self.pace.paused {
            return 0;
        }
        self.part += passed.as_secs_f64() * self.pace.rate * STEPS_PER_S;
        let whole = libm::floor(self.part);
        self.part -= whole;
        whole as u64
    }

    /// Goes on at another pace, from the moment that was last asked about.
    ///
    /// # Errors
    /// When the rate is out of range.
    pub fn set(&mut self, pace: Pace) -> Result<(), ClockError> {
        check(pace)?;
        self.pace = pace;
        Ok(())
    }
}

/// Whether so many steps can be asked for.
///
/// # Errors
/// When not.
pub fn check_steps(steps: u64) -> Result<u64, ClockError> {
    if (1..=STEPS_MAX).contains(&steps) { Ok(steps) } else { Err(ClockError::Steps) }
}

fn check(pace: Pace) -> Result<(), ClockError> {
    if (RATE_MIN..=RATE_MAX).contains(&pace.rate) { Ok(()) } else { Err(ClockError::Rate) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn steps_are_due_however_often_one_looks() {
        for every_ms in [1, 7, 100, 333, 1_000] {
            let mut clock = Clock::new(Pace { rate: 60.0, paused: false }, ms(0)).expect("a rate");
            let steps: u64 = (1..=7_000 / every_ms).map(|n| clock.due(ms(n * every_ms))).sum();
            let expect = 7_000 / every_ms * every_ms * 60 / 100;
            assert!(steps.abs_diff(expect) <= 1, "every {every_ms} ms: {steps} instead of {expect}");
        }
    }

    #[test]
    fn pauses_and_sleep_do_not_count() {
        let mut clock = Clock::new(Pace { rate: 1.0, paused: true }, ms(0)).expect("a rate");
        assert_eq!(clock.due(ms(1_000)), 0);
        clock.set(Pace { rate: 10.0, paused: false }).expect("a rate");
        assert_eq!(clock.due(ms(2_000)), 100);
        assert_eq!(clock.due(ms(1_000)), 0, "time does not go back");
        assert_eq!(clock.due(ms(2_000)), 0);
        assert_eq!(clock.due(ms(3_600_000)), 200, "the machine slept");
    }

    #[test]
    fn rates() {
        for rate in [0.0, 0.5, 3_601.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Clock::new(Pace { rate, paused: false }, ms(0)), Err(ClockError::Rate), "{rate}");
        }
        assert_eq!(check_steps(0), Err(ClockError::Steps));
        assert_eq!(check_steps(STEPS_MAX), Ok(STEPS_MAX));
    }
}
