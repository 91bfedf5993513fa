//! The building as the server holds it: read once, so that no page waits for the database.

use app::backend::{BoothDetail, FloorDetail};
use domain::{Building, FloorNumber, FloorPlan};
use entity::{Site, Storage, StorageError};
use std::collections::BTreeMap;

/// Site, floors, booths, boards, wiring and plans.
#[derive(Debug)]
pub(crate) struct BuildingMemory {
    pub(crate) site: Site,
    pub(crate) building: Building,
    plans: BTreeMap<FloorNumber, FloorPlan>,
}

impl BuildingMemory {
    /// Reads all of it.
    pub(crate) async fn read(storage: &Storage) -> Result<Self, StorageError> {
        let site = storage.read_site().await?;
        let building = storage.read_building().await?;
        let mut plans = BTreeMap::new();
        for floor in &building.floors {
            if let Some(plan) = storage.find_plan(floor.number).await? {
                plans.insert(floor.number, plan);
            }
        }
        Ok(Self { site, building, plans })
    }

    /// A floor as pages draw it; a floor without a plan has none.
    pub(crate) fn find_floor(&self, number: FloorNumber) -> Option<FloorDetail> {
        let on_floor = self.building.booths.iter().filter(|booth| booth.floor == number);
        let detail = |booth: &domain::Booth| BoothDetail {
            number: booth.number,
            name: booth.name.clone(),
            placement: booth.placement,
        };
        Some(FloorDetail { number, plan: self.plans.get(&number)?.clone(), booths: on_floor.map(detail).collect() })
    }
}
