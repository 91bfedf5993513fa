//! Names from content: a file that has changed has another address, so browsers may keep it for ever.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// How many digits of the hash stand in a name.
const DIGITS: usize = 12;

/// SHA-256 in lower-case hexadecimal digits.
pub(super) fn hex(content: &[u8]) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(content) {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// The start of the hash.
pub(super) fn short(content: &[u8]) -> String {
    let mut digits = hex(content);
    digits.truncate(DIGITS);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits() {
        assert_eq!(hex(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(short(b"abc"), "ba7816bf8f01");
    }
}
