//! What a detector says, before any filter: for whoever finds out which detector is which.

use domain::MonoMs;
use std::collections::VecDeque;

/// Changes of a detector that are remembered: a minute of one that flickers.
const CHANGES_MAX: usize = 120;

/// The raw signal of one detector, as it was lately.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signal {
    changes: VecDeque<(MonoMs, bool)>,
    heard: Option<MonoMs>,
}

impl Signal {
    /// What it said then. What is older than what is known is passed over.
    pub(crate) fn note(&mut self, high: bool, at: MonoMs) {
        if self.heard.is_some_and(|heard| at < heard) {
            return;
        }
        self.heard = Some(at);
        if self.changes.back().is_none_or(|(_, known)| *known != high) {
            if self.changes.len() == CHANGES_MAX {
                self.changes.pop_front();
            }
            self.changes.push_back((at, high));
        }
    }

    /// Whether it said that there is movement when it was last heard; none when it never was.
    #[must_use]
    pub fn is_high(&self) -> Option<bool> {
        self.changes.back().map(|(_, high)| *high)
    }

    /// When it was last heard.
    #[must_use]
    pub fn heard(&self) -> Option<MonoMs> {
        self.heard
    }

    /// When it changed to what, oldest first.
    pub fn changes(&self) -> impl ExactSizeIterator<Item = (MonoMs, bool)> {
        self.changes.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_changes_are_kept() {
        let mut signal = Signal::default();
        assert_eq!((signal.is_high(), signal.heard()), (None, None));
        for (ms, high) in [(0, false), (500, false), (1_000, true), (700, false), (1_500, true), (2_000, false)] {
            signal.note(high, MonoMs(ms));
        }
        let changes: Vec<_> = signal.changes().map(|(at, high)| (at.0, high)).collect();
        assert_eq!(changes, [(0, false), (1_000, true), (2_000, false)]);
        assert_eq!((signal.is_high(), signal.heard()), (Some(false), Some(MonoMs(2_000))));
        for i in 0..1_000 {
            signal.note(i % 2 == 0, MonoMs(3_000 + i));
        }
        assert_eq!(signal.changes().len(), CHANGES_MAX);
    }
}
