use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How long something took, each time, in buckets.
#[derive(Debug, Default)]
pub struct Histogram {
    buckets: [AtomicU64; Histogram::BOUNDS_US.len() + 1],
    sum_us: AtomicU64,
}

/// A histogram at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistogramCounts {
    /// How many took no longer than the bound of the same place, and longer than the bound before; the last has no bound.
    pub counts: Vec<u64>,
    /// All of it together, in microseconds.
    pub sum_us: u64,
}

impl Histogram {
    /// The upper bounds of the buckets, in microseconds.
    pub const BOUNDS_US: [u64; 14] = [
        100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000, 60_000_000,
    ];

    /// Counts one.
    pub fn note(&self, took: Duration) {
        let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = Self::BOUNDS_US.partition_point(|bound| *bound < took_us);
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        self.sum_us.fetch_add(took_us, Ordering::Relaxed);
    }

    /// What was counted so far.
    #[must_use]
    pub fn counts(&self) -> HistogramCounts {
        let counts = self.buckets.iter().map(|bucket| bucket.load(Ordering::Relaxed)).collect();
        HistogramCounts { counts, sum_us: self.sum_us.load(Ordering::Relaxed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets() {
        let histogram = Histogram::default();
        for us in [1, 100, 101, 250, 60_000_000, 60_000_001] {
            histogram.note(Duration::from_micros(us));
        }
        let HistogramCounts { counts, sum_us } = histogram.counts();
        assert_eq!(counts, [2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
        assert_eq!(sum_us, 120_000_453);
    }
}
