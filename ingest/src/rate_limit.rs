use std::time::Duration;
use tokio::time::Instant;

/// Lets one message through per period and counts the others, so that a flood of events is no flood of log lines.
#[derive(Debug)]
pub(crate) struct RateLimit {
    period: Duration,
    open_at: Option<Instant>,
    suppressed: u64,
}

impl RateLimit {
    pub(crate) const fn new(period: Duration) -> Self {
        Self { period, open_at: None, suppressed: 0 }
    }

    /// `Some` when a line may be written now: how many were left out before it.
    pub(crate) fn pass(&mut self) -> Option<u64> {
        let now = Instant::now();
        if self.open_at.is_some_and(|open_at| now < open_at) {
            self.suppressed += 1;
            return None;
        }
        self.open_at = Some(now + self.period);
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
}
