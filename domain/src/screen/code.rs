//! The code that a screen shows and an operator types in.

use std::fmt;
use std::str::FromStr;

/// Six letters and digits. None looks like another on a wall or sounds like another on the telephone: there is no `I`, `L`, `O`, `0`,
/// `1`, no `B` beside `8`, no `S` beside `5`, no `Z` beside `2`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PairingCode(String);

/// A text that is no such code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code has {} letters and digits", PairingCode::LETTERS)]
pub struct PairingCodeError;

impl PairingCode {
    /// What it is made of; 24 of them, so there are 191 million codes.
    pub const ALPHABET: &str = "ACDEFGHJKMNPQRTUVWXY3479";
    /// How many.
    pub const LETTERS: usize = 6;
    /// How long a screen shows one.
    pub const GOOD_MS: u64 = 10 * 60_000;

    /// A code out of random bytes; none when too many of them had to be left out, so that every letter is as likely.
    #[must_use]
    pub fn from_random(bytes: &[u8]) -> Option<Self> {
        let letters = Self::ALPHABET.as_bytes();
        let fair = 256 - 256 % letters.len();
        let code: String = bytes
            .iter()
            .map(|byte| usize::from(*byte))
            .filter(|byte| *byte < fair)
            .filter_map(|byte| letters.get(byte % letters.len()).copied())
            .map(char::from)
            .take(Self::LETTERS)
            .collect();
        (code.len() == Self::LETTERS).then_some(Self(code))
    }

    /// Without a gap.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PairingCode {
    type Err = PairingCodeError;

    /// As people type it: small letters, gaps and hyphens do not matter.
    fn from_str(text: &str) -> Result<Self, PairingCodeError> {
        let code: String =
            text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
        let is_one = code.len() == Self::LETTERS && code.chars().all(|c| Self::ALPHABET.contains(c));
        if is_one { Ok(Self(code)) } else { Err(PairingCodeError) }
    }
}

impl fmt::Debug for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairingCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_type_it() {
        for text in ["ACD347", "acd 347", " acd-347 ", "A C D 3 4 7"] {
            assert_eq!(text.parse::<PairingCode>().expect(text).as_str(), "ACD347");
        }
        for text in ["", "ACD34", "ACD3477", "ACD34O", "ACD341", "ACD34é", "ACD34%"] {
            assert!(text.parse::<PairingCode>().is_err(), "{text}");
        }
    }

    #[test]
    fn nothing_in_the_alphabet_is_mistaken_for_another() {
        let is_in = |c: char| PairingCode::ALPHABET.contains(c);
        for group in ["O0", "I1L", "B8", "S5", "Z2"] {
            assert!(group.chars().all(|c| !is_in(c)), "{group}");
        }
        let mut letters: Vec<char> = PairingCode::ALPHABET.chars().collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), PairingCode::ALPHABET.len(), "none stands twice");
    }

    #[test]
    fn every_letter_is_as_likely() {
        let of = |bytes: &[u8]| PairingCode::from_random(bytes).map(|code| code.as_str().to_owned());
        assert_eq!(of(&[0, 1, 2, 23, 24, 25]).as_deref(), Some("ACD9AC"));
        assert_eq!(of(&[255, 240, 0, 0, 0, 0, 0, 1]).as_deref(), Some("AAAAAC"), "240 and above are left out");
        assert_eq!(of(&[0; 5]), None);
        assert_eq!(of(&[250; 32]), None);
    }
}
