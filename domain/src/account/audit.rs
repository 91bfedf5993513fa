//! The log of changes: who did what to what, with before and after, in a chain of hashes.
//!
//! Each entry's hash covers its content and the hash before it. Whoever alters, removes or inserts an entry has to make all
//! later hashes anew, and then the newest one differs from what was noted elsewhere (an export, a printed page).

use super::AccountId;
use crate::UtcMs;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account; none for whoever was at the command line or came by a one-time link.
    pub account: Option<AccountId>,
    /// What it was called then.
    pub name: String,
}

impl Actor {
    /// Whoever runs the program on the server's own machine.
    #[must_use]
    pub fn command_line() -> Self {
        Self { account: None, name: "command line".to_owned() }
    }

    /// Whoever has a one-time link.
    #[must_use]
    pub fn link() -> Self {
        Self { account: None, name: "one-time link".to_owned() }
    }
}

/// A SHA-256; as a text 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AuditHash(pub [u8; 32]);

/// A text that is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 hexadecimal digits")]
pub struct AuditHashError;

impl AuditHash {
    /// What stands before the first entry.
    pub const NONE: Self = Self([0; 32]);
}

impl fmt::Display for AuditHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for AuditHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for AuditHash {
    type Err = AuditHashError;

    fn from_str(text: &str) -> Result<Self, AuditHashError> {
        let digits: Vec<u8> = text.chars().filter_map(|c| c.to_digit(16)).filter_map(|d| d.try_into().ok()).collect();
        if digits.len() != 64 || text.len() != 64 {
            return Err(AuditHashError);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            *byte = pair[0] << 4 | pair[1];
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for AuditHash {
    type Error = AuditHashError;

    fn try_from(text: String) -> Result<Self, AuditHashError> {
        text.parse()
    }
}

impl From<AuditHash> for String {
    fn from(hash: AuditHash) -> Self {
        hash.to_string()
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Its number, from 1 without gaps.
    pub seq: i64,
    /// When.
    pub at: UtcMs,
    /// Who.
    pub actor: Actor,
    /// What was done: `account.created`.
    pub action: String,
    /// To what: `account:ann`.
    pub subject: String,
    /// How it was, as JSON; nothing for what was not there.
    pub before: Option<String>,
    /// How it became, as JSON; nothing for what is gone.
    pub after: Option<String>,
    /// The hash of the entry before.
    pub prev: AuditHash,
    /// The SHA-256 of [`Self::hashed_bytes`].
    pub hash: AuditHash,
}

impl AuditEntry {
    /// What the hash covers: a line that names the form, then every field as `<bytes>:<text>,` and `-,` for one that is
    /// not there. So no two entries have the same bytes, whatever their texts are.
    #[must_use]
    pub fn hashed_bytes(&self) -> Vec<u8> {
        let account = self.actor.account.map(|account| account.0.to_string());
        let fields = [
            Some(self.seq.to_string()),
            Some(self.at.0.to_string()),
            account,
            Some(self.actor.name.clone()),
            Some(self.action.clone()),
            Some(self.subject.clone()),
            self.before.clone(),
            self.after.clone(),
            Some(self.prev.to_string()),
        ];
        let mut bytes = b"dispobox audit 1\n".to_vec();
        for field in fields {
            match field {
                Some(text) => bytes.extend(format!("{}:{text},", text.len()).bytes()),
                None => bytes.extend(b"-,"),
            }
        }
        bytes
    }
}

/// The end of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHead {
    /// The number of the newest entry; 0 when there is none.
    pub seq: i64,
    /// Its hash.
    pub hash: AuditHash,
}

impl AuditHead {
    /// Of a log without entries.
    pub const EMPTY: Self = Self { seq: 0, hash: AuditHash::NONE };
}

/// Where a chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuditFault {
    /// Entries are missing, or stand twice.
    #[error("entry {expected} is missing: {found} follows")]
    Missing {
        /// The number that should follow.
        expected: i64,
        /// The number that does.
        found: i64,
    },
    /// An entry does not follow from the one before it.
    #[error("entry {seq} does not follow from the one before it")]
    Unlinked {
        /// Its number.
        seq: i64,
    },
    /// An entry is not what it was.
    #[error("entry {seq} was altered")]
    Altered {
        /// Its number.
        seq: i64,
    },
    /// The newest entries are missing, or the end was made anew.
    #[error("the log ends at {found}, and should at {expected}")]
    WrongEnd {
        /// The number of the newest entry as it was noted.
        expected: i64,
        /// The number of the newest that is there.
        found: i64,
    },
}

/// Checks a chain entry by entry, however long it is.
#[derive(Debug)]
pub struct AuditCheck {
    head: AuditHead,
}

impl Default for AuditCheck {
    fn default() -> Self {
        Self { head: AuditHead::EMPTY }
    }
}

impl AuditCheck {
    /// The next entry; `sha256` is the hash function.
    ///
    /// # Errors
    /// When it is not what follows.
    pub fn push(&mut self, entry: &AuditEntry, sha256: impl Fn(&[u8]) -> [u8; 32]) -> Result<(), AuditFault> {
        let expected = self.head.seq + 1;
        if entry.seq != expected {
            return Err(AuditFault::Missing { expected, found: entry.seq });
        }
        if entry.prev != self.head.hash {
            return Err(AuditFault::Unlinked { seq: entry.seq });
        }
        if sha256(&entry.hashed_bytes()) != entry.hash.0 {
            return Err(AuditFault::Altered { seq: entry.seq });
        }
        self.head = AuditHead { seq: entry.seq, hash: entry.hash };
        Ok(())
    }

    /// Where the chain is.
    #[must_use]
    pub fn head(&self) -> AuditHead {
        self.head
    }

    /// The last entry was pushed.
    ///
    /// # Errors
    /// When the chain ends elsewhere than was noted.
    pub fn finish(self, noted: AuditHead) -> Result<AuditHead, AuditFault> {
        if self.head == noted {
            Ok(self.head)
        } else {
            Err(AuditFault::WrongEnd { expected: noted.seq, found: self.head.seq })
        }
    }
}

#[cfg(test)]
#[path = "audit_tests.rs"]
mod tests;
