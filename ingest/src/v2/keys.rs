//! The chain of keys: from the server's master secret to the two keys of one session.

use domain::BoardId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// The first half of an HMAC-SHA256, as the wire carries it.
pub type WireMac = [u8; 16];

const MASTER_BYTES: usize = 32;
const BOARD_KEY_LABEL: &[u8] = b"dispobox board key v2";
const SESSION_LABEL: &[u8] = b"DB2 session";

/// The server's secret, from which every board's key is derived. Wiped from memory when dropped, never printed.
pub struct MasterSecret(Zeroizing<[u8; MASTER_BYTES]>);

/// A text that is no master secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MasterSecretError {
    /// Not 64 hexadecimal digits.
    #[error("a master secret is 64 hexadecimal digits")]
    Format,
    /// The system has no randomness to give.
    #[error("the system gives no random numbers")]
    NoRandomness,
}

impl MasterSecret {
    /// Takes 32 bytes of secret.
    #[must_use]
    pub fn new(bytes: [u8; MASTER_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Makes one from the system's randomness.
    ///
    /// # Errors
    /// When there is none.
    pub fn generate() -> Result<Self, MasterSecretError> {
        let mut bytes = Zeroizing::new([0; MASTER_BYTES]);
        getrandom::fill(&mut bytes[..]).map_err(|_| MasterSecretError::NoRandomness)?;
        Ok(Self(bytes))
    }

    /// Reads 64 hexadecimal digits of either case.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn from_hex(text: &str) -> Result<Self, MasterSecretError> {
        let lower = Zeroizing::new(text.to_ascii_lowercase());
        let mut bytes = Zeroizing::new([0; MASTER_BYTES]);
        decode_hex(lower.as_bytes(), &mut bytes[..]).ok_or(MasterSecretError::Format)?;
        Ok(Self(bytes))
    }

    /// The secret in 64 hexadecimal digits, for the file that keeps it.
    #[must_use]
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(encode_hex(&self.0[..]))
    }

    /// The key of a board in one of its versions.
    #[must_use]
    pub fn board_key(&self, board: &BoardId, version: u8) -> BoardSecret {
        let version = version.to_string();
        let parts = [BOARD_KEY_LABEL, &[0], board.as_str().as_bytes(), &[0], version.as_bytes()];
        BoardSecret(hmac_of(&self.0[..], &parts))
    }
}

impl fmt::Debug for MasterSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterSecret(..)")
    }
}

/// What a board and the server share.
pub struct BoardSecret(Zeroizing<[u8; MASTER_BYTES]>);

impl BoardSecret {
    /// Takes 32 bytes of key.
    #[must_use]
    pub fn new(bytes: [u8; MASTER_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The key in 64 hexadecimal digits, for whoever puts it on the board.
    #[must_use]
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(encode_hex(&self.0[..]))
    }

    /// The keys of the session that begins with these two lines, which are without their line ends.
    #[must_use]
    pub fn session_keys(&self, hello: &[u8], challenge: &[u8]) -> SessionKeys {
        let mut transcript = Sha256::new();
        for part in [hello, b"\n", challenge, b"\n"] {
            transcript.update(part);
        }
        let session = hmac_of(&self.0[..], &[SESSION_LABEL, &[0], &transcript.finalize()]);
        let direction = |label: &[u8]| MacKey::new(&hmac_of(&session[..], &[label])[..]);
        SessionKeys { from_board: direction(b"c2s"), from_server: direction(b"s2c") }
    }
}

impl fmt::Debug for BoardSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BoardSecret(..)")
    }
}

/// The keys of one session, one for each direction: a line sent back proves nothing.
#[derive(Debug)]
pub struct SessionKeys {
    /// Signs what the board writes.
    pub from_board: MacKey,
    /// Signs what the server writes.
    pub from_server: MacKey,
}

/// A key that signs lines, set up once.
#[derive(Clone)]
pub struct MacKey(Hmac<Sha256>);

impl MacKey {
    fn new(key: &[u8]) -> Self {
        Self(keyed(key))
    }

    /// The MAC of a line.
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> WireMac {
        let mut mac = self.0.clone();
        mac.update(body);
        let whole = mac.finalize().into_bytes();
        std::array::from_fn(|at| whole[at])
    }

    /// Whether this is the MAC of that line, in a time that does not depend on either.
    #[must_use]
    pub fn verify(&self, body: &[u8], claimed: &WireMac) -> bool {
        let mut mac = self.0.clone();
        mac.update(body);
        mac.verify_truncated_left(claimed).is_ok()
    }
}

impl fmt::Debug for MacKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MacKey(..)")
    }
}

#[allow(clippy::expect_used, reason = "HMAC takes keys of every length")]
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(key).expect("any length")
}

fn hmac_of(key: &[u8], parts: &[&[u8]]) -> Zeroizing<[u8; MASTER_BYTES]> {
    let mut mac = keyed(key);
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Lower-case hexadecimal digits.
pub(crate) fn encode_hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(HEX[usize::from(value & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

/// Reads as many lower-case hexadecimal digits as fill `bytes`, and no other.
pub(crate) fn decode_hex(text: &[u8], bytes: &mut [u8]) -> Option<()> {
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_chunks::<2>() else { return None };
    if pairs.len() != bytes.len() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal() {
        let mut bytes = [0; 3];
        assert_eq!(decode_hex(b"00ff1a", &mut bytes), Some(()));
        assert_eq!(bytes, [0, 255, 26]);
        assert_eq!(encode_hex(&bytes), "00ff1a");
        for text in ["00ff1", "00ff1a00", "00FF1A", "00ff1g", ""] {
            assert_eq!(decode_hex(text.as_bytes(), &mut bytes), None, "{text}");
        }
    }

    #[test]
    fn master_secrets() {
        let text = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1F";
        assert_eq!(MasterSecret::from_hex(text).expect("a secret").to_hex().as_str(), text.to_lowercase());
        for text in ["", "00", &text[1..], &format!("{text}00"), &text.replace('1', "x")] {
            assert_eq!(MasterSecret::from_hex(text).expect_err(text), MasterSecretError::Format);
        }
        let made = MasterSecret::generate().expect("randomness");
        assert_ne!(made.to_hex(), MasterSecret::generate().expect("randomness").to_hex());
        assert_eq!(format!("{made:?}"), "MasterSecret(..)");
    }
}
