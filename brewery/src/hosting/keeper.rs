//! Keeps plants in the storage: soon when somebody has acted, now and then when only time has passed.

use super::handle::Handle;
use super::instances::InstanceName;
use super::store::{Store, StoreError, Stored};
use std::collections::BTreeMap;

/// Looks between two states that differ by nothing but time.
const LOOKS_MAX: u32 = 10;

/// What is in the storage already.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    plants: BTreeMap<InstanceName, Kept>,
    failing: bool,
}

#[derive(Debug)]
struct Kept {
    stored: Stored,
    acts: u64,
    looks: u32,
}

impl Keeper {
    /// To be called once a second.
    pub(super) async fn keep_changed(&mut self, plants: Vec<Handle>, store: &dyn Store) {
        let due: Vec<Handle> = plants.iter().filter(|plant| self.is_due(plant)).cloned().collect();
        let kept = self.keep_all(&due, store).await;
        let forgotten = self.forget_removed(&plants, store).await;
        match kept.and(forgotten) {
            Ok(()) => self.failing = false,
            Err(error) if !self.failing => {
                tracing::warn!(%error, "the brewery's state cannot be kept for now; it goes on in memory");
                self.failing = true;
            }
            Err(_) => {}
        }
    }

    fn is_due(&mut self, plant: &Handle) -> bool {
        let Some(kept) = self.plants.get_mut(plant.name()) else { return true };
        kept.looks += 1;
        kept.acts != plant.acts() || kept.looks >= LOOKS_MAX
    }

    pub(super) async fn keep_all(&mut self, plants: &[Handle], store: &dyn Store) -> Result<(), StoreError> {
        for plant in plants {
            // Looked at first: what is done meanwhile is kept the next time.
            let acts = plant.acts();
            let stored = plant.stored().map_err(|error| StoreError { reason: error.to_string() })?;
            if self.plants.get(plant.name()).is_none_or(|kept| kept.stored.model != stored.model) {
                store.save(stored.clone()).await?;
            }
            self.plants.insert(plant.name().clone(), Kept { stored, acts, looks: 0 });
        }
        Ok(())
    }

    async fn forget_removed(&mut self, plants: &[Handle], store: &dyn Store) -> Result<(), StoreError> {
        let is_there = |name: &InstanceName| plants.iter().any(|plant| plant.name() == name);
        let removed: Vec<InstanceName> = self.plants.keys().filter(|name| !is_there(name)).cloned().collect();
        for name in removed {
            store.remove(name.as_str().to_owned()).await?;
            self.plants.remove(&name);
        }
        Ok(())
    }
}
