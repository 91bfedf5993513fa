//! All that a screen shows, at one moment.

use crate::brewhouse::Brewhouse;
use crate::clock::Pace;
use crate::faults::ProcessFault;
use crate::plant::{Alarm, EnergyLedger, Flow, PumpId, Route, STEPS_PER_S, ValveMode, VesselId};
use serde::{Deserialize, Serialize};

/// The plant at a moment. Arrays are by index of [`VesselId`], [`crate::plant::HeaterId`], [`PumpId`],
/// [`crate::plant::ValveId`] and [`crate::plant::Pipe`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Steps since the very start; only rises.
    pub step: u64,
    /// Seconds of plant time since then.
    pub at_s: f64,
    /// How fast time passes.
    pub pace: Pace,
    /// The vessels with their heaters and loops.
    pub vessels: [VesselView; 3],
    /// The pumps.
    pub pumps: [PumpView; 3],
    /// The valves.
    pub valves: [ValveView; 10],
    /// What runs through each pipe in L/min; negative against its direction.
    pub pipes: [f64; 15],
    /// What moves. A flow without legs runs through no open way: the valves are advisory.
    pub flows: Vec<Flow>,
    /// Whether streams meet or divide.
    pub crossed: bool,
    /// The way with a name that the valves make.
    pub route: Option<Route>,
    /// What valves do.
    pub valve_mode: ValveMode,
    /// Heat through the coil into the boil kettle, in W.
    pub coil_w: f64,
    /// Oldest first.
    pub alarms: Vec<Alarm>,
    /// What is broken.
    pub faults: Vec<ProcessFault>,
    /// What came and went since the last reset.
    pub energy: EnergyLedger,
}

/// A vessel, its heater and its loop.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct VesselView {
    /// Litres.
    pub volume_l: f64,
    /// Litres when it is full.
    pub volume_max_l: f64,
    /// What the liquid is.
    pub celsius: f64,
    /// What the probe says.
    pub reading_c: f64,
    /// Whether it boils.
    pub boiling: bool,
    /// Whether its heater is turned on.
    pub heater_on: bool,
    /// Whether it is powered, which differs when it is broken.
    pub heater_powered: bool,
    /// Heat into the liquid in W.
    pub heat_w: f64,
    /// Heat into the liquid at full power.
    pub heat_max_w: f64,
    /// Whether the loop is on.
    pub pid_on: bool,
    /// What the loop aims at.
    pub setpoint_c: f64,
    /// The loop's terms.
    pub p: f64,
    /// The loop's integral.
    pub i: f64,
    /// The loop's derivative.
    pub d: f64,
    /// What the loop asks for, from 0 to 1.
    pub output: f64,
}

/// A pump.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PumpView {
    /// Whether it is turned on.
    pub on: bool,
    /// Whether it turns, which differs when it is seized.
    pub turning: bool,
    /// Whether it has no open way.
    pub dead_headed: bool,
}

/// A valve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValveView {
    /// Whether it is asked to be open.
    pub on: bool,
    /// Whether it is, which differs when it is stuck.
    pub open: bool,
}

impl Snapshot {
    /// Of a brewhouse whose time passes like this.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn of(brewhouse: &Brewhouse, pace: Pace) -> Self {
        let plant = brewhouse.plant();
        let (turning, open) = (plant.turning_pumps(), plant.open_valves());
        let flows = plant.flows();
        Self {
            step: plant.steps,
            at_s: plant.steps as f64 / STEPS_PER_S as f64,
            pace,
            vessels: VesselId::ALL.map(|vessel| VesselView::of(brewhouse, vessel)),
            pumps: PumpId::ALL.map(|pump| PumpView {
                on: plant.switches.pumps[pump.index()],
                turning: turning[pump.index()],
                dead_headed: flows.dead_headed[pump.index()],
            }),
            valves: std::array::from_fn(|at| ValveView { on: plant.switches.valves[at], open: open[at] }),
            pipes: flows.by_pipe(),
            flows: flows.list.clone(),
            crossed: flows.crossed,
            route: Route::of_valves(&open),
            valve_mode: plant.config.valves,
            coil_w: plant.coil_w(),
            alarms: plant.alarms.list().to_vec(),
            faults: plant.faults.list(),
            energy: plant.energy,
        }
    }
}

impl VesselView {
    fn of(brewhouse: &Brewhouse, vessel: VesselId) -> Self {
        let plant = brewhouse.plant();
        let at = vessel.index();
        let (content, element, one) = (&plant.vessels[at], &plant.elements[at], &brewhouse.loops()[at]);
        let config = &plant.config.vessels[at];
        Self {
            volume_l: content.volume_l,
            volume_max_l: config.volume_max_l,
            celsius: content.celsius,
            reading_c: plant.probes[at].reading_c,
            boiling: content.celsius >= plant.config.boil_c,
            heater_on: plant.switches.heaters[at],
            heater_powered: element.powered,
            heat_w: element.heat_w,
            heat_max_w: config.power_w * config.efficiency,
            pid_on: one.on,
            setpoint_c: one.setpoint.celsius(),
            p: one.pid.p,
            i: one.pid.i,
            d: one.pid.d,
            output: one.pid.output,
        }
    }
}
