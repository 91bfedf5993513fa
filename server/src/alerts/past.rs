//! Detectors that are stuck, by what history says of their booths.

use crate::backend::MemoryBackend;
use crate::clock::utc_now;
use domain::{BoothNumber, DetectorPast, Stuck, list_intervals, list_stuck};
use entity::{Storage, StorageError};

const DAY_MS: u64 = 86_400_000;

/// Reads a week of each booth, one after the other: nobody waits for it.
pub(super) async fn find_stuck(
    storage: &Storage,
    backend: &MemoryBackend,
) -> Result<Vec<(BoothNumber, Stuck)>, StorageError> {
    let now = utc_now();
    let from = now.minus(DetectorPast::DAYS * DAY_MS);
    let shown = backend.memory.get();
    let mut pasts = Vec::new();
    for booth in &shown.building.booths {
        let transitions = match storage.list_transitions(booth.number, from, now).await {
            Ok(transitions) => transitions,
            // It was taken away just now.
            Err(StorageError::UnknownBooth { .. }) => continue,
            Err(error) => return Err(error),
        };
        let before = storage.find_observation_before(booth.number, from).await?;
        let intervals = list_intervals(before, &transitions, from, now);
        pasts.push(DetectorPast::of(booth.number, booth.floor, &intervals));
    }
    Ok(list_stuck(&pasts))
}
