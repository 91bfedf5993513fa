//! Letting a screen in by a code: the screen shows it, an operator types it in, and the browser that asked for it, and no other, is
//! given the screen's address, once.
//!
//! In memory: a code is good for ten minutes, and after a restart of the server a screen asks for another by itself. Codes and
//! secrets are kept as hashes.

use super::tries::Tries;
use crate::accounts::{Token, network};
use domain::{MonoMs, PairingCode};
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Codes at one time.
const OPEN_MAX: usize = 200;
/// Codes that an address may ask for in ten minutes.
const ASKED_MAX: u32 = 20;
/// Wrong codes that an operator may type in ten minutes.
const WRONG_MAX: u32 = 10;
/// Random bytes for a code: far more than it needs.
const CODE_BYTES: usize = 32;

/// Why there is no code, or no screen to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PairingError {
    #[error("too many codes were asked for, or too many wrong ones typed")]
    TooMany,
    #[error("no screen shows this code")]
    UnknownCode,
    #[error("the system gives no random numbers")]
    NoRandomness,
}

/// What a screen hears that asks about its code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Waiting,
    /// Its secret from now on; nobody is told it again.
    Granted(Token),
    /// The code is too old, or never was.
    Over,
}

/// A code that a screen shows.
#[derive(Debug)]
struct Open {
    code: [u8; 32],
    secret_hash: String,
    since: MonoMs,
    grant: Grant,
}

#[derive(Debug)]
enum Grant {
    None,
    /// An operator has typed it; the screen is being made.
    Taken,
    Given(Token),
}

/// All codes.
#[derive(Debug)]
pub(super) struct PairingBook {
    open: Mutex<Vec<Open>>,
    asked: Tries<IpAddr>,
    wrong: Tries<String>,
}

impl Default for PairingBook {
    fn default() -> Self {
        Self { open: Mutex::default(), asked: Tries::new(ASKED_MAX), wrong: Tries::new(WRONG_MAX) }
    }
}

/// A code that is being answered. Dropped without an answer, it can be typed again.
pub(super) struct Taken<'a> {
    book: &'a PairingBook,
    secret_hash: String,
}

impl PairingBook {
    /// A code to show, and the secret by which to ask for it.
    pub(super) fn begin(&self, address: IpAddr, now: MonoMs) -> Result<(PairingCode, Token), PairingError> {
        let address = network(address);
        if !self.asked.may(&address, now) {
            return Err(PairingError::TooMany);
        }
        self.asked.note(address, now);
        let secret = Token::generate().map_err(|_| PairingError::NoRandomness)?;
        let mut bytes = [0; CODE_BYTES];
        getrandom::fill(&mut bytes).map_err(|_| PairingError::NoRandomness)?;
        let code = PairingCode::from_random(&bytes).ok_or(PairingError::NoRandomness)?;
        let mut open = self.lock(now);
        if open.len() >= OPEN_MAX {
            return Err(PairingError::TooMany);
        }
        let hash = digest(&code);
        // Of two screens with one code, the operator would let in either.
        if open.iter().any(|known| known.code == hash) {
            return Err(PairingError::NoRandomness);
        }
        open.push(Open { code: hash, secret_hash: secret.hash(), since: now, grant: Grant::None });
        Ok((code, secret))
    }

    /// A screen asks about its code.
    pub(super) fn ask(&self, secret: &Token, now: MonoMs) -> Asked {
        let hash = secret.hash();
        let mut open = self.lock(now);
        let Some(at) = open.iter().position(|known| known.secret_hash == hash) else { return Asked::Over };
        match &open[at].grant {
            Grant::None | Grant::Taken => Asked::Waiting,
            Grant::Given(token) => {
                let token = token.clone();
                open.swap_remove(at);
                Asked::Granted(token)
            }
        }
    }

    /// An operator, named so, has typed a code.
    pub(super) fn take(&self, code: &PairingCode, by: &str, now: MonoMs) -> Result<Taken<'_>, PairingError> {
        if !self.wrong.may(&by.to_owned(), now) {
            return Err(PairingError::TooMany);
        }
        let hash = digest(code);
        let mut open = self.lock(now);
        let found = open.iter_mut().find(|known| known.code == hash && matches!(known.grant, Grant::None));
        let Some(found) = found else {
            self.wrong.note(by.to_owned(), now);
            return Err(PairingError::UnknownCode);
        };
        found.grant = Grant::Taken;
        Ok(Taken { book: self, secret_hash: found.secret_hash.clone() })
    }

    /// Those that are not too old.
    fn lock(&self, now: MonoMs) -> MutexGuard<'_, Vec<Open>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|known| now.since(known.since) < PairingCode::GOOD_MS);
        open
    }

    fn set(&self, secret_hash: &str, grant: Grant) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = open.iter_mut().find(|known| known.secret_hash == secret_hash) {
            known.grant = grant;
        }
    }
}

impl Taken<'_> {
    /// The screen that asks next gets this.
    pub(super) fn give(self, token: Token) {
        self.book.set(&self.secret_hash, Grant::Given(token));
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut open = self.book.open.lock().unwrap_or_else(PoisonError::into_inner);
        let own = open.iter_mut().find(|known| known.secret_hash == self.secret_hash);
        if let Some(own) = own.filter(|own| matches!(own.grant, Grant::Taken)) {
            own.grant = Grant::None;
        }
    }
}

fn digest(code: &PairingCode) -> [u8; 32] {
    Sha256::digest(code.as_str().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn token() -> Token {
        Token::generate().expect("random")
    }

    #[test]
    fn a_code_is_answered_once_to_who_asked_for_it() {
        let book = PairingBook::default();
        let now = MonoMs(0);
        let (code, secret) = book.begin(HOME, now).expect("a code");
        let (_, other) = book.begin(HOME, now).expect("another");
        assert_eq!(book.ask(&secret, now), Asked::Waiting);
        let taken = book.take(&code, "ann", now).expect("it is shown");
        assert_eq!(book.take(&code, "bob", now).err(), Some(PairingError::UnknownCode), "it is being answered");
        drop(taken);
        let granted = token();
        book.take(&code, "ann", now).expect("it can be typed again").give(granted.clone());
        assert_eq!(book.ask(&other, now), Asked::Waiting);
        assert_eq!(book.ask(&token(), now), Asked::Over);
        assert_eq!(book.ask(&secret, now), Asked::Granted(granted));
        assert_eq!(book.ask(&secret, now), Asked::Over, "and not again");
        assert!(book.take(&code, "ann", now).is_err());
    }

    #[test]
    fn a_code_grows_old() {
        let book = PairingBook::default();
        let (code, secret) = book.begin(HOME, MonoMs(0)).expect("a code");
        let late = MonoMs(PairingCode::GOOD_MS);
        assert_eq!(book.ask(&secret, late), Asked::Over);
        assert!(book.take(&code, "ann", late).is_err());
    }

    #[test]
    fn guessing_ends() {
        let book = PairingBook::default();
        let (code, _) = book.begin(HOME, MonoMs(0)).expect("a code");
        let wrong: PairingCode = if code.as_str() == "AAAAAA" { "CCCCCC" } else { "AAAAAA" }.parse().expect("a code");
        for _ in 0..WRONG_MAX {
            assert_eq!(book.take(&wrong, "eve", MonoMs(0)).err(), Some(PairingError::UnknownCode));
        }
        assert_eq!(book.take(&code, "eve", MonoMs(0)).err(), Some(PairingError::TooMany), "even with the right one");
        assert!(book.take(&code, "ann", MonoMs(0)).is_ok(), "others are not kept out");
    }

    #[test]
    fn asking_ends() {
        let book = PairingBook::default();
        for _ in 0..ASKED_MAX {
            book.begin(HOME, MonoMs(0)).expect("a code");
        }
        assert_eq!(book.begin(HOME, MonoMs(0)).err(), Some(PairingError::TooMany));
        for last in 1..=9 {
            let address = IpAddr::from([192, 0, 2, last]);
            for _ in 0..ASKED_MAX {
                book.begin(address, MonoMs(0)).expect("a code");
            }
        }
        let full = book.begin(IpAddr::from([192, 0, 2, 200]), MonoMs(0));
        assert_eq!(full.err(), Some(PairingError::TooMany), "all of them together are {OPEN_MAX}");
    }
}
