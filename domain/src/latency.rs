//! How long something takes, over its newest occurrences.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// The newest latencies, up to [`Self::SAMPLES_MAX`].
#[derive(Debug, Clone, Default)]
pub struct LatencyWindow {
    samples_us: VecDeque<u32>,
}

/// Percentiles of a [`LatencyWindow`], in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LatencySummary {
    /// How many were measured.
    pub count: usize,
    /// Half took no longer.
    pub p50_ms: f64,
    /// 95 of 100 took no longer.
    pub p95_ms: f64,
    /// 99 of 100 took no longer.
    pub p99_ms: f64,
}

impl LatencyWindow {
    /// How many of the newest are looked at.
    pub const SAMPLES_MAX: usize = 1_000;

    /// Notes how long one took, in microseconds.
    pub fn note_us(&mut self, took_us: u32) {
        if self.samples_us.len() == Self::SAMPLES_MAX {
            self.samples_us.pop_front();
        }
        self.samples_us.push_back(took_us);
    }

    /// The percentiles of what was noted; none before the first.
    #[must_use]
    pub fn summary(&self) -> Option<LatencySummary> {
        let mut sorted: Vec<u32> = self.samples_us.iter().copied().collect();
        sorted.sort_unstable();
        let percentile_ms = |percent: usize| {
            let rank = (sorted.len() * percent).div_ceil(100).max(1);
            sorted.get(rank - 1).map(|us| f64::from(*us) / 1_000.0)
        };
        Some(LatencySummary {
            count: sorted.len(),
            p50_ms: percentile_ms(50)?,
            p95_ms: percentile_ms(95)?,
            p99_ms: percentile_ms(99)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles() {
        let mut latency = LatencyWindow::default();
        assert_eq!(latency.summary(), None);
        latency.note_us(7_000);
        let one = LatencySummary { count: 1, p50_ms: 7.0, p95_ms: 7.0, p99_ms: 7.0 };
        assert_eq!(latency.summary(), Some(one));
        for ms in (1..=1_000).rev() {
            latency.note_us(ms * 1_000);
        }
        let expect = LatencySummary { count: 1_000, p50_ms: 500.0, p95_ms: 950.0, p99_ms: 990.0 };
        assert_eq!(latency.summary(), Some(expect));
    }
}
