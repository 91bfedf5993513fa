//! What a detector says, before any filter: for whoever finds out which detector is which, or tries another filter.

use domain::MonoMs;
use std::collections::VecDeque;

/// The raw signal of one detector, as it was lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    changes: VecDeque<(MonoMs, bool)>,
    heard: Option<MonoMs>,
    memory: Memory,
}

/// How much is remembered. There may be thousands of channels, but there are a hundred booths of boards without a name at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Memory {
    ms: u64,
    changes_max: usize,
}

impl Signal {
    /// Of a channel, whose events are kept elsewhere: a minute.
    pub(crate) const fn of_channel() -> Self {
        Self::new(Memory { ms: 60_000, changes_max: 120 })
    }

    /// Of a booth, whose samples are kept nowhere else: an hour, or ten minutes where it changes with every sample.
    pub(crate) const fn of_booth() -> Self {
        Self::new(Memory { ms: 3_600_000, changes_max: 1_200 })
    }

    const fn new(memory: Memory) -> Self {
        Self { changes: VecDeque::new(), heard: None, memory }
    }

    /// What it said then. What is older than what is known is passed over.
    pub(crate) fn note(&mut self, high: bool, at: MonoMs) {
        if self.heard.is_some_and(|heard| at < heard) {
            return;
        }
        self.heard = Some(at);
        if self.changes.back().is_none_or(|(_, known)| *known != high) {
            self.forget_old(at);
            self.changes.push_back((at, high));
        }
    }

    /// What was so when the memory begins stays.
    fn forget_old(&mut self, now: MonoMs) {
        let is_over = |next: &(MonoMs, bool)| now.since(next.0) >= self.memory.ms;
        while self.changes.len() >= self.memory.changes_max || self.changes.get(1).is_some_and(is_over) {
            self.changes.pop_front();
        }
        if self.changes.capacity() > 4 * (self.changes.len() + 4) {
            self.changes.shrink_to(2 * self.changes.len());
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

    fn changes(signal: &Signal) -> Vec<(u64, bool)> {
        signal.changes().map(|(at, high)| (at.0, high)).collect()
    }

    #[test]
    fn only_changes_are_kept() {
        let mut signal = Signal::of_channel();
        assert_eq!((signal.is_high(), signal.heard()), (None, None));
        for (ms, high) in [(0, false), (500, false), (1_000, true), (700, false), (1_500, true), (2_000, false)] {
            signal.note(high, MonoMs(ms));
        }
        assert_eq!(changes(&signal), [(0, false), (1_000, true), (2_000, false)]);
        assert_eq!((signal.is_high(), signal.heard()), (Some(false), Some(MonoMs(2_000))));
    }

    #[test]
    fn memory_is_short() {
        let mut signal = Signal::of_channel();
        for i in 0..1_000 {
            signal.note(i % 2 == 0, MonoMs(i));
        }
        assert_eq!(signal.changes().len(), 120);
        signal.note(true, MonoMs(60_990));
        // What was so a minute ago, and since.
        assert_eq!(changes(&signal).first(), Some(&(990, true)));
        signal.note(false, MonoMs(500_000));
        assert_eq!(changes(&signal), [(60_990, true), (500_000, false)]);
        assert!(signal.changes.capacity() <= 20, "{}", signal.changes.capacity());
    }
}
