//! What was, which only the database knows: it may take a moment, and it may be away.

use super::{Answer, ApiError};
use domain::{BoothNumber, Usual};
use std::sync::Arc;

/// The server's side of a card's history.
pub trait History: Send + Sync {
    /// What is usual of a booth.
    ///
    /// # Errors
    /// `BoothNotFound`; `HistoryAway` when the database does not answer soon.
    fn usual(&self, booth: BoothNumber) -> Answer<Result<Usual, ApiError>>;
}

/// The [`History`], as it stands in the context of the server's side.
#[derive(Clone)]
pub struct HistoryHandle(pub Arc<dyn History>);
