use std::time::Duration;
use tokio::time::Instant;

/// Lets a few messages through per period and counts the others, so that a flood of events is no flood of log lines.
#[derive(Debug)]
pub(crate) struct RateLimit {
    period: Duration,
    burst: u32,
    ends_at: Option<Instant>,
    passed: u32,
    suppressed: u64,
}

impl RateLimit {
    /// One message per period.
    pub(crate) const fn new(period: Duration) -> Self {
        Self { period, burst: 1, ends_at: None, passed: 0, suppressed: 0 }
    }

    /// So many messages per period.
    pub(crate) const fn burst(mut self, burst: u32) -> Self {
        self.burst = burst;
        self
    }

    /// `Some` when a line may be written now: how many were left out before it.
    pub(crate) fn pass(&mut self) -> Option<u64> {
        let now = Instant::now();
        if self.ends_at.is_none_or(|ends_at| now >= ends_at) {
            (self.ends_at, self.passed) = (Some(now + self.period), 0);
        }
        if self.passed >= self.burst {
            self.suppressed += 1;
            return None;
        }
        self.passed += 1;
        Some(std::mem::take(&mut self.suppressed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_line_per_period() {
        let mut limit = RateLimit::new(Duration::from_secs(10));
        assert_eq!([limit.pass(), limit.pass(), limit.pass()], [Some(0), None, None]);
        tokio::time::advance(Duration::from_secs(10)).await;
        assert_eq!([limit.pass(), limit.pass()], [Some(2), None]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_few_lines_per_period() {
        let mut limit = RateLimit::new(Duration::from_secs(10)).burst(2);
        assert_eq!([limit.pass(), limit.pass(), limit.pass()], [Some(0), Some(0), None]);
        tokio::time::advance(Duration::from_secs(10)).await;
        assert_eq!([limit.pass(), limit.pass(), limit.pass()], [Some(1), Some(0), None]);
    }
}
