//! Passwords are hashed by argon2id, which takes time and memory on purpose: beside the runtime's threads, and only a few at
//! one time.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// At one time; each takes 19 MiB.
const AT_ONCE_MAX: usize = 2;
/// Beyond those, so many wait; more are sent away.
const WAITING_MAX: usize = 32;

/// The hash of no password, of the very cost of all others: whoever does not exist takes as long as whoever does.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdCEhIQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why a password was not hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PasswordHashingError {
    /// Too many wait already.
    #[error("too many passwords are being checked")]
    Busy,
    /// The system has no randomness, or no memory, to give.
    #[error("the password could not be hashed")]
    Failed,
}

/// Hashes passwords and compares them.
#[derive(Debug, Clone)]
pub(crate) struct PasswordHashing {
    permits: Arc<Semaphore>,
    asking: Arc<AtomicUsize>,
}

impl Default for PasswordHashing {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE_MAX)), asking: Arc::default() }
    }
}

impl PasswordHashing {
    /// The hash of a new password, as a PHC string with a salt of its own.
    pub(crate) async fn hash(&self, password: Zeroizing<String>) -> Result<String, PasswordHashingError> {
        self.beside(move || {
            let hash: Result<PasswordHash, _> = Argon2::default().hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|_| PasswordHashingError::Failed)
        })
        .await?
    }

    /// Whether this is the password of that hash. Without a hash it is not, and takes as long.
    pub(crate) async fn verify(
        &self,
        password: Zeroizing<String>,
        hash: Option<String>,
    ) -> Result<bool, PasswordHashingError> {
        self.beside(move || {
            let of_somebody = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
            let is_right = Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok();
            is_right && of_somebody
        })
        .await
    }

    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordHashingError> {
        let _asking = Asking::begin(&self.asking).ok_or(PasswordHashingError::Busy)?;
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| PasswordHashingError::Failed)?;
        let working = tokio::task::spawn_blocking(move || {
            // Until the work is done, also when nobody waits for it any more.
            let _permit = permit;
            work()
        });
        working.await.map_err(|_| PasswordHashingError::Failed)
    }
}

/// One of those who wait, until it is dropped.
struct Asking<'a>(&'a AtomicUsize);

impl<'a> Asking<'a> {
    fn begin(count: &'a AtomicUsize) -> Option<Self> {
        let before = count.fetch_add(1, Ordering::Relaxed);
        let asking = Self(count);
        (before < AT_ONCE_MAX + WAITING_MAX).then_some(asking)
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Zeroizing<String> {
        Zeroizing::new(text.to_owned())
    }

    #[tokio::test]
    async fn right_wrong_and_nobody() {
        let hashing = PasswordHashing::default();
        let hash = hashing.hash(secret("quatre mots au hasard")).await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hashing.hash(secret("quatre mots au hasard")).await.as_ref(), Ok(&hash), "salted");
        assert_eq!(hashing.verify(secret("quatre mots au hasard"), Some(hash.clone())).await, Ok(true));
        assert_eq!(hashing.verify(secret("cinq mots"), Some(hash)).await, Ok(false));
        assert_eq!(hashing.verify(secret("cinq mots"), None).await, Ok(false));
        assert_eq!(hashing.verify(secret("x"), Some("no hash".to_owned())).await, Ok(false));
    }

    #[test]
    fn nobody_costs_as_much_as_anybody() {
        let nobody = PasswordHash::new(NOBODY).expect("a hash");
        let somebody: PasswordHash = Argon2::default().hash_password(b"x").expect("hashed");
        assert_eq!(nobody.params.to_string(), somebody.params.to_string());
        assert_eq!((nobody.algorithm, nobody.version), (somebody.algorithm, somebody.version));
        assert_eq!(nobody.hash.expect("a hash").len(), somebody.hash.expect("a hash").len());
    }

    #[tokio::test]
    async fn a_crowd_is_sent_away() {
        let hashing = PasswordHashing::default();
        let many = (0..60).map(|_| hashing.verify(secret("x"), None));
        let answers = futures_util::future::join_all(many).await;
        let busy = answers.iter().filter(|answer| **answer == Err(PasswordHashingError::Busy)).count();
        assert_eq!(busy, 60 - AT_ONCE_MAX - WAITING_MAX);
        assert_eq!(hashing.verify(secret("x"), None).await, Ok(false), "and later ones are not");
    }
}
