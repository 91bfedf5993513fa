//! Web Push: a notice for a browser whose page is closed.
//!
//! The message is encrypted for that browser alone (RFC 8291) and signed by this server (RFC 8292); the browser maker's push
//! service passes it on and can read neither box nor floor.

mod delivery;
mod encryption;
mod endpoint;
mod subscription;
mod vapid;

pub(crate) use delivery::{PushJob, PushSender};
pub(crate) use subscription::{Subscription, SubscriptionError};
pub(crate) use vapid::VapidKey;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Base64 as all of Web Push writes it: for URLs, without padding.
fn encode_base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode_base64(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}
