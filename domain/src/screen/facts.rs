//! What is arranged about a screen.

use crate::FloorNumber;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The row of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScreenId(pub i32);

/// What people call a screen: 1 to 60 letters on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ScreenName(String);

/// A text that is no such name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a screen's name has 1 to {} letters on one line", ScreenName::LETTERS_MAX)]
pub struct ScreenNameError;

impl ScreenName {
    /// Its most letters.
    pub const LETTERS_MAX: usize = 60;

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ScreenName {
    type Err = ScreenNameError;

    fn from_str(text: &str) -> Result<Self, ScreenNameError> {
        let name = text.trim();
        let fits = (1..=Self::LETTERS_MAX).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if fits { Ok(Self(name.to_owned())) } else { Err(ScreenNameError) }
    }
}

impl TryFrom<String> for ScreenName {
    type Error = ScreenNameError;

    fn try_from(text: String) -> Result<Self, ScreenNameError> {
        text.parse()
    }
}

impl From<ScreenName> for String {
    fn from(name: ScreenName) -> Self {
        name.0
    }
}

/// How long a screen stays on one of its floors, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Dwell(u16);

/// A time that is too short to read a map in, or so long that nobody sees the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a screen stays {} to {} seconds on a floor", Dwell::MIN_S, Dwell::MAX_S)]
pub struct DwellError;

impl Dwell {
    /// The shortest.
    pub const MIN_S: u16 = 5;
    /// The longest.
    pub const MAX_S: u16 = 600;

    /// In seconds.
    #[must_use]
    pub const fn seconds(self) -> u16 {
        self.0
    }
}

impl Default for Dwell {
    fn default() -> Self {
        Self(20)
    }
}

impl TryFrom<u16> for Dwell {
    type Error = DwellError;

    fn try_from(seconds: u16) -> Result<Self, DwellError> {
        if (Self::MIN_S..=Self::MAX_S).contains(&seconds) { Ok(Self(seconds)) } else { Err(DwellError) }
    }
}

impl From<Dwell> for u16 {
    fn from(dwell: Dwell) -> Self {
        dwell.0
    }
}

/// What a screen is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreenVariant {
    /// It shows colours and changes at once.
    #[default]
    Color,
    /// Electronic paper: black and white, seldom drawn anew.
    Mono,
}

/// A word that names nothing of the kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not known")]
pub struct WordError(pub String);

impl ScreenVariant {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Color, Self::Mono];

    /// The word used in tables and in the markup.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Color => "color",
            Self::Mono => "mono",
        }
    }
}

impl FromStr for ScreenVariant {
    type Err = WordError;

    fn from_str(text: &str) -> Result<Self, WordError> {
        Self::ALL.into_iter().find(|variant| variant.as_str() == text).ok_or_else(|| WordError(text.to_owned()))
    }
}

/// What an operator arranges about a screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenFacts {
    /// What it is called.
    pub name: ScreenName,
    /// The floors that it shows in turn, each once; none: all that there are.
    pub floors: Vec<FloorNumber>,
    /// How long it stays on each.
    pub dwell: Dwell,
    /// What it is made of.
    pub variant: ScreenVariant,
}

impl ScreenFacts {
    /// The floors that it shows, of those that there are, in their order.
    #[must_use]
    pub fn floors_of(&self, there_are: &[FloorNumber]) -> Vec<FloorNumber> {
        there_are.iter().copied().filter(|floor| self.floors.is_empty() || self.floors.contains(floor)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let long = "é".repeat(60);
        for (text, name) in [(" Cafétéria 4 ", "Cafétéria 4"), ("<b>", "<b>"), (long.as_str(), long.as_str())] {
            assert_eq!(text.parse::<ScreenName>().expect(text).as_str(), name);
        }
        for text in ["", "  ", "a\nb", format!("{long}é").as_str()] {
            assert!(text.parse::<ScreenName>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn dwells() {
        for (seconds, is_one) in [(0, false), (4, false), (5, true), (600, true), (601, false)] {
            assert_eq!(Dwell::try_from(seconds).is_ok(), is_one, "{seconds}");
        }
    }

    #[test]
    fn floors_that_are_gone_are_left_out() {
        let there_are = [4, 6, 7].map(FloorNumber);
        let check = |wanted: &[i32], expect: &[i32]| {
            let floors = wanted.iter().copied().map(FloorNumber).collect();
            let name = "x".parse().expect("a name");
            let facts = ScreenFacts { name, floors, dwell: Dwell::default(), variant: ScreenVariant::Color };
            let expect: Vec<_> = expect.iter().copied().map(FloorNumber).collect();
            assert_eq!(facts.floors_of(&there_are), expect, "{wanted:?}");
        };
        check(&[], &[4, 6, 7]);
        check(&[7, 4], &[4, 7]);
        check(&[5, 6], &[6]);
        check(&[5], &[]);
    }
}
