//! Secrets that stand for somebody: in a cookie, in a one-time link.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

const BYTES: usize = 32;
/// Letters of a token as a text.
const LETTERS: usize = 43;
/// How long a one-time link is good.
pub(crate) const LINK_MS: u64 = 24 * 3_600_000;

/// 256 random bits in base64url. Never stored, and no log line shows it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(Zeroizing<String>);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub(crate) fn generate() -> Result<Self, getrandom::Error> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        getrandom::fill(&mut bytes[..])?;
        Ok(Self(Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(&bytes[..]))))
    }

    /// What somebody has brought, if it has the form of one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let is_one = text.len() == LETTERS && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        is_one.then(|| Self(Zeroizing::new(text.to_owned())))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of it. No salt: there is nothing to guess.
    pub(crate) fn hash(&self) -> String {
        let digest: [u8; 32] = Sha256::digest(self.0.as_bytes()).into();
        domain::AuditHash(digest).to_string()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        let (one, other) = (Token::generate().expect("random"), Token::generate().expect("random"));
        assert_ne!(one.as_str(), other.as_str());
        assert_eq!(Token::parse(one.as_str()).expect("a token").hash(), one.hash());
        assert_eq!((one.hash().len(), one.as_str().len()), (64, LETTERS));
        assert_eq!(format!("{one:?}"), "Token(..)");
        for text in ["", "short", &"a".repeat(44), &"/".repeat(43), &"é".repeat(22)] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
    }
}
