//! What is kept of plants over a restart.

use crate::brewhouse::Brewhouse;
use crate::clock::Pace;
use crate::contract::Setpoint3Name;
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::pin::Pin;

/// The version of [`Stored::model`] that this program writes and reads.
const VERSION: u32 = 1;

/// What is kept of one plant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The plant's name.
    pub name: String,
    /// The 26 lines of the first stub.
    pub data: String,
    /// All of it, as JSON. Numbers come back to the last bit.
    pub model: String,
}

/// Why something could not be kept or found. For the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct StoreError {
    /// What the storage said.
    pub reason: String,
}

/// An answer that comes later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Where plants are kept.
pub trait Store: Send + Sync + 'static {
    /// All that is kept.
    fn list(&self) -> Later<'_, Vec<Stored>>;
    /// Keeps this, instead of what was kept under its name.
    fn save(&self, stored: Stored) -> Later<'_, ()>;
    /// Forgets what is kept under this name.
    fn remove(&self, name: String) -> Later<'_, ()>;
}

/// The content of [`Stored::model`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct KeptState {
    version: u32,
    as_page: bool,
    pub(super) pace: Pace,
    pub(super) brewhouse: Brewhouse,
}

/// Why a kept plant cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The storage does not give it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is not what this program writes.
    #[error("the kept plant {name:?} cannot be read: {reason}")]
    Unreadable {
        /// The plant.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl KeptState {
    pub(super) fn of(brewhouse: &Brewhouse, pace: Pace, setpoint3: Setpoint3Name) -> Self {
        let as_page = setpoint3 == Setpoint3Name::Ebu;
        Self { version: VERSION, as_page, pace, brewhouse: brewhouse.clone() }
    }

    pub(super) const fn setpoint3(&self) -> Setpoint3Name {
        if self.as_page { Setpoint3Name::Ebu } else { Setpoint3Name::Mashtun }
    }

    pub(super) fn read(stored: &Stored) -> Result<Self, LoadError> {
        let unreadable = |reason: String| LoadError::Unreadable { name: stored.name.clone(), reason };
        let mut kept: Self = serde_json::from_str(&stored.model).map_err(|error| unreadable(error.to_string()))?;
        if kept.version != VERSION {
            return Err(unreadable(format!("it is of version {}, this program reads {VERSION}", kept.version)));
        }
        kept.brewhouse.wake();
        Ok(kept)
    }
}
