//! Joins ingest's history to the database.

use domain::Transition;
use entity::{Storage, StorageError};
use ingest::HistoryStore;

/// History goes into the `transition` table.
pub(crate) struct StoredHistory(pub(crate) Storage);

impl HistoryStore for StoredHistory {
    type Error = StorageError;

    async fn append(&self, transitions: &[Transition]) -> Result<(), StorageError> {
        match self.0.append_transitions(transitions).await {
            // The others are stored, or never will be: trying them again would hold up all history for ever.
            Err(error) if !error.is_retryable() => {
                tracing::error!(%error, batch = transitions.len(), "history cannot be kept, and is passed over");
                Ok(())
            }
            stored => stored,
        }
    }
}
