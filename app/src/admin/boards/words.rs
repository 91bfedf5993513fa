//! The words of the pages about boards.

mod en;
mod fr;

use super::view::{BoardRefusal, BoardTold, FleetShow, FleetSort, Suspicion};
use crate::reader::{Locale, use_reader};
use domain::{BatteryOutlook, BoardCommand, BoardHealth, CommandState};

/// What the log of changes has of boards.
pub(crate) const ACTIONS: [&str; 10] = [
    "board.created",
    "board.key_issued",
    "board.key_rotated",
    "board.key_revoked",
    "board.renamed",
    "board.configured",
    "board.told",
    "board.told_not_to",
    "board.confirmed",
    "board.retired",
];

/// All of them, in one language.
pub(crate) struct BoardWords {
    pub(crate) boards: &'static str,
    pub(super) all_boards: &'static str,
    pub(super) new_board: &'static str,
    /// So many, of which so many need somebody.
    pub(super) summary: fn(usize, usize) -> String,
    pub(super) none: &'static str,
    pub(super) board: &'static str,
    pub(super) state: &'static str,
    pub(super) seen: &'static str,
    pub(super) battery: &'static str,
    pub(super) signal: &'static str,
    pub(super) firmware: &'static str,
    pub(super) sort_by: fn(FleetSort) -> &'static str,
    pub(super) search: &'static str,
    pub(super) show: &'static str,
    pub(super) show_what: fn(FleetShow) -> &'static str,
    pub(super) apply: &'static str,
    /// How it is; the text is the time that belongs to it.
    pub(super) health: fn(BoardHealth, &str) -> String,
    pub(super) health_what: fn(BoardHealth) -> &'static str,
    pub(super) retired: &'static str,
    pub(super) suspicion: fn(Suspicion) -> &'static str,
    pub(super) suspicion_what: fn(Suspicion) -> &'static str,
    pub(super) never: &'static str,
    /// So many seconds ago.
    pub(super) ago: fn(u64) -> String,
    /// In so many seconds.
    pub(super) ahead: fn(u64) -> String,
    /// For so many seconds.
    pub(super) lasting: fn(u64) -> String,
    pub(super) expected: fn(&str) -> String,
    pub(super) outlook: fn(BatteryOutlook) -> String,
    pub(super) volts: fn(u16) -> String,
    pub(super) up_for: fn(&str) -> String,
    pub(super) reset: fn(&str) -> String,
    pub(super) protocol_2016: &'static str,
    pub(super) protocol_2016_what: &'static str,
    /// From, to, lowest, highest, as texts.
    pub(super) battery_curve: fn(&str, &str) -> String,
    pub(super) signal_curve: fn(&str, &str) -> String,
    pub(super) no_curve: &'static str,
    pub(super) booths: &'static str,
    pub(super) booth: fn(u32) -> String,
    pub(super) no_booths: &'static str,
    pub(super) channel: fn(u8) -> String,
    pub(super) curves: &'static str,
    pub(super) range: fn(&str) -> &'static str,
    pub(super) keys: &'static str,
    pub(super) key_version: fn(u8) -> String,
    pub(super) key_since: fn(&str) -> String,
    pub(super) key_revoked: fn(&str) -> String,
    pub(super) key_used: &'static str,
    pub(super) key_old: &'static str,
    pub(super) give_key: &'static str,
    pub(super) give_key_what: &'static str,
    pub(super) rotate: &'static str,
    pub(super) rotate_what: &'static str,
    pub(super) revoke: &'static str,
    pub(super) revoke_what: &'static str,
    pub(super) revoke_sure: &'static str,
    pub(super) tell_it: &'static str,
    pub(super) command: fn(BoardCommand) -> String,
    pub(super) identify: &'static str,
    pub(super) identify_what: &'static str,
    pub(super) reboot: &'static str,
    pub(super) reboot_what: &'static str,
    pub(super) sleep: &'static str,
    pub(super) sleep_s: &'static str,
    pub(super) sleep_what: &'static str,
    pub(super) waits_what: &'static str,
    pub(super) commands: &'static str,
    pub(super) command_state: fn(&CommandState) -> String,
    pub(super) asked: fn(&str, &str) -> String,
    pub(super) take_back: &'static str,
    pub(super) settings: &'static str,
    pub(super) label: &'static str,
    pub(super) label_hint: &'static str,
    pub(super) heartbeat: &'static str,
    pub(super) heartbeat_hint: fn(u16) -> String,
    pub(super) save: &'static str,
    pub(super) confirm: &'static str,
    pub(super) retire: &'static str,
    pub(super) retire_what: &'static str,
    pub(super) retire_sure: &'static str,
    pub(super) sessions: &'static str,
    pub(super) no_sessions: &'static str,
    pub(super) session_goes_on: &'static str,
    pub(super) session_end: fn(&str) -> String,
    pub(super) id: &'static str,
    pub(super) id_hint: &'static str,
    pub(super) channels: &'static str,
    pub(super) create: &'static str,
    pub(super) create_what: &'static str,
    pub(super) key_for: fn(&str) -> String,
    pub(super) key_once: &'static str,
    pub(super) key_text: &'static str,
    pub(super) line: &'static str,
    pub(super) line_what: &'static str,
    pub(super) line_wifi: &'static str,
    pub(super) code: &'static str,
    pub(super) code_what: &'static str,
    pub(super) to_board: &'static str,
    pub(super) told: fn(BoardTold) -> &'static str,
    pub(super) refused: fn(BoardRefusal) -> &'static str,
    action: fn(&str) -> Option<&'static str>,
}

/// The words of the reader's language.
pub(crate) fn use_board_words() -> &'static BoardWords {
    of(use_reader().locale)
}

const fn of(locale: Locale) -> &'static BoardWords {
    match locale {
        Locale::Fr => &fr::WORDS,
        Locale::En => &en::WORDS,
    }
}

impl BoardWords {
    /// What came of something that was done.
    pub(crate) fn say(&self, told: BoardTold) -> &'static str {
        match told {
            BoardTold::Refused(refusal) => (self.refused)(refusal),
            told => (self.told)(told),
        }
    }
}

/// What the log calls something that was done about a board.
pub(crate) fn name_action(locale: Locale, action: &str) -> Option<&'static str> {
    (of(locale).action)(action)
}

/// A length of time as its two largest units, each with the letters behind it: days, hours, minutes, seconds.
fn lasting(seconds: u64, [d, h, min, s]: [&str; 4]) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds}\u{a0}{s}"),
        (0, 0, minutes) => format!("{minutes}\u{a0}{min}"),
        (0, hours, 0) => format!("{hours}\u{a0}{h}"),
        (0, hours, minutes) => format!("{hours}\u{a0}{h} {minutes}\u{a0}{min}"),
        (days, 0, _) => format!("{days}\u{a0}{d}"),
        (days, hours, _) => format!("{days}\u{a0}{d} {hours}\u{a0}{h}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        let units = ["d", "h", "min", "s"];
        let cases = [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (3_600, "1 h"),
            (3_660, "1 h 1 min"),
            (86_400, "1 d"),
            (90_000, "1 d 1 h"),
        ];
        for (seconds, expect) in cases {
            assert_eq!(lasting(seconds, units).replace('\u{a0}', " "), expect);
        }
    }

    #[test]
    fn every_action_has_words() {
        for locale in Locale::ALL {
            assert!(ACTIONS.iter().all(|action| name_action(locale, action).is_some()));
            assert_eq!(name_action(locale, "board.eaten"), None);
        }
    }
}
