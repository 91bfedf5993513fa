//! What one channel of a board has sensed lately.

use super::SAMPLES_PER_S;
use domain::{ChannelReport, Occupancy, PresenceRule};
use std::collections::VecDeque;

/// The newest samples of a channel, and the state that they make.
///
/// The state, `s` on the wire, does not flicker as the detector does: it turns high and low where a booth with the default
/// presence rule turns occupied and free. So a board speaks up just when the map has to change. It is low at first.
#[derive(Debug, Clone)]
pub struct Window {
    rule: PresenceRule,
    samples: VecDeque<bool>,
    high_samples: u16,
    state: Option<Occupancy>,
}

impl Window {
    /// An empty one of so many seconds.
    pub fn new(seconds: u16) -> Self {
        Self { rule: rule_over(seconds), samples: VecDeque::new(), high_samples: 0, state: None }
    }

    /// Takes the next sample.
    pub fn push(&mut self, high: bool) {
        self.samples.push_back(high);
        self.high_samples += u16::from(high);
        self.shorten();
        let seen = u16::try_from(self.samples.len()).unwrap_or(u16::MAX);
        self.state = self.rule.decide(self.state, self.high_samples, seen);
    }

    /// Counts over another length from now on. What has been seen and decided stays.
    pub fn resize(&mut self, seconds: u16) {
        self.rule = rule_over(seconds);
        self.shorten();
    }

    /// What is reported of it.
    pub fn report(&self) -> ChannelReport {
        ChannelReport { high: self.state == Some(Occupancy::Occupied), high_samples: self.high_samples }
    }

    fn shorten(&mut self) {
        while self.samples.len() > usize::from(self.rule.window()) {
            self.high_samples -= u16::from(self.samples.pop_front() == Some(true));
        }
    }
}

/// The default thresholds, as far as they fit into a window of this length.
fn rule_over(seconds: u16) -> PresenceRule {
    let default = PresenceRule::default();
    let window = seconds.saturating_mul(SAMPLES_PER_S).clamp(1, PresenceRule::WINDOW_MAX);
    let occupied_above = default.occupied_above().min(window - 1);
    let free_below = default.free_below().min(occupied_above + 1);
    PresenceRule::new(window, occupied_above, free_below).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pushes `.` low and `#` high; expects the state and the count after it.
    fn check(window: &mut Window, samples: &str, high: bool, high_samples: u16) {
        samples.chars().for_each(|sample| window.push(sample == '#'));
        assert_eq!(window.report(), ChannelReport { high, high_samples }, "{samples}");
    }

    #[test]
    fn does_not_flicker() {
        let mut window = Window::new(30);
        check(&mut window, "", false, 0);
        check(&mut window, ".#.#.#.#.#", false, 5);
        check(&mut window, "#", true, 6);
        check(&mut window, &".".repeat(50), true, 6);
        check(&mut window, &".".repeat(7), true, 2);
        check(&mut window, ".", true, 2);
        check(&mut window, ".", false, 1);
    }

    #[test]
    fn other_lengths() {
        let mut window = Window::new(30);
        check(&mut window, &"#".repeat(20), true, 20);
        window.resize(4);
        check(&mut window, "", true, 8);
        check(&mut window, "......", true, 2);
        check(&mut window, ".", false, 1);
        window.resize(0);
        check(&mut window, "#", true, 1);
        check(&mut window, ".", false, 0);
        assert_eq!(rule_over(u16::MAX).window(), PresenceRule::WINDOW_MAX);
    }
}
