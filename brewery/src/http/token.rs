//! Who may use the admin API.

use std::fmt;

const DIGITS: usize = 64;

/// A secret of 64 hexadecimal digits. It is never shown.
#[derive(Clone)]
pub struct AdminToken(String);

/// Why a text is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a token has {DIGITS} hexadecimal digits")]
pub struct TokenError;

impl AdminToken {
    /// From what was made by chance.
    #[must_use]
    pub fn from_bytes(bytes: [u8; DIGITS / 2]) -> Self {
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// From a file's text.
    ///
    /// # Errors
    /// When it is something else.
    pub fn from_hex(text: &str) -> Result<Self, TokenError> {
        let good = text.len() == DIGITS && text.bytes().all(|b| b.is_ascii_hexdigit());
        if good { Ok(Self(text.to_ascii_lowercase())) } else { Err(TokenError) }
    }

    /// For its file.
    #[must_use]
    pub fn to_hex(&self) -> &str {
        &self.0
    }

    /// Whether it is this. Takes as long whatever differs.
    pub(super) fn is(&self, other: &str) -> bool {
        let pairs = self.0.bytes().zip(other.bytes());
        self.0.len() == other.len() && pairs.fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
    }
}

impl fmt::Debug for AdminToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AdminToken")
    }
}
