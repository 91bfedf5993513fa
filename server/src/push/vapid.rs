//! The signature by which push services know that messages come from the server that the browser has subscribed to: RFC 8292.
//!
//! The key is `<data-dir>/push.key`: 64 hexadecimal digits and a line end, mode 0600, made at first need. Without it, browsers
//! have to subscribe anew, which their pages do by themselves.

use super::encode_base64;
use super::encryption::random_key;
use anyhow::Context;
use domain::UtcMs;
use p256::SecretKey;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use zeroize::Zeroizing;

const FILE: &str = "push.key";
const MODE: u32 = 0o600;
/// Push services take no signature that is valid for more than a day.
const VALID_MS: u64 = 12 * 3_600 * 1_000;

/// The server's key.
pub(crate) struct VapidKey(SecretKey);

impl VapidKey {
    /// Reads the key from the data folder; makes it when there is none yet.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds something else. It is never overwritten.
    pub(crate) fn read_or_make(data_dir: &Path) -> anyhow::Result<Self> {
        let path = data_dir.join(FILE);
        let key = match Self::read(&path) {
            Err(error) if is_missing(&error) => Self::make(data_dir, &path),
            read => read,
        };
        key.with_context(|| format!("while reading the key of notices {}", path.display()))
    }

    fn read(path: &Path) -> anyhow::Result<Self> {
        let text = Zeroizing::new(fs::read_to_string(path)?);
        let bytes = Zeroizing::new(decode_hex(text.trim_end()).context("not 64 hexadecimal digits")?);
        Ok(Self(SecretKey::from_slice(&bytes).context("no key of P-256")?))
    }

    /// Under another name first, so that nobody ever sees half of it.
    fn make(data_dir: &Path, path: &Path) -> anyhow::Result<Self> {
        let key = random_key()?;
        let mut digits = Zeroizing::new(String::new());
        for byte in key.to_bytes() {
            write!(digits, "{byte:02x}")?;
        }
        let new = data_dir.join(format!("{FILE}.{}", std::process::id()));
        let _ = fs::remove_file(&new);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(MODE).open(&new)?;
        file.write_all(digits.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        let linked = fs::hard_link(&new, path);
        fs::remove_file(&new)?;
        match linked {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Self::read(path),
            linked => Ok(linked.map(|()| Self(key))?),
        }
    }

    /// The public half, as browsers want it: an uncompressed point in base64.
    pub(crate) fn public(&self) -> String {
        encode_base64(&self.0.public_key().to_sec1_bytes())
    }

    /// The value of `Authorization` for a push service. `contact` is whom its operators write to: `mailto:` or `https:`.
    pub(super) fn authorization(&self, origin: &str, contact: Option<&str>, now: UtcMs) -> String {
        let mut claims = serde_json::json!({ "aud": origin, "exp": now.plus(VALID_MS).0 / 1_000 });
        if let Some(contact) = contact {
            claims["sub"] = contact.into();
        }
        let header = encode_base64(br#"{"typ":"JWT","alg":"ES256"}"#);
        let signed = format!("{header}.{}", encode_base64(claims.to_string().as_bytes()));
        let signature: Signature = SigningKey::from(&self.0).sign(signed.as_bytes());
        format!("vapid t={signed}.{}, k={}", encode_base64(&signature.to_bytes()), self.public())
    }
}

fn is_missing(error: &anyhow::Error) -> bool {
    error.downcast_ref().is_some_and(|error: &std::io::Error| error.kind() == ErrorKind::NotFound)
}

fn decode_hex(text: &str) -> Option<Vec<u8>> {
    let is_hex = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    is_hex.then(|| (0..64).step_by(2).map_while(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::push::decode_base64;
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn made_once_and_kept() {
        let dir = std::env::temp_dir().join(format!("dispobox-push-{}", std::process::id()));
        fs::create_dir_all(&dir).expect("a folder");
        let first = VapidKey::read_or_make(&dir).expect("made").public();
        let path = dir.join(FILE);
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, MODE);
        assert_eq!(VapidKey::read_or_make(&dir).expect("read").public(), first);
        fs::write(&path, "nonsense").expect("written");
        assert!(VapidKey::read_or_make(&dir).is_err());
        assert_eq!(fs::read_to_string(&path).expect("text"), "nonsense");
        fs::remove_dir_all(&dir).expect("removed");
    }

    #[test]
    fn the_signature_verifies() {
        let key = VapidKey(random_key().expect("a key"));
        let header = key.authorization("https://push.example.com", Some("mailto:it@example.com"), UtcMs(5_000));
        let (token, public) = header.strip_prefix("vapid t=").expect("vapid").split_once(", k=").expect("a key");
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let point = decode_base64(public).expect("base64");
        let signature = Signature::from_slice(&decode_base64(signature).expect("base64")).expect("64 bytes");
        let verifier = VerifyingKey::from_sec1_bytes(&point).expect("a key");
        verifier.verify(signed.as_bytes(), &signature).expect("the signature is right");
        let claims = decode_base64(signed.split_once('.').expect("claims").1).expect("base64");
        let claims = String::from_utf8(claims).expect("text");
        assert_eq!(claims, r#"{"aud":"https://push.example.com","exp":43205,"sub":"mailto:it@example.com"}"#);
    }
}
