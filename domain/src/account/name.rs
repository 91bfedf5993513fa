//! What accounts and their owners are called.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The name by which somebody signs in: 1 to 64 of `a-z 0-9 . _ - @`, the first one a letter or digit. Written in capitals it
/// is the same, so that it is unique in every database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountName(String);

/// A text that is no account's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an account's name is 1 to 64 characters of a-z, 0-9, ., _, - and @, and begins with a letter or digit")]
pub struct AccountNameError;

impl AccountName {
    /// Its most letters, which are ASCII.
    pub const LETTERS_MAX: usize = 64;

    /// As it is written, in small letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountName {
    type Err = AccountNameError;

    fn from_str(text: &str) -> Result<Self, AccountNameError> {
        let name = text.trim().to_ascii_lowercase();
        let is_plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-@".contains(&b));
        let begins_well = name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
        if is_plain && begins_well && name.len() <= Self::LETTERS_MAX { Ok(Self(name)) } else { Err(AccountNameError) }
    }
}

impl TryFrom<String> for AccountName {
    type Error = AccountNameError;

    fn try_from(text: String) -> Result<Self, AccountNameError> {
        text.parse()
    }
}

impl From<AccountName> for String {
    fn from(name: AccountName) -> Self {
        name.0
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What people call the owner of an account: any text of at most 80 letters without line ends; may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DisplayName(String);

/// A text that is no such name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a person's name is at most 80 letters on one line")]
pub struct DisplayNameError;

impl DisplayName {
    /// Its most letters.
    pub const LETTERS_MAX: usize = 80;

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DisplayName {
    type Err = DisplayNameError;

    fn from_str(text: &str) -> Result<Self, DisplayNameError> {
        let name = text.trim();
        let fits = name.chars().count() <= Self::LETTERS_MAX && !name.chars().any(char::is_control);
        if fits { Ok(Self(name.to_owned())) } else { Err(DisplayNameError) }
    }
}

impl TryFrom<String> for DisplayName {
    type Error = DisplayNameError;

    fn try_from(text: String) -> Result<Self, DisplayNameError> {
        text.parse()
    }
}

impl From<DisplayName> for String {
    fn from(name: DisplayName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_accounts() {
        for (text, name) in
            [("ann", "ann"), (" Ann ", "ann"), ("a.b-c_d@example.org", "a.b-c_d@example.org"), ("7", "7")]
        {
            assert_eq!(text.parse::<AccountName>().expect(text).as_str(), name);
        }
        let long = "a".repeat(65);
        for text in ["", " ", ".ann", "-", "an n", "é", "a/b", "a\nb", "<b>", long.as_str()] {
            assert!(text.parse::<AccountName>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn names_of_people() {
        let long = "é".repeat(80);
        for text in ["", "Ann Onyme", "Léa <3", long.as_str()] {
            assert_eq!(text.parse::<DisplayName>().expect(text).as_str(), text);
        }
        for text in ["a\nb", "a\u{7}b", format!("{long}é").as_str()] {
            assert!(text.parse::<DisplayName>().is_err(), "{text:?}");
        }
    }
}
