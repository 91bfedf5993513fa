//! The plants as the pages ask for them.

use super::plant_view::{plant_view, trend_points};
use app::backend::{PlantError, Plants};
use app::brewery::{Act, PlantPage, PlantView, TrendPoint};
use brewery::contract::Call;
use brewery::controller::Setpoint;
use brewery::hosting::{Brewery, Handle, MAIN};
use brewery::plant::STEPS_PER_S;
use brewery::{Command, Pace};
use std::sync::{Arc, OnceLock};

/// The longest step that a page may ask for: it takes some milliseconds.
const STEP_MAX_S: u32 = 3_600;

/// The plants of this program, as soon as they are there, and who may act on them.
#[derive(Clone)]
pub(crate) struct PlantDesk {
    plants: Arc<OnceLock<Brewery>>,
    may_operate: bool,
}

impl PlantDesk {
    /// Of a server without plants, until [`Self::open`].
    pub(crate) fn new(may_operate: bool) -> Self {
        Self { plants: Arc::default(), may_operate }
    }

    /// From now on these are the plants.
    pub(crate) fn show(&self, plants: Brewery) {
        // They are opened once in a run; others would be the same.
        drop(self.plants.set(plants));
    }

    /// The plant of this name; the main one without a name.
    pub(crate) fn find(&self, plant: Option<&str>) -> Option<Handle> {
        self.plants.get()?.find(plant.unwrap_or(MAIN))
    }

    /// The one place that decides who may act. The right of operators belongs here once there are accounts; until then it is
    /// who sits at this machine, and everybody in a demonstration.
    const fn may_operate(&self) -> bool {
        self.may_operate
    }
}

/// What is shown of a plant now.
pub(crate) fn view_of(handle: &Handle) -> PlantView {
    plant_view(&handle.snapshot())
}

impl Plants for PlantDesk {
    fn open(&self, plant: Option<&str>) -> Result<PlantPage, PlantError> {
        let handle = self.find(plant).ok_or(PlantError::NoPlant)?;
        let all = self.plants.get().map(Brewery::list).unwrap_or_default();
        Ok(PlantPage {
            plants: all.iter().map(|handle| handle.name().to_string()).collect(),
            plant: handle.name().to_string(),
            may_operate: self.may_operate(),
            view: view_of(&handle),
            trends: trend_points(&handle.trends(None)),
        })
    }

    fn trends(&self, plant: &str) -> Result<Vec<TrendPoint>, PlantError> {
        let handle = self.find(Some(plant)).ok_or(PlantError::NoPlant)?;
        Ok(trend_points(&handle.trends(None)))
    }

    fn act(&self, plant: &str, act: &Act) -> Result<PlantView, PlantError> {
        if !self.may_operate() {
            return Err(PlantError::NotAllowed);
        }
        let handle = self.find(Some(plant)).ok_or(PlantError::NoPlant)?;
        carry_out(&handle, act)?;
        Ok(view_of(&handle))
    }
}

fn carry_out(handle: &Handle, act: &Act) -> Result<(), PlantError> {
    let pace = |change: &dyn Fn(Pace) -> Pace| {
        handle.set_pace(change(handle.snapshot().pace)).map_err(|_| PlantError::Senseless)
    };
    match act {
        Act::Switch(switch, true) => drop(handle.call(Call::Start(*switch))),
        Act::Switch(switch, false) => drop(handle.call(Call::Stop(*switch))),
        Act::Reset => drop(handle.call(Call::Reset)),
        Act::Setpoint(vessel, tenths) => {
            let setpoint = Setpoint::new(f64::from(*tenths) / 10.0).map_err(|_| PlantError::Senseless)?;
            drop(handle.call(Call::SetSetpoint(*vessel, setpoint)));
        }
        Act::Rate(rate) => pace(&|pace| Pace { rate: f64::from(*rate), ..pace })?,
        Act::Pause(paused) => pace(&|pace| Pace { paused: *paused, ..pace })?,
        Act::Step(seconds) => {
            let steps = u64::from(*seconds).min(u64::from(STEP_MAX_S)) * STEPS_PER_S;
            handle.step(steps).map_err(|_| PlantError::Senseless)?;
        }
        Act::Seen(id) => handle.command(&Command::Acknowledge(id.clone())).map_err(|_| PlantError::Senseless)?,
    }
    Ok(())
}
