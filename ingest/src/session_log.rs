use crate::SessionEnd;
use crate::rate_limit::RateLimit;
use crate::v1::Tally;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Lines that are written in full within a period; a flood of sessions is no flood of lines.
const LINES_MAX: u32 = 40;
const PERIOD: Duration = Duration::from_secs(10);

/// Writes a line for each session that ends.
#[derive(Debug)]
pub(crate) struct SessionLog(Mutex<RateLimit>);

impl Default for SessionLog {
    fn default() -> Self {
        Self(Mutex::new(RateLimit::new(PERIOD).burst(LINES_MAX)))
    }
}

impl SessionLog {
    pub(crate) fn note(&self, end: SessionEnd, peer: SocketAddr, tally: &Tally, lasted: Duration) {
        let Some(suppressed) = self.0.lock().unwrap_or_else(PoisonError::into_inner).pass() else { return };
        let Tally { answers_good, answers_dropped, .. } = *tally;
        let lasted_s = lasted.as_secs();
        if end.is_ordinary() && answers_dropped == 0 {
            tracing::info!(%peer, %end, lasted_s, answers_good, suppressed, "board connection ended");
            return;
        }
        let first = tally.first_dropped.as_ref();
        let dropped_for = first.map(|(error, _)| error.as_str());
        let dropped_bytes = first.map(|(_, bytes)| tracing::field::display(bytes.escape_ascii()));
        tracing::warn!(
            %peer, %end, lasted_s, answers_good, answers_dropped, dropped_for, dropped_bytes, suppressed,
            "board connection ended"
        );
    }
}
