//! Codes of six digits that change every 30 seconds: RFC 6238 with SHA-1, as every authenticator has it.

use domain::UtcMs;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use zeroize::Zeroizing;

const SECRET_BYTES: usize = 20;
const STEP_MS: i64 = 30_000;
/// Clocks of phones may be wrong by so many steps.
const DRIFT_STEPS: i64 = 1;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What the server and an authenticator share.
pub(crate) struct TotpSecret(Zeroizing<Vec<u8>>);

impl TotpSecret {
    pub(crate) fn generate() -> Result<Self, getrandom::Error> {
        let mut bytes = Zeroizing::new(vec![0; SECRET_BYTES]);
        getrandom::fill(&mut bytes[..])?;
        Ok(Self(bytes))
    }

    pub(crate) fn from_bytes(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The step of time for which this is the code, if it is one of about now. A step is good once: whoever asks remembers it.
    pub(crate) fn step_of(&self, code: &str, now: UtcMs) -> Option<i64> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let is_code = code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
        let code: u32 = code.parse().ok().filter(|_| is_code)?;
        let current = now.0.div_euclid(STEP_MS);
        // All of them are compared, so that the time does not tell which.
        let mut found = None;
        for step in current - DRIFT_STEPS..=current + DRIFT_STEPS {
            if self.code(step) == code {
                found = Some(step);
            }
        }
        found
    }

    fn code(&self, step: i64) -> u32 {
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(&self.0) else { unreachable!("every length is a key") };
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let offset = usize::from(digest[19] & 15);
        let word = [digest[offset], digest[offset + 1], digest[offset + 2], digest[offset + 3]];
        (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000
    }

    /// To be typed: base32 in groups of four.
    pub(crate) fn to_base32(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::new());
        let (mut bits, mut count) = (0_u32, 0);
        for byte in self.0.iter() {
            bits = bits << 8 | u32::from(*byte);
            count += 8;
            while count >= 5 {
                count -= 5;
                text.push(char::from(BASE32[usize::try_from(bits >> count & 31).unwrap_or(0)]));
            }
        }
        text
    }

    /// To be scanned.
    pub(crate) fn to_uri(&self, account: &str) -> Zeroizing<String> {
        let secret = self.to_base32();
        let account = account.replace('@', "%40");
        Zeroizing::new(format!("otpauth://totp/DispoBox:{account}?secret={}&issuer=DispoBox", *secret))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rfc() -> TotpSecret {
        TotpSecret(Zeroizing::new(b"12345678901234567890".to_vec()))
    }

    #[test]
    fn the_vectors_of_rfc_6238() {
        let cases = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (seconds, code) in cases {
            assert_eq!(rfc().step_of(code, UtcMs(seconds * 1_000)), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_step_early_or_late_and_no_more() {
        let at = |seconds: i64| rfc().step_of("287082", UtcMs(seconds * 1_000));
        let cases = [(-1, None), (0, Some(1)), (59, Some(1)), (89, Some(1)), (90, None)];
        for (seconds, expect) in cases {
            assert_eq!(at(seconds), expect, "{seconds}");
        }
        for text in ["", "28708", "2870820", "28708x", "+87082"] {
            assert_eq!(rfc().step_of(text, UtcMs(59_000)), None, "{text}");
        }
        assert_eq!(rfc().step_of(" 287 082 ", UtcMs(59_000)), Some(1));
    }

    #[test]
    fn texts() {
        assert_eq!(rfc().to_base32().as_str(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let uri = "otpauth://totp/DispoBox:ann%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=DispoBox";
        assert_eq!(rfc().to_uri("ann@example.org").as_str(), uri);
        assert_eq!(TotpSecret::generate().expect("random").to_base32().len(), 32);
    }
}
