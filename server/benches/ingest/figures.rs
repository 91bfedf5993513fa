//! What is measured, and what is made of it.

use std::time::Duration;

/// How long things took, in microseconds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Latencies(Vec<u32>);

impl Latencies {
    pub(crate) fn note(&mut self, took: Duration) {
        self.0.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// Milliseconds below which this share of them lies; the share is from 0 to 1.
    fn quantile_ms(&self, share: f64) -> Option<f64> {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an index"
        )]
        let at = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
        sorted.get(at).map(|us| f64::from(*us) / 1e3)
    }
}

/// The figures of one case in one round; none where there is nothing to measure.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Figures {
    /// Frames taken, per second.
    pub(crate) accepted: Option<f64>,
    /// Frames acknowledged, which are on the disk then, per second.
    pub(crate) durable: Option<f64>,
    /// Events, or records of any kind where there are no events, that reach the main database, per second.
    pub(crate) stored: Option<f64>,
    pub(crate) p50_ms: Option<f64>,
    pub(crate) p99_ms: Option<f64>,
    /// Of the process under load.
    pub(crate) cpu_us_per_frame: Option<f64>,
    pub(crate) kb_per_connection: Option<f64>,
    pub(crate) resident_mb: Option<f64>,
}

impl Figures {
    /// What so many frames have cost.
    pub(crate) fn of(frames: u64, cpu: Duration, latencies: &Latencies) -> Self {
        Self {
            p50_ms: latencies.quantile_ms(0.5),
            p99_ms: latencies.quantile_ms(0.99),
            cpu_us_per_frame: (frames > 0).then(|| cpu.as_secs_f64() * 1e6 / as_f64(frames)),
            ..Self::default()
        }
    }

    pub(crate) fn columns(&self) -> [Option<f64>; 8] {
        let Self { accepted, durable, stored, p50_ms, p99_ms, cpu_us_per_frame, kb_per_connection, resident_mb } =
            *self;
        [accepted, durable, stored, p50_ms, p99_ms, cpu_us_per_frame, kb_per_connection, resident_mb]
    }
}

pub(crate) fn per_second(count: u64, seconds: f64) -> f64 {
    as_f64(count) / seconds
}

/// The middle one, or the mean of the two in the middle.
pub(crate) fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    let upper = *numbers.get(middle)?;
    Some(if numbers.len() % 2 == 1 { upper } else { f64::midpoint(numbers[middle - 1], upper) })
}

#[allow(clippy::cast_precision_loss, reason = "counts of frames and bytes, far below 2^52")]
pub(crate) fn as_f64(count: u64) -> f64 {
    count as f64
}
