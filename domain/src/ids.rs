//! Names of things, each with a type of its own.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

macro_rules! number {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

number! {
    /// The number on a booth's door, unique in the building: 42.
    BoothNumber(u32)
}

number! {
    /// The number of a floor, as in the lift: 4, 0, -1.
    FloorNumber(i32)
}

number! {
    /// An input of a board, from 0.
    Channel(u8)
}

/// The name of a board: 1 to 24 characters of `a-z`, `0-9` and `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BoardId(String);

impl BoardId {
    /// The longest name, in characters.
    pub const LENGTH_MAX: usize = 24;

    /// Takes a name of the form above; anything else is `None`.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Option<Self> {
        let name = name.into();
        let allowed = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        let fits = (1..=Self::LENGTH_MAX).contains(&name.len());
        (fits && name.bytes().all(allowed)).then_some(Self(name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// No name of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of a board is 1 to 24 characters of a-z, 0-9 and -")]
pub struct BoardIdError;

impl FromStr for BoardId {
    type Err = BoardIdError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::new(name).ok_or(BoardIdError)
    }
}

impl fmt::Display for BoardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn board_names() {
        let valid = ["a", "b-4a", "board-1", "abcdefghijklmnopqrstuvwx"];
        let invalid = ["", "B-4A", "b 4", "é", "abcdefghijklmnopqrstuvwxy", "b_4"];
        for name in valid {
            assert!(BoardId::new(name).is_some(), "{name}");
        }
        for name in invalid {
            assert!(BoardId::new(name).is_none(), "{name}");
        }
    }
}
