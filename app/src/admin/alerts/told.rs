use super::use_alert_words;

/// What came of acknowledging.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertTold {
    /// It is noted.
    Done,
    /// Somebody was earlier.
    SeenBefore,
    /// There is no such incident.
    Unknown,
    /// What they said is too long.
    NoteTooLong,
    /// The database does not answer.
    Away,
}

impl AlertTold {
    pub(in crate::admin) fn is_good(self) -> bool {
        matches!(self, Self::Done | Self::SeenBefore)
    }

    pub(in crate::admin) fn say(self) -> String {
        let words = use_alert_words();
        let text = match self {
            Self::Done => words.done,
            Self::SeenBefore => words.seen_before,
            Self::Unknown => words.unknown,
            Self::NoteTooLong => words.note_too_long,
            Self::Away => words.away,
        };
        text.to_owned()
    }
}
