//! The secret by which a browser is known while it waits.

use domain::TicketName;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// 128 random bits, chosen by the server and held by one browser; on the wire 32 hexadecimal digits. The server keeps only
/// its name, which is a hash.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Ticket(TicketName);

impl Ticket {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub(crate) fn draw() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(TicketName(u128::from_be_bytes(bytes))))
    }

    /// What everybody may call it.
    pub(crate) fn name(self) -> TicketName {
        let digest = Sha256::digest(self.0.0.to_be_bytes());
        let mut name = [0; 16];
        name.copy_from_slice(&digest[..16]);
        TicketName(u128::from_be_bytes(name))
    }
}
