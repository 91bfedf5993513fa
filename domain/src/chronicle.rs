//! Keeps history's time from going back, whatever is done to the clock.
//!
//! The wall clock and the steady clock are compared at every tick. Where they part, somebody has set the wall clock, and
//! from the last instant that can be trusted until the clock is past it, history says that it does not know. So no
//! interval is negative, none is longer than it was, and none overlaps another.

use crate::{BoothNumber, BoothState, Moment, Observation, Transition, UnknownReason, UtcMs};

/// Turns changes into lines of history.
#[derive(Debug)]
pub struct Chronicle {
    /// The last instant that history may have spoken of.
    written_at: UtcMs,
    last: Moment,
    /// Nothing is known until the wall clock is past this.
    hole_until: Option<UtcMs>,
}

/// The wall clock may be this far off the steady one from one tick to the next: it is adjusted in small steps all the
/// time.
const DRIFT_MAX_MS: u64 = 2_000;

impl Chronicle {
    /// Goes on from a history whose last line was written at `written_at`, which is in the future if the clock was set
    /// back since.
    #[must_use]
    pub fn new(written_at: UtcMs, now: Moment) -> Self {
        let behind = now.at < written_at;
        Self { written_at: written_at.max(now.at), last: now, hole_until: behind.then_some(written_at) }
    }

    /// The lines of history for `changes`, which were made just `now`; `states` is what is known of all booths after
    /// them. Called at every tick, also without changes.
    pub fn note(
        &mut self,
        now: Moment,
        changes: &[BoothState],
        states: impl Fn() -> Vec<(BoothNumber, Observation)>,
    ) -> Vec<Transition> {
        let expected = UtcMs(self.last.at.0.saturating_add_unsigned(now.mono.since(self.last.mono)));
        let jumped = now.at.0.abs_diff(expected.0) > DRIFT_MAX_MS;
        self.last = now;
        let mut lines = Vec::new();
        if jumped && self.hole_until.is_none() {
            self.written_at = self.written_at.max(expected);
            self.hole_until = Some(self.written_at);
            lines.extend(
                states().into_iter().map(|(booth, _)| self.line(booth, Observation::Unknown(UnknownReason::ClockSet))),
            );
        }
        match self.hole_until {
            Some(until) if now.at < until => {}
            Some(_) => {
                self.hole_until = None;
                self.written_at = now.at;
                lines.extend(states().into_iter().map(|(booth, observation)| self.line(booth, observation)));
            }
            None => {
                self.written_at = self.written_at.max(now.at);
                let line = |booth: &BoothState| self.line(booth.number, Observation::from(booth.status));
                lines.extend(changes.iter().map(line));
            }
        }
        lines
    }

    /// The last lines, when the server stops: of the booths of which something was known, nothing is from now on.
    #[must_use]
    pub fn close(&self, now: UtcMs, states: &[(BoothNumber, Observation)]) -> Vec<Transition> {
        if self.hole_until.is_some() {
            return Vec::new();
        }
        let at = self.written_at.max(now);
        let known = states.iter().filter(|(_, observation)| matches!(observation, Observation::Sensed(_)));
        let observation = Observation::Unknown(UnknownReason::Stopped);
        known.map(|(booth, _)| Transition { booth: *booth, at, observation }).collect()
    }

    /// Until when history has been written: now, but while the clock is behind.
    #[must_use]
    pub fn written_at(&self) -> UtcMs {
        self.written_at
    }

    fn line(&self, booth: BoothNumber, observation: Observation) -> Transition {
        Transition { booth, at: self.written_at, observation }
    }
}

#[cfg(test)]
#[path = "chronicle_tests.rs"]
mod tests;
