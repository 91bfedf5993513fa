//! The words of this page.

use super::{en, fr};
use crate::reader::{Locale, use_reader};
use domain::{AlertKind, AlertSubject};

/// The words of one language.
pub(crate) struct AlertWords {
    pub(crate) title: &'static str,
    /// What the number of those that wait is called, for who does not see it.
    pub(crate) waiting: fn(usize) -> String,
    pub(super) open: fn(usize) -> String,
    pub(super) none_open: &'static str,
    pub(super) past: &'static str,
    pub(super) none_past: &'static str,
    pub(super) past_away: &'static str,
    pub(super) older: &'static str,
    pub(super) what: &'static str,
    pub(super) subject: &'static str,
    pub(super) kind: fn(AlertKind) -> &'static str,
    /// What is wrong, with what.
    pub(super) say: fn(AlertKind, &AlertSubject, &str) -> String,
    /// What to do.
    pub(super) advice: fn(AlertKind) -> &'static str,
    /// Since when, last seen when, how often.
    pub(super) times: fn(&str, &str, u32) -> String,
    /// From when, until when, how often.
    pub(super) was: fn(&str, &str, u32) -> String,
    pub(super) look: &'static str,
    pub(super) acknowledge: &'static str,
    pub(super) note: &'static str,
    pub(super) seen: &'static str,
    pub(super) seen_by: fn(&str, &str) -> String,
    pub(crate) done: &'static str,
    pub(crate) seen_before: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) note_too_long: &'static str,
    pub(crate) away: &'static str,
}

/// The words of the reader's language.
pub(crate) fn use_alert_words() -> &'static AlertWords {
    match use_reader().locale {
        Locale::Fr => &fr::WORDS,
        Locale::En => &en::WORDS,
    }
}

/// The number or name of a subject, without its kind.
pub(super) fn name(subject: &AlertSubject) -> String {
    match subject {
        AlertSubject::System => String::new(),
        AlertSubject::Board(board) => board.to_string(),
        AlertSubject::Booth(booth) => booth.to_string(),
        AlertSubject::Floor(floor) => floor.to_string(),
    }
}
