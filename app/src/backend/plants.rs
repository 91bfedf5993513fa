//! The brewing plants that the server runs, if it runs any.

use crate::brewery::{Act, PlantPage, PlantView, TrendPoint};
use leptos::prelude::use_context;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The server's side of the plants. All but long steps is answered from memory.
pub trait Plants: Send + Sync {
    /// What the page of a plant begins with; of the first one without a name.
    ///
    /// # Errors
    /// `NoPlant`.
    fn open(&self, plant: Option<&str>) -> Result<PlantPage, PlantError>;

    /// How a plant was, oldest first.
    ///
    /// # Errors
    /// `NoPlant`.
    fn trends(&self, plant: &str) -> Result<Vec<TrendPoint>, PlantError>;

    /// Does something to a plant, if this reader may. Returns how it is then.
    ///
    /// # Errors
    /// `NoPlant`, `NotAllowed`, `Senseless`.
    fn act(&self, plant: &str, act: &Act) -> Result<PlantView, PlantError>;
}

/// The [`Plants`], as they stand in the context of the server's side.
#[derive(Clone)]
pub struct PlantsHandle(pub Arc<dyn Plants>);

/// Why something was not shown, or not done. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PlantError {
    /// The server runs no such plant.
    #[error("there is no such plant")]
    NoPlant,
    /// Only operators may.
    #[error("only operators may do that")]
    NotAllowed,
    /// A number out of range, or an act that there is not.
    #[error("nobody can do that to a plant")]
    Senseless,
    /// The server did not answer, or not in words that this page understands.
    #[error("the server cannot be reached")]
    Unreachable,
}

impl FromServerFnError for PlantError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Unreachable
    }
}

/// The plants, on the server's side; in the browser there are none.
pub(crate) fn use_plants() -> Result<Arc<dyn Plants>, PlantError> {
    use_context::<PlantsHandle>().map(|handle| handle.0).ok_or(PlantError::NoPlant)
}
