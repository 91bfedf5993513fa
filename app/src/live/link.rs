//! How the page stands with the server.

use domain::Moment;

/// The link as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// The page has just been opened.
    Connecting,
    /// The server has spoken lately.
    Live,
    /// The connection is broken or silent; what is shown is this old.
    Stale { silent_s: u64 },
    /// Silent for so long that nothing can be said of any booth.
    Down { silent_s: u64 },
}

impl Link {
    /// The word used in the markup.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Live => "live",
            Self::Stale { .. } => "stale",
            Self::Down { .. } => "down",
        }
    }
}

/// What is known of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Contact {
    /// When the page began to listen, or last heard something.
    since: Option<Moment>,
    heard: bool,
    connected: bool,
    silent_s: u64,
    /// The page was old when it was opened: it was kept, and the server is not heard.
    was_kept: bool,
}

impl Contact {
    /// The server sends a heartbeat every 10 s; this much silence is more than a delay.
    const SILENT_MAX_S: u64 = 14;
    /// After this, no colour is shown any more; a second before the promised 25 s.
    const DOWN_AFTER_S: u64 = 24;

    /// A page that comes from the browser's keep, until it hears the server.
    pub(super) const LOST: Self = Self { since: None, heard: false, connected: false, silent_s: 0, was_kept: true };

    /// A message has come in: `then` into the browser, `now` into this tab. What was missed comes in late, behind newer
    /// words perhaps.
    pub(crate) fn heard(&mut self, then: Moment, now: Moment) {
        // By both clocks: one of them may have been set back, or be younger than what another tab heard.
        let newer = self.since.filter(|since| self.heard && since.at > then.at && since.mono >= then.mono);
        *self = Self { since: newer.or(Some(then)), heard: true, was_kept: false, ..*self };
        self.tick(true, now);
    }

    /// Time has passed: a second, or the night that a laptop slept.
    pub(crate) fn tick(&mut self, connected: bool, now: Moment) {
        let since = *self.since.get_or_insert(now);
        // Either clock may stand still: one while the machine sleeps, the other when it is set back.
        self.silent_s = now.at.since(since.at).max(now.mono.since(since.mono)) / 1_000;
        self.connected = connected;
    }

    /// The seconds of a silence that is too long to believe anything; none before.
    pub(super) fn dead_for_s(self) -> Option<u64> {
        (self.was_kept || self.silent_s >= Self::DOWN_AFTER_S).then_some(self.silent_s)
    }

    pub(crate) fn link(self) -> Link {
        let silent_s = self.silent_s;
        if let Some(silent_s) = self.dead_for_s() {
            Link::Down { silent_s }
        } else if !self.heard {
            Link::Connecting
        } else if self.connected && silent_s <= Self::SILENT_MAX_S {
            Link::Live
        } else {
            Link::Stale { silent_s }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{MonoMs, UtcMs};

    fn at_s(utc_s: i64, mono_s: u64) -> Moment {
        Moment { at: UtcMs(utc_s * 1_000), mono: MonoMs(mono_s * 1_000) }
    }

    /// Events as text: `h` heard, `.` a connected second, `x` a broken one. The answer: the links, each once.
    fn check(events: &str, expect: &str) {
        let mut contact = Contact::default();
        contact.tick(false, at_s(0, 0));
        let mut seen = vec![contact.link().as_str()];
        let mut now_s = 0;
        for event in events.chars() {
            let now = at_s(now_s, u64::try_from(now_s).expect("small"));
            match event {
                'h' => contact.heard(now, now),
                event => {
                    now_s += 1;
                    contact.tick(event == '.', at_s(now_s, u64::try_from(now_s).expect("small")));
                }
            }
            seen.push(contact.link().as_str());
        }
        seen.dedup();
        assert_eq!(seen.join(" "), expect, "{events}");
    }

    #[test]
    fn links() {
        check("", "connecting");
        check("..h..........h", "connecting live");
        check("hx", "connecting live stale");
        check("hxxxh", "connecting live stale live");
        check(&format!("h{}", ".".repeat(30)), "connecting live stale down");
        check(&"x".repeat(30), "connecting down");
        check(&format!("{}h", "x".repeat(30)), "connecting down live");
    }

    #[test]
    fn a_kept_page_is_lost_until_it_hears_the_server() {
        let mut contact = Contact::LOST;
        assert!(matches!(contact.link(), Link::Down { .. }));
        contact.tick(true, at_s(0, 0));
        assert!(matches!(contact.link(), Link::Down { .. }));
        contact.heard(at_s(1, 1), at_s(1, 1));
        assert_eq!(contact.link(), Link::Live);
    }

    #[test]
    fn a_night_counts_whichever_clock_saw_it() {
        for wake in [at_s(8 * 3_600, 5), at_s(5, 8 * 3_600)] {
            let mut contact = Contact::default();
            contact.heard(at_s(0, 0), at_s(0, 0));
            contact.tick(true, wake);
            assert!(matches!(contact.link(), Link::Down { .. }), "{wake:?}");
        }
    }

    #[test]
    fn what_another_tab_heard_long_ago_is_old() {
        let now = at_s(100, 100);
        let check = |ages: &[u64], expect: &str| {
            let mut contact = Contact::default();
            for age in ages {
                contact.heard(at_s(100 - i64::try_from(*age).expect("small"), 100 - age), now);
            }
            assert_eq!(contact.link().as_str(), expect, "{ages:?}");
        };
        check(&[9], "live");
        check(&[15], "stale");
        check(&[90], "down");
        // What was missed comes in its order, or behind newer words.
        check(&[90, 15, 2], "live");
        check(&[2, 15, 90], "live");
    }

    #[test]
    fn rare_ticks_of_a_page_in_the_background_are_no_silence() {
        let mut contact = Contact::default();
        for minute in 0..5 {
            contact.heard(at_s(minute * 60 + 55, 0), at_s(minute * 60 + 55, 0));
            contact.tick(true, at_s(minute * 60 + 60, 5));
            assert_eq!(contact.link(), Link::Live);
        }
    }
}
