//! How long somebody stays signed in.

use crate::UtcMs;
use serde::{Deserialize, Serialize};

/// The row of a session; not its secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(pub i64);

/// When a session ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without a request.
    pub idle_ms: i64,
    /// Since it began, whatever is asked.
    pub total_ms: i64,
}

impl SessionLimits {
    /// Whether a session that began and was last used then still holds. A clock that was set back ends none.
    #[must_use]
    pub fn hold(self, created_at: UtcMs, seen_at: UtcMs, now: UtcMs) -> bool {
        now.0.saturating_sub(seen_at.0) < self.idle_ms && now.0.saturating_sub(created_at.0) < self.total_ms
    }

    /// What was used last before this instant has ended.
    #[must_use]
    pub fn idle_since(self, now: UtcMs) -> UtcMs {
        UtcMs(now.0.saturating_sub(self.idle_ms))
    }

    /// What began before this instant has ended.
    #[must_use]
    pub fn old_since(self, now: UtcMs) -> UtcMs {
        UtcMs(now.0.saturating_sub(self.total_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_and_total() {
        let limits = SessionLimits { idle_ms: 100, total_ms: 1_000 };
        let cases = [
            (0, 0, 0, true),
            (0, 0, 99, true),
            (0, 0, 100, false),
            (0, 950, 999, true),
            (0, 950, 1_000, false),
            (500, 500, 0, true),
        ];
        for (created, seen, now, expect) in cases {
            let holds = limits.hold(UtcMs(created), UtcMs(seen), UtcMs(now));
            assert_eq!(holds, expect, "{created} {seen} {now}");
            let ended = seen <= limits.idle_since(UtcMs(now)).0 || created <= limits.old_since(UtcMs(now)).0;
            assert_eq!(!ended, expect, "{created} {seen} {now}: the same as for the table");
        }
    }
}
