//! The plants as the pages ask for them.

use super::plant_view::{plant_view, trend_points};
use app::backend::{PlantError, Plants};
use app::brewery::{Act, PlantPage, PlantView, Standing, TrendPoint};
use brewery::contract::Call;
use brewery::controller::Setpoint;
use brewery::hosting::{Brewery, Handle, MAIN};
use brewery::plant::STEPS_PER_S;
use brewery::{Command, Pace};
use domain::{Holds, OperatePlant, Principal};
use std::sync::{Arc, OnceLock};

/// The longest step that a page may ask for: it takes some milliseconds.
const STEP_MAX_S: u32 = 3_600;

/// The plants of this program, as soon as they are there, and who may act on them.
#[derive(Clone)]
pub(crate) struct PlantDesk {
    /// Not set while they are waited for; none when there will be none.
    plants: Arc<OnceLock<Option<Brewery>>>,
    is_demonstration: bool,
}

impl PlantDesk {
    /// Of a server whose plants are to come, or of one without. In a demonstration everybody may act.
    pub(crate) fn new(are_expected: bool, is_demonstration: bool) -> Self {
        let plants = if are_expected { OnceLock::new() } else { OnceLock::from(None) };
        Self { plants: Arc::new(plants), is_demonstration }
    }

    /// From now on these are the plants; or it is known that there will be none.
    pub(super) fn show(&self, plants: Option<Brewery>) {
        // They are opened once in a run; others would be the same.
        drop(self.plants.set(plants));
    }

    /// The plant of this name; the main one without a name.
    pub(crate) fn find(&self, plant: Option<&str>) -> Result<Handle, PlantError> {
        self.plants()?.find(plant.unwrap_or(MAIN)).ok_or(PlantError::NoPlant)
    }

    fn plants(&self) -> Result<&Brewery, PlantError> {
        self.plants.get().ok_or(PlantError::NotYet)?.as_ref().ok_or(PlantError::NoPlant)
    }

    /// The one place that decides who may act: whose account has the right, and everybody in a demonstration.
    pub(crate) fn operator(&self, who: Option<&Principal>) -> Result<Holds<OperatePlant>, PlantError> {
        let claimed = who.map(|who| Holds::claim(who).map_err(|_| PlantError::NotAllowed));
        match claimed.unwrap_or(Err(PlantError::NotSignedIn)) {
            Err(_) if self.is_demonstration => Ok(Holds::in_demonstration()),
            claimed => claimed,
        }
    }
}

/// What is shown of a plant now.
pub(crate) fn view_of(handle: &Handle) -> PlantView {
    plant_view(&handle.snapshot())
}

impl Plants for PlantDesk {
    fn runs_any(&self) -> bool {
        self.plants.get().is_none_or(Option::is_some)
    }

    fn open(&self, plant: Option<&str>, standing: Standing) -> Result<PlantPage, PlantError> {
        let handle = self.find(plant)?;
        Ok(PlantPage {
            plants: self.plants()?.list().iter().map(|handle| handle.name().to_string()).collect(),
            plant: handle.name().to_string(),
            standing,
            view: view_of(&handle),
            trends: trend_points(&handle.trends(None)),
        })
    }

    fn trends(&self, plant: &str) -> Result<Vec<TrendPoint>, PlantError> {
        Ok(trend_points(&self.find(Some(plant))?.trends(None)))
    }

    fn act(&self, by: &Holds<OperatePlant>, plant: &str, act: &Act) -> Result<PlantView, PlantError> {
        let handle = self.find(Some(plant))?;
        carry_out(&handle, act)?;
        // No entry in the log of changes: nothing real has changed, and a morning's brewing is hundreds of them.
        tracing::info!(by = by.actor().name, plant, %act, "somebody acts on a plant");
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
