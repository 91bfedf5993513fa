//! The brewery's rows, and the clocks that it goes by.

use crate::clock::utc_now;
use brewery::hosting::{HostClock, Later, Store, StoreError, Stored};
use entity::{KeptPlant, Storage, StorageError};
use std::time::{Duration, Instant};

/// The brewery's plants in the project's database.
pub(super) struct Rows(pub(super) Storage);

fn explain(error: &StorageError) -> StoreError {
    StoreError { reason: error.to_string() }
}

impl Store for Rows {
    fn list(&self) -> Later<'_, Vec<Stored>> {
        Box::pin(async {
            let kept = self.0.list_brewery_plants().await.map_err(|error| explain(&error))?;
            Ok(kept.into_iter().map(|KeptPlant { name, data, model, .. }| Stored { name, data, model }).collect())
        })
    }

    fn save(&self, stored: Stored) -> Later<'_, ()> {
        let Stored { name, data, model } = stored;
        let kept = KeptPlant { name, data, model, saved_at: utc_now() };
        Box::pin(async { self.0.save_brewery_plant(kept).await.map_err(|error| explain(&error)) })
    }

    fn remove(&self, name: String) -> Later<'_, ()> {
        Box::pin(async move { self.0.remove_brewery_plant(&name).await.map_err(|error| explain(&error)) })
    }
}

/// The machine's clocks.
pub(super) struct MachineClock(Instant);

impl MachineClock {
    pub(super) fn new() -> Self {
        Self(Instant::now())
    }
}

impl HostClock for MachineClock {
    fn monotonic(&self) -> Duration {
        self.0.elapsed()
    }

    #[allow(clippy::cast_precision_loss)]
    fn unix_s(&self) -> f64 {
        utc_now().0 as f64 / 1_000.0
    }
}
