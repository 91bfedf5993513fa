use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What people call a board, beside its name: `above the printer`. At most 40 characters; may be empty. The name itself stays for
/// ever, since the board's key is made of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BoardLabel(String);

/// No label of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what a board is called is one line of 40 characters at most")]
pub struct BoardLabelError;

impl BoardLabel {
    /// The longest, in characters.
    pub const LENGTH_MAX: usize = 40;

    /// The label.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BoardLabel {
    type Err = BoardLabelError;

    fn from_str(text: &str) -> Result<Self, BoardLabelError> {
        let text = text.trim();
        let fits = text.chars().count() <= Self::LENGTH_MAX && !text.chars().any(char::is_control);
        fits.then(|| Self(text.to_owned())).ok_or(BoardLabelError)
    }
}

impl fmt::Display for BoardLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for (text, expect) in [("", Some("")), ("  above the door ", Some("above the door")), ("a\nb", None)] {
            assert_eq!(text.parse::<BoardLabel>().ok().as_ref().map(BoardLabel::as_str), expect, "{text:?}");
        }
        assert!("é".repeat(40).parse::<BoardLabel>().is_ok());
        assert!("é".repeat(41).parse::<BoardLabel>().is_err());
    }
}
