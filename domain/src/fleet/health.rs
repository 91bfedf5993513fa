//! How a board is, in a word.

use crate::UtcMs;

/// How a board is. In the order in which somebody should look: the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BoardHealth {
    /// Two of its name displace each other; both are kept out.
    Quarantined,
    /// It should be here, and is not, for so long that it will hardly come by itself.
    Offline {
        /// When it was last heard, or should have woken up.
        since_at: UtcMs,
    },
    /// It should be here, and is not, but not for long.
    Late {
        /// When it was last heard, or should have woken up.
        since_at: UtcMs,
    },
    /// It was never heard.
    Never,
    /// It sleeps, as it was told.
    Asleep {
        /// Until then, by its own rough clock.
        until_at: UtcMs,
    },
    /// It is here.
    Online,
}

/// Where a board is by the live state, which has the better clock for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoardPresence {
    /// It has a session, or answers.
    Here,
    /// It sleeps, as it was told.
    Asleep {
        /// Until then.
        until_at: UtcMs,
    },
    /// Nothing is heard.
    Missing,
    /// It is kept out.
    Quarantined,
}

/// A sleep that a board has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardSleep {
    /// When it went.
    pub from_at: UtcMs,
    /// When it should wake up.
    pub until_at: UtcMs,
}

/// What is known of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardSigns {
    /// Where it is by the live state.
    pub presence: BoardPresence,
    /// When it was last heard, in this run of the server or an earlier one.
    pub heard_at: Option<UtcMs>,
    /// The sleep that its last session ended with.
    pub sleep: Option<BoardSleep>,
}

/// Late becomes offline.
const LATE_MAX_MS: u64 = 5 * 60_000;

impl BoardSleep {
    /// From when on a board that has not woken up is late: its clock is rough, and it has to find the network.
    #[must_use]
    pub fn late_at(self) -> UtcMs {
        let asleep_ms = self.until_at.since(self.from_at);
        self.from_at.plus(asleep_ms + asleep_ms / 4 + 60_000)
    }
}

impl BoardHealth {
    /// Judges by the signs.
    #[must_use]
    pub fn of(signs: BoardSigns, now: UtcMs) -> Self {
        match signs.presence {
            BoardPresence::Quarantined => Self::Quarantined,
            BoardPresence::Here => Self::Online,
            BoardPresence::Asleep { until_at } => Self::Asleep { until_at },
            BoardPresence::Missing => Self::of_missing(signs, now),
        }
    }

    fn of_missing(signs: BoardSigns, now: UtcMs) -> Self {
        let slept = signs.sleep.filter(|sleep| signs.heard_at.is_none_or(|heard_at| heard_at <= sleep.from_at));
        let (since_at, late_at) = match (slept, signs.heard_at) {
            // The server was started while it slept.
            (Some(sleep), _) if now < sleep.late_at() => return Self::Asleep { until_at: sleep.until_at },
            (Some(sleep), _) => (sleep.until_at, sleep.late_at()),
            (None, Some(heard_at)) => (heard_at, heard_at),
            (None, None) => return Self::Never,
        };
        if now.since(late_at) < LATE_MAX_MS { Self::Late { since_at } } else { Self::Offline { since_at } }
    }

    /// The word for it, in markup and for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quarantined => "quarantined",
            Self::Offline { .. } => "offline",
            Self::Late { .. } => "late",
            Self::Never => "never",
            Self::Asleep { .. } => "asleep",
            Self::Online => "online",
        }
    }

    /// Whether somebody should look.
    #[must_use]
    pub const fn is_problem(self) -> bool {
        matches!(self, Self::Quarantined | Self::Offline { .. } | Self::Late { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UtcMs = UtcMs(1_000_000_000);

    fn minutes_ago(minutes: u64) -> UtcMs {
        NOW.minus(minutes * 60_000)
    }

    #[test]
    fn words() {
        use BoardPresence::{Asleep, Here, Missing, Quarantined};
        let nap = |from: u64, minutes: u64| {
            let from_at = minutes_ago(from);
            Some(BoardSleep { from_at, until_at: from_at.plus(minutes * 60_000) })
        };
        let cases = [
            (Here, None, None, "online"),
            (Quarantined, Some(1), None, "quarantined"),
            (Asleep { until_at: NOW }, Some(1), None, "asleep"),
            (Missing, None, None, "never"),
            (Missing, Some(4), None, "late"),
            (Missing, Some(5), None, "offline"),
            // An hour, and a quarter of it, and a minute: 76; then five more.
            (Missing, Some(75), nap(75, 60), "asleep"),
            (Missing, Some(76), nap(76, 60), "late"),
            (Missing, Some(80), nap(80, 60), "late"),
            (Missing, Some(81), nap(81, 60), "offline"),
            // It has woken up since.
            (Missing, Some(10), nap(75, 60), "offline"),
        ];
        for (presence, heard, sleep, expect) in cases {
            let signs = BoardSigns { presence, heard_at: heard.map(minutes_ago), sleep };
            assert_eq!(BoardHealth::of(signs, NOW).as_str(), expect, "{signs:?}");
        }
    }

    #[test]
    fn the_worst_comes_first() {
        let at = |since_at| [BoardHealth::Offline { since_at }, BoardHealth::Late { since_at }];
        let [offline, late] = at(NOW);
        let mut all = [BoardHealth::Online, late, BoardHealth::Never, offline, BoardHealth::Quarantined];
        all.sort();
        assert_eq!(all.map(BoardHealth::as_str), ["quarantined", "offline", "late", "never", "online"]);
    }
}
