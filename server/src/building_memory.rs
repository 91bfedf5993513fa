//! The building as the server holds it: read once, so that no page waits for the database.

use crate::clock::local_day;
use app::backend::{BoothDetail, FloorDetail, PolygonDetail};
use domain::{BoothNumber, Building, FloorNumber, FloorPlan, PlanPoint, ServiceHours};
use drafting::Shape;
use entity::{Site, Storage, StorageError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Site, floors, booths, boards, wiring and plans.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct BuildingMemory {
    pub(crate) site: Site,
    pub(crate) building: Building,
    plans: BTreeMap<FloorNumber, FloorPlan>,
    /// The outlines of booths that are no rectangles.
    #[serde(default)]
    outlines: BTreeMap<BoothNumber, PolygonDetail>,
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
        let polygon = |(number, corners): (BoothNumber, Vec<PlanPoint>)| (number, draw_polygon(&corners));
        let outlines = storage.list_outlines().await?.into_iter().map(polygon).collect();
        Ok(Self { outlines, ..Self::new(site, building, plans) })
    }

    /// Puts it together.
    pub(crate) fn new(site: Site, building: Building, plans: BTreeMap<FloorNumber, FloorPlan>) -> Self {
        Self { site, building, plans, outlines: BTreeMap::new() }
    }

    /// Whether a server with this building shows what one with the other does. Which boards there are is not shown, and
    /// followed while the server runs.
    pub(crate) fn shows_the_same_as(&self, other: &Self) -> bool {
        let Building { floors, booths, wires, boards: _ } = &self.building;
        let building =
            (floors, booths, wires) == (&other.building.floors, &other.building.booths, &other.building.wires);
        let drawn = (&self.plans, &self.outlines) == (&other.plans, &other.outlines);
        building && self.site == other.site && drawn
    }

    /// When the boards have to be awake.
    ///
    /// # Errors
    /// When a holiday is no date.
    pub(crate) fn hours(&self) -> Result<ServiceHours, jiff::Error> {
        let day = |text: &String| text.parse().map(local_day);
        let holidays: Vec<_> = self.site.holidays.iter().map(day).collect::<Result<_, _>>()?;
        Ok(self.site.hours.clone().except(holidays))
    }

    /// A floor as pages draw it; a floor without a plan has none.
    pub(crate) fn find_floor(&self, number: FloorNumber) -> Option<FloorDetail> {
        let on_floor = self.building.booths.iter().filter(|booth| booth.floor == number);
        let detail = |booth: &domain::Booth| BoothDetail {
            number: booth.number,
            name: booth.name.clone(),
            placement: booth.placement,
            polygon: self.outlines.get(&booth.number).cloned(),
        };
        Some(FloorDetail { number, plan: self.plans.get(&number)?.clone(), booths: on_floor.map(detail).collect() })
    }
}

/// As a page draws it.
fn draw_polygon(corners: &[PlanPoint]) -> PolygonDetail {
    let steps = corners.iter().map(|PlanPoint { x, y }| format!("{x} {y}")).collect::<Vec<_>>().join("L");
    PolygonDetail { path: format!("M{steps}Z"), label: Shape::Polygon(corners.to_vec()).label_room() }
}
