//! The encryption of a message for one browser: RFC 8291, which is `aes128gcm` of RFC 8188 with a key that only the browser
//! can work out.

use super::Subscription;
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Nonce};
use hkdf::Hkdf;
use p256::ecdh::diffie_hellman;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

/// The size of a record, which is all of the message: what a push service takes at most.
const RECORD_BYTES: u32 = 4_096;
const SALT_BYTES: usize = 16;
/// Marks the last record, and there is one only.
const LAST_RECORD: u8 = 2;

/// No randomness, or a message that is too long to be one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the message cannot be encrypted")]
pub(crate) struct EncryptionError;

/// The body of a push request.
pub(super) fn encrypt(message: &[u8], to: &Subscription) -> Result<Vec<u8>, EncryptionError> {
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt).map_err(|_| EncryptionError)?;
    encrypt_with(message, to.browser_key(), to.auth(), &random_key()?, salt)
}

/// A key pair of P-256 from the system's randomness.
pub(super) fn random_key() -> Result<SecretKey, EncryptionError> {
    loop {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| EncryptionError)?;
        // All but one of 2^32 numbers are a key.
        if let Ok(key) = SecretKey::from_slice(&bytes) {
            return Ok(key);
        }
    }
}

fn encrypt_with(
    message: &[u8],
    browser: &PublicKey,
    auth: &[u8],
    own: &SecretKey,
    salt: [u8; SALT_BYTES],
) -> Result<Vec<u8>, EncryptionError> {
    let (browser_point, own_point) = (browser.to_sec1_bytes(), own.public_key().to_sec1_bytes());
    let shared = diffie_hellman(own.to_nonzero_scalar(), browser.as_affine());
    let info = [b"WebPush: info\0", &browser_point[..], &own_point[..]].concat();
    let secret: [u8; 32] = derive(auth, shared.raw_secret_bytes(), &info)?;
    let key: [u8; 16] = derive(&salt, &secret, b"Content-Encoding: aes128gcm\0")?;
    let nonce: [u8; 12] = derive(&salt, &secret, b"Content-Encoding: nonce\0")?;
    let cipher = Aes128Gcm::new(&key.into());
    let plain = [message, &[LAST_RECORD]].concat();
    let sealed = cipher.encrypt(&Nonce::from(nonce), plain.as_slice()).map_err(|_| EncryptionError)?;
    let point_bytes = u8::try_from(own_point.len()).map_err(|_| EncryptionError)?;
    let body = [&salt[..], &RECORD_BYTES.to_be_bytes(), &[point_bytes], &own_point[..], &sealed[..]].concat();
    if body.len() > RECORD_BYTES as usize { Err(EncryptionError) } else { Ok(body) }
}

fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> Result<[u8; N], EncryptionError> {
    let mut key = [0; N];
    Hkdf::<Sha256>::new(Some(salt), secret).expand(info, &mut key).map_err(|_| EncryptionError)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::push::{decode_base64, encode_base64};

    fn bytes(text: &str) -> Vec<u8> {
        decode_base64(text).expect("base64")
    }

    /// Appendix A of RFC 8291.
    #[test]
    fn the_example_of_the_standard() {
        let browser = bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        let own = bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        let body = encrypt_with(
            b"When I grow up, I want to be a watermelon",
            &PublicKey::from_sec1_bytes(&browser).expect("a point"),
            &bytes("BTBZMqHH6r4Tts7J_aSIgg"),
            &SecretKey::from_slice(&own).expect("a key"),
            bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("a salt"),
        );
        let expect = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6\
                      TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(encode_base64(&body.expect("encrypted")), expect);
    }

    #[test]
    fn too_long_for_one_record() {
        let key = random_key().expect("a key");
        let encrypt = |length| encrypt_with(&vec![0; length], &key.public_key(), &[0; 16], &key, [0; 16]);
        assert_eq!(encrypt(3_993).expect("fits").len(), 4_096);
        assert_eq!(encrypt(3_994), Err(EncryptionError));
    }
}
