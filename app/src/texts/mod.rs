//! Every word on the pages, in each language.
//!
//! One structure, one value of it per language: a text that one language lacks does not compile, and the wasm carries
//! no parser and no key strings. Plurals are functions, so each language follows its own rule.

pub(crate) mod editor;
mod en;
mod fr;
mod list;
mod qr;
mod search;
mod settings;
mod shortcuts;

pub(crate) use list::ListTexts;
pub(crate) use qr::QrTexts;
pub(crate) use search::SearchTexts;
pub(crate) use settings::{SettingTexts, SettingsTexts};
pub(crate) use shortcuts::ShortcutTexts;
mod go;
mod map;
mod usual;

pub(crate) use usual::describe_hour;
mod notices;

use crate::backend::BoardCounts;
use crate::live::Link;
use crate::reader::{Locale, use_reader};
use domain::{BoothNumber, BoothStatus, FloorNumber, LatencySummary, Weekday};
use map::MapTexts;
use notices::NoticeTexts;

/// The words of one language.
pub(crate) struct Texts {
    /// What the product is, for search engines and screen readers.
    pub(crate) description: &'static str,
    pub(crate) floor: fn(FloorNumber) -> String,
    pub(crate) floors: &'static str,
    /// The short count beside a floor's tab.
    pub(crate) free_count: fn(usize) -> String,
    /// Said instead of a count when no booth of the floor is known.
    pub(crate) count_unknown: &'static str,
    pub(crate) booth: fn(BoothNumber) -> String,
    pub(crate) booths: &'static str,
    pub(crate) status: fn(BoothStatus) -> &'static str,
    /// Why a status is grey; nothing for the others, which speak for themselves.
    pub(crate) status_reason: fn(BoothStatus) -> Option<&'static str>,
    /// How long: "5 min".
    pub(crate) elapsed: fn(u64) -> String,
    /// "since 14:32".
    pub(crate) since: fn(&str) -> String,
    /// "until 14:05", "until Monday 09:00"; follows the word of a status.
    pub(crate) until: fn(&str) -> String,
    pub(crate) weekday: fn(Weekday) -> &'static str,
    /// Instead of [`Self::until`] for 7 days and more.
    pub(crate) for_days: fn(i32) -> String,
    pub(crate) link: fn(Link) -> String,
    /// Why all booths are grey when the server is silent.
    pub(crate) link_down_reason: &'static str,
    /// Over a map whose data is too old.
    pub(crate) link_down_banner: &'static str,
    pub(crate) zoom_in: &'static str,
    pub(crate) zoom_out: &'static str,
    pub(crate) fit: &'static str,
    pub(crate) actual_size: &'static str,
    pub(crate) map_tools: &'static str,
    pub(crate) close: &'static str,
    pub(crate) language: &'static str,
    pub(crate) became_free: fn(usize, FloorNumber) -> String,
    pub(crate) became_occupied: fn(usize, FloorNumber) -> String,
    pub(crate) became_unknown: fn(usize, FloorNumber) -> String,
    pub(crate) booth_not_found: fn(BoothNumber) -> String,
    /// For readers without scripts: of when the page is.
    pub(crate) as_of: fn(&str) -> String,
    pub(crate) page_not_found: &'static str,
    pub(crate) floor_not_found: fn(FloorNumber) -> String,
    pub(crate) server_unreachable: &'static str,
    pub(crate) no_floor: &'static str,
    pub(crate) to_the_map: &'static str,
    pub(crate) status_page: &'static str,
    /// From the sensor's answer to the stream, as the server measured it.
    pub(crate) publication: &'static str,
    /// From the stream to this page.
    pub(crate) arrival: &'static str,
    pub(crate) latency: fn(&LatencySummary) -> String,
    pub(crate) no_change_yet: &'static str,
    pub(crate) board_connections: &'static str,
    pub(crate) boards: &'static str,
    /// "4 online · 1 asleep", without what there is none of.
    pub(crate) boards_by_state: fn(&BoardCounts) -> String,
    /// Records on the way from the disk to the main database.
    pub(crate) records_waiting: &'static str,
    pub(crate) open_maps: &'static str,
    pub(crate) running: &'static str,
    pub(crate) build: &'static str,
    pub(crate) list: &'static ListTexts,
    pub(crate) search: &'static SearchTexts,
    pub(crate) shortcuts: &'static ShortcutTexts,
    pub(crate) settings: &'static SettingsTexts,
    pub(crate) qr: &'static QrTexts,
    pub(crate) map: MapTexts,
    /// Finding a free booth.
    pub(crate) go: go::GoTexts,
    /// A booth's history.
    pub(crate) usual: usual::UsualTexts,
    pub(crate) notices: &'static NoticeTexts,
    /// Beside [`Self::link_down_banner`]: of when the page is, "as of 14:32".
    pub(crate) seen_at: fn(&str) -> String,
}

impl Locale {
    /// The words of this language.
    pub(crate) const fn texts(self) -> &'static Texts {
        match self {
            Self::Fr => &fr::TEXTS,
            Self::En => &en::TEXTS,
        }
    }

    /// What the product is, in this language.
    #[must_use]
    pub const fn description(self) -> &'static str {
        self.texts().description
    }
}

/// The words of the reader's language.
pub(crate) fn use_texts() -> &'static Texts {
    use_reader().locale.texts()
}

/// A length of time in its one or two greatest units: `<1`, `5 min`, `2 h 05`, `3 <days>`.
fn rounded_length(ms: u64, days: &str) -> String {
    let minutes = ms / 60_000;
    match (minutes / 60, minutes % 60) {
        (0, 0) => "< 1 min".to_owned(),
        (0, minutes) => format!("{minutes} min"),
        (hours @ 1..=47, minutes) => format!("{hours} h {minutes:02}"),
        (hours, _) => format!("{} {days}", hours / 24),
    }
}

/// What there is any of, with its words: "4 online · 1 asleep".
fn list_counts(counts: &[(usize, &str)], none: &str) -> String {
    let some: Vec<_> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
    if some.is_empty() { none.to_owned() } else { some.join(" · ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        let minute_ms = 60_000;
        let cases = [
            (0, "< 1 min"),
            (minute_ms - 1, "< 1 min"),
            (minute_ms, "1 min"),
            (59 * minute_ms, "59 min"),
            (60 * minute_ms, "1 h 00"),
            (125 * minute_ms, "2 h 05"),
            (48 * 60 * minute_ms, "2 days"),
        ];
        for (ms, expect) in cases {
            assert_eq!(rounded_length(ms, "days"), expect);
        }
    }

    #[test]
    fn plurals_follow_the_language() {
        let (fr, en) = (Locale::Fr.texts(), Locale::En.texts());
        assert_eq!([0, 1, 2].map(fr.free_count), ["0 libre", "1 libre", "2 libres"]);
        assert_eq!([0, 1, 2].map(en.free_count), ["0 free", "1 free", "2 free"]);
        assert_eq!((fr.became_free)(1, FloorNumber(4)), "1 box s’est libéré à l’étage 4");
        assert_eq!((en.became_free)(3, FloorNumber(4)), "3 boxes became free on floor 4");
    }

    #[test]
    fn where_the_boards_are() {
        let check = |counts, fr: &str, en: &str| {
            let told = [Locale::Fr, Locale::En].map(|locale| (locale.texts().boards_by_state)(&counts));
            assert_eq!(told, [fr, en]);
        };
        check(BoardCounts::default(), "aucun", "none");
        check(
            BoardCounts { online: 4, asleep: 1, ..BoardCounts::default() },
            "4 en ligne · 1 en veille",
            "4 online · 1 asleep",
        );
        check(
            BoardCounts { online: 1, late: 2, asleep: 0, never: 3, quarantined: 1 },
            "1 en ligne · 2 muets · 3 jamais entendus · 1 en quarantaine",
            "1 online · 2 silent · 3 never heard · 1 in quarantine",
        );
    }
}
