//! Keeps plants in the storage: soon when somebody has acted, now and then when only time has passed.

use super::handle::Handle;
use super::instances::InstanceName;
use super::store::{Store, StoreError, Stored};
use std::collections::{BTreeMap, BTreeSet};

/// Looks between two states that differ by nothing but time.
const LOOKS_MAX: u32 = 10;

/// What is in the storage already.
#[derive(Debug)]
pub(super) struct Keeper {
    rows: BTreeSet<InstanceName>,
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
    /// With the names of the rows that the storage has.
    pub(super) fn new(rows: BTreeSet<InstanceName>) -> Self {
        Self { rows, plants: BTreeMap::new(), failing: false }
    }

    /// To be called once a second.
    pub(super) async fn keep_changed(&mut self, plants: Vec<Handle>, store: &dyn Store) {
        let due: Vec<Handle> = plants.iter().filter(|plant| self.is_due(plant)).cloned().collect();
        match self.keep_all(&due, &plants, store).await {
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

    /// Keeps these plants, and forgets those that are not there any more.
    pub(super) async fn keep_all(
        &mut self,
        due: &[Handle],
        there: &[Handle],
        store: &dyn Store,
    ) -> Result<(), StoreError> {
        let kept = self.keep(due, store).await;
        let forgotten = self.forget_removed(there, store).await;
        kept.and(forgotten)
    }

    async fn keep(&mut self, plants: &[Handle], store: &dyn Store) -> Result<(), StoreError> {
        for plant in plants {
            // Looked at first: what is done meanwhile is kept the next time.
            let acts = plant.acts();
            let stored = plant.stored().map_err(|error| StoreError { reason: error.to_string() })?;
            if self.plants.get(plant.name()).is_none_or(|kept| kept.stored.model != stored.model) {
                // Noted first: a save that is given up may have been carried out.
                self.rows.insert(plant.name().clone());
                store.save(stored.clone()).await?;
            }
            self.plants.insert(plant.name().clone(), Kept { stored, acts, looks: 0 });
        }
        Ok(())
    }

    async fn forget_removed(&mut self, plants: &[Handle], store: &dyn Store) -> Result<(), StoreError> {
        let is_there = |name: &InstanceName| plants.iter().any(|plant| plant.name() == name);
        let removed: Vec<InstanceName> = self.rows.iter().filter(|name| !is_there(name)).cloned().collect();
        for name in removed {
            store.remove(name.as_str().to_owned()).await?;
            self.rows.remove(&name);
            self.plants.remove(&name);
        }
        Ok(())
    }
}
