use super::use_filter_words;

/// What came of changing a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterTold {
    /// The booth goes by it.
    Done,
    /// The numbers make no rule.
    Nonsense,
    /// There is no such booth.
    Unknown,
    /// The database does not answer.
    Away,
}

impl FilterTold {
    pub(in crate::admin) fn is_good(self) -> bool {
        self == Self::Done
    }

    pub(in crate::admin) fn say(self) -> String {
        let words = use_filter_words();
        let text = match self {
            Self::Done => words.done,
            Self::Nonsense => words.nonsense,
            Self::Unknown => words.unknown,
            Self::Away => words.away_to_change,
        };
        text.to_owned()
    }
}
