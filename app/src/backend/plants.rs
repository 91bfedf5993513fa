//! The brewing plants that the server runs, if it runs any.

use super::StatusReply;
use crate::brewery::{Act, PlantPage, PlantView, Standing, TrendPoint};
use domain::{Holds, OperatePlant};
use leptos::prelude::use_context;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The server's side of the plants. All but long steps is answered from memory.
pub trait Plants: Send + Sync {
    /// Whether this server runs plants, or is about to.
    fn runs_any(&self) -> bool;

    /// What the page of a plant begins with; of the first one without a name.
    ///
    /// # Errors
    /// `NoPlant`, `NotYet`.
    fn open(&self, plant: Option<&str>, standing: Standing) -> Result<PlantPage, PlantError>;

    /// How a plant was, oldest first.
    ///
    /// # Errors
    /// `NoPlant`, `NotYet`.
    fn trends(&self, plant: &str) -> Result<Vec<TrendPoint>, PlantError>;

    /// Does something to a plant. Returns how it is then.
    ///
    /// # Errors
    /// `NoPlant`, `NotYet`, `Senseless`.
    fn act(&self, by: &Holds<OperatePlant>, plant: &str, act: &Act) -> Result<PlantView, PlantError>;
}

/// The [`Plants`], as they stand in the context of the server's side.
#[derive(Clone)]
pub struct PlantsHandle(pub Arc<dyn Plants>);

/// Whether who asks may act, or why not; as it stands in the context of the server's side.
#[derive(Clone)]
pub struct Operator(pub Result<Holds<OperatePlant>, PlantError>);

/// Why something was not shown, or not done. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PlantError {
    /// The server runs no such plant.
    #[error("there is no such plant")]
    NoPlant,
    /// The server is about to: its database does not answer yet.
    #[error("the plant is not there yet")]
    NotYet,
    /// Nobody is signed in, or not any more.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The account does not have the right.
    #[error("this account may not do that")]
    NotAllowed,
    /// A number out of range, or an act that there is not.
    #[error("nobody can do that to a plant")]
    Senseless,
    /// The server did not answer, or not in words that this page understands.
    #[error("the server cannot be reached")]
    Unreachable,
}

impl PlantError {
    const ALL: [Self; 6] =
        [Self::NoPlant, Self::NotYet, Self::NotSignedIn, Self::NotAllowed, Self::Senseless, Self::Unreachable];

    /// The word for it in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoPlant => "no-plant",
            Self::NotYet => "not-yet",
            Self::NotSignedIn => "not-signed-in",
            Self::NotAllowed => "not-allowed",
            Self::Senseless => "senseless",
            Self::Unreachable => "unreachable",
        }
    }

    /// The error with this word.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|error| error.as_str() == word)
    }

    /// The HTTP status that says the same.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::NoPlant => 404,
            Self::NotSignedIn => 401,
            Self::NotAllowed => 403,
            Self::Senseless => 422,
            Self::NotYet | Self::Unreachable => 503,
        }
    }

    /// The same, said by the status of the answer, too; in the browser there is none.
    pub(crate) fn replied(self) -> Self {
        if let Some(StatusReply(reply)) = use_context() {
            reply(self.http_status());
        }
        self
    }
}

impl FromServerFnError for PlantError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let refused = match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Senseless,
            _ => Self::Unreachable,
        };
        refused.replied()
    }
}

/// The plants, on the server's side; in the browser there are none.
pub(crate) fn use_plants() -> Result<Arc<dyn Plants>, PlantError> {
    use_context::<PlantsHandle>().map(|handle| handle.0).ok_or(PlantError::NoPlant)
}

/// The first line of what acts on a plant.
///
/// # Errors
/// `NotSignedIn`, `NotAllowed`; `Unreachable` when it is not known who asks.
pub fn use_operator() -> Result<Holds<OperatePlant>, PlantError> {
    use_context::<Operator>().map_or(Err(PlantError::NotSignedIn), |Operator(operator)| operator)
}

/// What whoever asks may do.
pub(crate) fn use_standing() -> Standing {
    match use_operator() {
        Ok(_) => Standing::Operates,
        Err(PlantError::NotAllowed) => Standing::Looks,
        Err(_) => Standing::SignedOut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_its_word() {
        for error in PlantError::ALL {
            assert_eq!(PlantError::of_word(error.as_str()), Some(error));
        }
        assert_eq!(PlantError::of_word("x"), None);
    }
}
