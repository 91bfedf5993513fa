//! The key that seals secrets of accounts in the database. It comes from the master secret in the data folder, so a stolen
//! database is no use without that.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Nonce};
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use domain::AccountId;
use hkdf::Hkdf;
use ingest::v2::MasterSecret;
use sha2::Sha256;
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 12;

/// Seals and opens.
pub(crate) struct AccountKey(Aes128Gcm);

/// No randomness, or what was sealed was sealed by another key, for another account, or altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a secret of an account cannot be sealed or opened")]
pub(crate) struct SealError;

impl AccountKey {
    pub(crate) fn derive(master: &MasterSecret) -> Result<Self, SealError> {
        let mut key = Zeroizing::new([0; 16]);
        let label = b"dispobox secrets of accounts";
        Hkdf::<Sha256>::new(None, master.to_hex().as_bytes()).expand(label, &mut key[..]).map_err(|_| SealError)?;
        Ok(Self(Aes128Gcm::new(&(*key).into())))
    }

    /// Text that only this key opens, and only for this account.
    pub(crate) fn seal(&self, account: AccountId, secret: &[u8]) -> Result<String, SealError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| SealError)?;
        let payload = aes_gcm::aead::Payload { msg: secret, aad: &account.0.to_be_bytes() };
        let sealed = self.0.encrypt(&Nonce::from(nonce), payload).map_err(|_| SealError)?;
        Ok(BASE64_STANDARD_NO_PAD.encode([&nonce[..], &sealed[..]].concat()))
    }

    pub(crate) fn open(&self, account: AccountId, text: &str) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let bytes = BASE64_STANDARD_NO_PAD.decode(text).map_err(|_| SealError)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES).ok_or(SealError)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| SealError)?;
        let payload = aes_gcm::aead::Payload { msg: sealed, aad: &account.0.to_be_bytes() };
        self.0.decrypt(&Nonce::from(nonce), payload).map(Zeroizing::new).map_err(|_| SealError)
    }
}

impl std::fmt::Debug for AccountKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccountKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_and_account_open() {
        let key = AccountKey::derive(&MasterSecret::new([7; 32])).expect("a key");
        let sealed = key.seal(AccountId(1), b"secret").expect("sealed");
        assert_eq!(key.open(AccountId(1), &sealed).expect("opened").as_slice(), b"secret");
        assert_ne!(key.seal(AccountId(1), b"secret").expect("sealed"), sealed);
        let other = AccountKey::derive(&MasterSecret::new([8; 32])).expect("a key");
        assert!(other.open(AccountId(1), &sealed).is_err());
        assert!(key.open(AccountId(2), &sealed).is_err());
        for broken in ["", "AAAA", "%", &sealed[1..]] {
            assert!(key.open(AccountId(1), broken).is_err(), "{broken}");
        }
    }
}
