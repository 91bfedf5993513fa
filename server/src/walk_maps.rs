//! The floors as walkers see them, made once per plan.

use crate::building_memory::BuildingMemory;
use domain::{BoothNumber, FloorNumber, Walk, WalkMap, WalkStart};
use std::collections::BTreeMap;

/// One map a floor.
pub(crate) struct WalkMaps(BTreeMap<FloorNumber, WalkMap>);

impl WalkMaps {
    /// Reads the plans. One that cannot be read is walked straight through, and said in the log.
    pub(crate) fn new(memory: &BuildingMemory) -> Self {
        let numbers = memory.building.floors.iter().map(|floor| floor.number);
        let map = |number: FloorNumber| {
            let floor = memory.find_floor(number)?;
            let booths: Vec<_> = floor.booths.iter().map(|booth| (booth.number, booth.placement)).collect();
            let map = WalkMap::new(&floor.plan, &booths).unwrap_or_else(|error| {
                tracing::warn!(floor = %number, %error, "the walkable part of a plan cannot be read; ways are straight lines");
                WalkMap::without_walls(&floor.plan, &booths)
            });
            Some((number, map))
        };
        Self(numbers.filter_map(map).collect())
    }

    /// The ways on a floor, the shortest first.
    pub(crate) fn walks(&self, floor: FloorNumber, from: Option<BoothNumber>) -> Vec<Walk> {
        let start = from.map_or(WalkStart::Entrance, WalkStart::Booth);
        self.0.get(&floor).map(|map| map.walks(start)).unwrap_or_default()
    }
}
