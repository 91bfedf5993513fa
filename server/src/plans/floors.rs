//! Floors: made, arranged, taken away, brought back. Who asks waits until it is shown so.

use super::PlanDesk;
use super::desk::{FLOORS, LOOKS_MAX, explain};
use crate::clock::utc_now;
use app::backend::PlanError;
use domain::{EditPlans, FloorNumber, Holds};
use entity::Site;
use std::time::Instant;

/// Letters of a floor's name.
const NAME_MAX: usize = 40;

impl PlanDesk {
    /// Makes a floor without booths, on an empty sheet.
    pub(crate) async fn create_named_floor(
        &self,
        by: &Holds<EditPlans>,
        number: FloorNumber,
        name: &str,
    ) -> Result<(), PlanError> {
        let name = check_name(name)?;
        if !FLOORS.contains(&number.0) {
            return Err(PlanError::BadFloor);
        }
        self.storage.create_floor(by, (number, name), utc_now()).await.map_err(explain)?;
        self.follow(number, 1).await;
        Ok(())
    }

    /// Gives a floor a name, and a place among the tabs.
    pub(crate) async fn arrange_floor(
        &self,
        by: &Holds<EditPlans>,
        floor: FloorNumber,
        (name, place): (&str, usize),
    ) -> Result<(), PlanError> {
        let name = check_name(name)?;
        self.storage.arrange_floor(by, floor, (name, place), utc_now()).await.map_err(explain)?;
        self.live_look().await;
        Ok(())
    }

    /// Takes a floor away, or brings it back.
    pub(crate) async fn set_floor_retired(
        &self,
        by: &Holds<EditPlans>,
        floor: FloorNumber,
        is_retired: bool,
    ) -> Result<(), PlanError> {
        self.storage.set_floor_retired(by, floor, is_retired, utc_now()).await.map_err(explain)?;
        let is_shown = || self.memory.get().building.floors.iter().any(|known| known.number == floor);
        for _ in 0..LOOKS_MAX {
            if is_shown() != is_retired {
                break;
            }
            self.live_look().await;
        }
        Ok(())
    }

    /// Waits until the site is as it was changed, but not for long: it comes in any case.
    pub(crate) async fn follow_site(&self, site: &Site) {
        for _ in 0..LOOKS_MAX {
            if self.memory.get().site == *site {
                break;
            }
            self.live_look().await;
        }
    }

    /// Whether the server was told to be open whatever the hours are.
    pub(crate) const fn is_always_open(&self) -> bool {
        self.is_always_open
    }

    /// Who else has the editor of a floor open, by name.
    pub(crate) fn others_at(&self, floor: FloorNumber, by: &Holds<EditPlans>) -> Vec<String> {
        self.presence.others(floor, by.actor(), Instant::now())
    }
}

fn check_name(name: &str) -> Result<&str, PlanError> {
    let is_name = name.chars().count() <= NAME_MAX && !name.chars().any(char::is_control);
    if is_name { Ok(name) } else { Err(PlanError::BadName) }
}
