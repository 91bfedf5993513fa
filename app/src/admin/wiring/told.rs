use super::use_wiring_words;

/// What came of wiring a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WiringTold {
    /// It watches the booth.
    Wired,
    /// It watches nothing.
    Unwired,
    /// It did so before.
    WasSo,
    /// None was chosen.
    NoChannel,
    /// No such board or booth.
    Unknown,
    /// The floor cannot be published.
    Refused,
    /// The database does not answer.
    Away,
}

impl WiringTold {
    pub(in crate::admin) fn is_good(self) -> bool {
        matches!(self, Self::Wired | Self::Unwired | Self::WasSo)
    }

    pub(in crate::admin) fn say(self) -> String {
        let words = use_wiring_words();
        let text = match self {
            Self::Wired => words.wired,
            Self::Unwired => words.unwired,
            Self::WasSo => words.was_so,
            Self::NoChannel => words.no_channel,
            Self::Unknown => words.unknown,
            Self::Refused => words.refused,
            Self::Away => words.away,
        };
        text.to_owned()
    }
}
