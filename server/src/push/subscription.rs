//! Where a browser takes its messages, and the keys for them, as it tells them itself.

use super::decode_base64;
use super::endpoint::{Endpoint, EndpointError};
use p256::PublicKey;
use serde::{Deserialize, Serialize};

/// A browser's subscription, checked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "SubscriptionText", into = "SubscriptionText")]
pub(crate) struct Subscription {
    text: SubscriptionText,
    endpoint: Endpoint,
    browser_key: PublicKey,
    auth: Vec<u8>,
}

/// The form of `PushSubscription.toJSON()`.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct SubscriptionText {
    endpoint: String,
    keys: KeysText,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct KeysText {
    p256dh: String,
    auth: String,
}

/// What is wrong with a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SubscriptionError {
    /// The address cannot be one of a push service.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// No point of P-256.
    #[error("keys.p256dh is no public key of P-256")]
    BrowserKey,
    /// Not 16 bytes.
    #[error("keys.auth is not 16 bytes")]
    Auth,
}

const AUTH_BYTES: usize = 16;

impl Subscription {
    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    pub(super) fn browser_key(&self) -> &PublicKey {
        &self.browser_key
    }

    pub(super) fn auth(&self) -> &[u8] {
        &self.auth
    }
}

impl TryFrom<SubscriptionText> for Subscription {
    type Error = SubscriptionError;

    fn try_from(text: SubscriptionText) -> Result<Self, SubscriptionError> {
        let endpoint = text.endpoint.parse()?;
        let point = decode_base64(&text.keys.p256dh).ok_or(SubscriptionError::BrowserKey)?;
        let browser_key = PublicKey::from_sec1_bytes(&point).map_err(|_| SubscriptionError::BrowserKey)?;
        let auth = decode_base64(&text.keys.auth).filter(|auth| auth.len() == AUTH_BYTES);
        Ok(Self { endpoint, browser_key, auth: auth.ok_or(SubscriptionError::Auth)?, text })
    }
}

impl From<Subscription> for SubscriptionText {
    fn from(subscription: Subscription) -> Self {
        subscription.text
    }
}
