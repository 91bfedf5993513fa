//! The building that is shown at this moment. A publication puts another one in its place; whoever has begun to answer goes on with
//! the one they have.

use crate::building_memory::BuildingMemory;
use crate::walk_maps::WalkMaps;
use domain::FloorVersion;
use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

/// A building, and the ways in it.
pub(crate) struct ShownBuilding {
    memory: BuildingMemory,
    pub(crate) walks: WalkMaps,
}

impl Deref for ShownBuilding {
    type Target = BuildingMemory;

    fn deref(&self) -> &BuildingMemory {
        &self.memory
    }
}

impl ShownBuilding {
    fn new(memory: BuildingMemory) -> Self {
        Self { walks: WalkMaps::new(&memory), memory }
    }

    /// Which version of each floor it is.
    pub(crate) fn layouts(&self) -> Vec<FloorVersion> {
        let version = |floor: &domain::Floor| FloorVersion { floor: floor.number, version: floor.version };
        self.memory.building.floors.iter().map(version).collect()
    }
}

/// What everybody looks at. Looking takes a lock for as long as a pointer is copied.
pub(crate) struct BuildingNow(RwLock<Arc<ShownBuilding>>);

impl BuildingNow {
    /// Begins with this one.
    pub(crate) fn new(memory: BuildingMemory) -> Self {
        Self(RwLock::new(Arc::new(ShownBuilding::new(memory))))
    }

    /// The building at this moment.
    pub(crate) fn get(&self) -> Arc<ShownBuilding> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows another one.
    pub(crate) fn replace(&self, memory: BuildingMemory) -> Arc<ShownBuilding> {
        let shown = Arc::new(ShownBuilding::new(memory));
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&shown);
        shown
    }
}
