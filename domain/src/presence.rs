//! From raw sensor samples to presence.
//!
//! A detector flickers: it sees movement, not people. The rule of the first DispoBox counts the high samples of a
//! sliding window and has hysteresis: over 60 samples (30 s at 2 a second) a free booth becomes occupied when more
//! than 5 are high, an occupied one becomes free when fewer than 2 are.

use crate::Occupancy;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// The presence rule of one booth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceRule {
    window: u16,
    occupied_above: u16,
    free_below: u16,
}

/// Why three numbers make no presence rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PresenceRuleError {
    /// The window is empty or too long.
    #[error("a window of {window} samples, not 1 to {max}", max = PresenceRule::WINDOW_MAX)]
    Window {
        /// The refused length, in samples.
        window: u16,
    },
    /// The window can never hold enough high samples.
    #[error("more than {occupied_above} high samples never fit into a window of {window}")]
    NeverOccupied {
        /// Length of the window, in samples.
        window: u16,
        /// The refused threshold.
        occupied_above: u16,
    },
    /// The two thresholds overlap or the booth could never be free.
    #[error("free below {free_below}, occupied above {occupied_above}: the first must be 1 to the second plus 1")]
    Overlap {
        /// The refused lower threshold.
        free_below: u16,
        /// The upper threshold.
        occupied_above: u16,
    },
}

impl PresenceRule {
    /// The longest window, in samples: five minutes at 2 a second.
    pub const WINDOW_MAX: u16 = 600;

    /// A rule over `window` samples: occupied when more than `occupied_above` are high, free when fewer than
    /// `free_below` are, as before in between.
    ///
    /// # Errors
    /// When the numbers contradict each other.
    pub const fn new(window: u16, occupied_above: u16, free_below: u16) -> Result<Self, PresenceRuleError> {
        if window == 0 || window > Self::WINDOW_MAX {
            return Err(PresenceRuleError::Window { window });
        }
        if occupied_above >= window {
            return Err(PresenceRuleError::NeverOccupied { window, occupied_above });
        }
        if free_below == 0 || free_below > occupied_above + 1 {
            return Err(PresenceRuleError::Overlap { free_below, occupied_above });
        }
        Ok(Self { window, occupied_above, free_below })
    }

    /// Length of the window, in samples.
    #[must_use]
    pub const fn window(self) -> u16 {
        self.window
    }

    /// A booth is occupied when more samples than this are high.
    #[must_use]
    pub const fn occupied_above(self) -> u16 {
        self.occupied_above
    }

    /// A booth is free when fewer samples than this are high.
    #[must_use]
    pub const fn free_below(self) -> u16 {
        self.free_below
    }

    /// What is known with `high` of the `seen` newest samples being high, when `before` was known before them. Undecided
    /// until the samples could have said "occupied" and either threshold is passed; with a full window in between, the
    /// booth counts as free, as it would have had it been free before.
    #[must_use]
    pub fn decide(self, before: Option<Occupancy>, high: u16, seen: u16) -> Option<Occupancy> {
        if high > self.occupied_above {
            return Some(Occupancy::Occupied);
        }
        let enough = seen > self.occupied_above;
        match before {
            None if enough && high < self.free_below => Some(Occupancy::Free),
            None if seen >= self.window => Some(Occupancy::Free),
            Some(Occupancy::Occupied) if high < self.free_below => Some(Occupancy::Free),
            unchanged => unchanged,
        }
    }
}

impl Default for PresenceRule {
    fn default() -> Self {
        Self { window: 60, occupied_above: 5, free_below: 2 }
    }
}

/// The samples of one booth and what they say.
///
/// It starts undecided, and decides by [`PresenceRule::decide`]: with the default rule at the sixth sample.
#[derive(Debug, Clone)]
pub struct PresenceFilter {
    rule: PresenceRule,
    samples: VecDeque<bool>,
    high: u16,
    occupancy: Option<Occupancy>,
}

impl PresenceFilter {
    /// A filter that has seen nothing.
    #[must_use]
    pub fn new(rule: PresenceRule) -> Self {
        Self { rule, samples: VecDeque::new(), high: 0, occupancy: None }
    }

    /// A filter that goes on from what was decided a moment ago, as if its whole window had said so.
    #[must_use]
    pub fn resumed(rule: PresenceRule, occupancy: Occupancy) -> Self {
        let high = occupancy == Occupancy::Occupied;
        Self {
            rule,
            samples: VecDeque::from(vec![high; usize::from(rule.window)]),
            high: if high { rule.window } else { 0 },
            occupancy: Some(occupancy),
        }
    }

    /// Takes the next sample (`true` is high: movement) and returns what is known after it.
    pub fn push(&mut self, high: bool) -> Option<Occupancy> {
        if self.is_full() && self.samples.pop_front() == Some(true) {
            self.high -= 1;
        }
        self.samples.push_back(high);
        self.high += u16::from(high);
        let seen = u16::try_from(self.samples.len()).unwrap_or(u16::MAX);
        self.occupancy = self.rule.decide(self.occupancy, self.high, seen);
        self.occupancy
    }

    /// Goes by another rule from now on. What was decided stays until the next sample; a shorter window forgets its oldest ones.
    pub fn follow(&mut self, rule: PresenceRule) {
        self.rule = rule;
        while self.samples.len() > usize::from(rule.window) {
            if self.samples.pop_front() == Some(true) {
                self.high -= 1;
            }
        }
    }

    /// What is known now.
    #[must_use]
    pub fn occupancy(&self) -> Option<Occupancy> {
        self.occupancy
    }

    /// The rule it follows.
    #[must_use]
    pub fn rule(&self) -> PresenceRule {
        self.rule
    }

    fn is_full(&self) -> bool {
        self.samples.len() >= usize::from(self.rule.window)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BoothStatus;

    /// Samples as text: `.` low, `#` high; a number repeats the next. The answer: what is known after each change.
    fn check(mut filter: PresenceFilter, samples: &str, expect: &str) {
        let mut seen = String::new();
        let mut last = None;
        let mut count = 0;
        let mut repeat = String::new();
        for c in samples.chars().filter(|c| !c.is_whitespace()) {
            if c.is_ascii_digit() {
                repeat.push(c);
                continue;
            }
            let times: u32 = if repeat.is_empty() { 1 } else { repeat.parse().expect("digits") };
            repeat.clear();
            for _ in 0..times {
                count += 1;
                let now = filter.push(c == '#');
                if now != last {
                    let word = now.map_or("unknown", |o| BoothStatus::from(o).as_str());
                    seen += &format!("{count}:{word} ");
                    last = now;
                }
            }
        }
        assert_eq!(seen.trim_end(), expect, "{samples}");
    }

    #[test]
    fn the_default_rule() {
        let fresh = || PresenceFilter::new(PresenceRule::default());
        check(fresh(), "5.", "");
        check(fresh(), "6.", "6:free");
        check(fresh(), "6#", "6:occupied");
        check(fresh(), "60. 6#", "6:free 66:occupied");
        check(fresh(), "4. 6#", "10:occupied");
        check(fresh(), "6. 5# 54. .", "6:free");
        // Two of six high: neither threshold is passed until the window is full.
        check(fresh(), "2# 57. .", "60:free");
        // The last but one high sample leaves the window with the 65th sample.
        check(fresh(), "6# 58. .", "6:occupied 65:free");
        check(fresh(), "6# 53. # 20.", "6:occupied 66:free");
        check(fresh(), "6# 52. 2# 20.", "6:occupied");
    }

    #[test]
    fn resumed_from_a_decision() {
        let rule = PresenceRule::default();
        check(PresenceFilter::resumed(rule, Occupancy::Free), ". 5# #", "1:free 7:occupied");
        check(PresenceFilter::resumed(rule, Occupancy::Occupied), "58. .", "1:occupied 59:free");
    }

    #[test]
    fn rules_that_make_no_sense_are_refused() {
        assert!(PresenceRule::new(60, 5, 2).is_ok());
        assert!(PresenceRule::new(1, 0, 1).is_ok());
        assert_eq!(PresenceRule::new(0, 0, 1), Err(PresenceRuleError::Window { window: 0 }));
        assert_eq!(PresenceRule::new(601, 5, 2), Err(PresenceRuleError::Window { window: 601 }));
        assert_eq!(PresenceRule::new(5, 5, 2), Err(PresenceRuleError::NeverOccupied { window: 5, occupied_above: 5 }));
        for free_below in [0, 7] {
            assert_eq!(
                PresenceRule::new(60, 5, free_below),
                Err(PresenceRuleError::Overlap { free_below, occupied_above: 5 })
            );
        }
    }
}
