//! What is shown of a plant, in whole numbers.

use super::trends::TrendPoint;
use brewery::contract::Switch;
use brewery::plant::{Pipe, Route};
use serde::{Deserialize, Serialize};

/// A plant at a moment. Arrays are by index of the ids of [`brewery::plant`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlantView {
    /// Seconds of plant time since the very start.
    pub at_s: u64,
    /// Seconds of plant time in a second.
    pub rate: u32,
    /// Whether time stands still.
    pub is_paused: bool,
    /// The vessels with their heaters and loops.
    pub vessels: [VesselView; 3],
    /// The pumps.
    pub pumps: [PumpView; 3],
    /// The valves.
    pub valves: [ValveView; 10],
    /// Decilitres a minute through each pipe; negative against its direction.
    pub pipes: [i32; 15],
    /// Pumps turn although no way is open, and their liquid gets through all the same.
    pub is_advisory_flow: bool,
    /// Whether streams meet or divide.
    pub is_crossed: bool,
    /// The way with a name that the valves make.
    pub route: Option<Route>,
    /// Heat through the coil into the boil kettle, in hundreds of W.
    pub coil_hw: i32,
    /// Oldest first.
    pub alarms: Vec<AlarmView>,
    /// What is broken on purpose.
    pub faults: Vec<FaultView>,
    /// Since the last reset.
    pub energy: EnergyView,
}

/// A vessel, its heater and its loop. Temperatures are tenths of °C, shares are percents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VesselView {
    /// Decilitres.
    pub volume_dl: i32,
    /// Decilitres when it is full.
    pub volume_max_dl: i32,
    /// What the liquid is.
    pub liquid_dc: i32,
    /// What the probe says.
    pub reading_dc: i32,
    /// Whether it boils.
    pub is_boiling: bool,
    /// Whether its heater is turned on.
    pub heater_on: bool,
    /// Whether the heater is powered, which differs when it is broken.
    pub heater_powered: bool,
    /// Heat into the liquid, of what the heater can.
    pub heat_percent: i32,
    /// Whether the loop is on.
    pub pid_on: bool,
    /// What the loop aims at.
    pub setpoint_dc: i32,
    /// The loop's proportional term.
    pub p_percent: i32,
    /// Its integral.
    pub i_percent: i32,
    /// Its derivative.
    pub d_percent: i32,
    /// What the loop asks for.
    pub output_percent: i32,
}

/// A pump.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PumpView {
    /// Whether it is turned on.
    pub on: bool,
    /// Whether it turns, which differs when it is seized.
    pub is_turning: bool,
    /// Whether it has no open way.
    pub is_dead_headed: bool,
}

/// A valve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValveView {
    /// Whether it is asked to be open.
    pub on: bool,
    /// Whether it is, which differs when it is stuck.
    pub is_open: bool,
}

/// An alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlarmView {
    /// Its name: `dry-fire-1`.
    pub id: String,
    /// What is wrong.
    pub word: AlarmWord,
    /// Where, as in URLs: `1`, `P2`; empty for the whole plant.
    pub part: String,
    /// Seconds of plant time when it came.
    pub raised_s: u64,
    /// Whether it still is so.
    pub is_active: bool,
    /// Whether somebody has seen it.
    pub is_acknowledged: bool,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum AlarmWord {
    DryFire,
    HighLimit,
    CutOut,
    Probe,
    Overflow,
    DryRun,
    DeadHead,
    CrossFlow,
}

/// Something that is broken on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultView {
    /// What has it, as in URLs; a probe goes by its vessel.
    pub part: String,
    /// How it is broken.
    pub word: FaultWord,
}

/// How something is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum FaultWord {
    ProbeOpen,
    ProbeShort,
    ProbeStuck,
    ProbeDrift,
    ProbeNoise,
    RelayOpen,
    RelayWelded,
    FlameOut,
    Seized,
    StuckOpen,
    StuckShut,
}

/// What came and went since the last reset, in hundreds of Wh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EnergyView {
    /// Current.
    pub electric: i32,
    /// Gas.
    pub gas: i32,
    /// To the room.
    pub lost: i32,
    /// With vapour.
    pub evaporated: i32,
    /// With mains water, less what went into drains.
    pub carried: i32,
}

/// What a reader may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// To act.
    Operates,
    /// To look: their account may not act.
    Looks,
    /// To look, until they sign in.
    SignedOut,
}

/// All that the page begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlantPage {
    /// The plants that there are.
    pub plants: Vec<String>,
    /// The one that is shown.
    pub plant: String,
    /// What this reader may do.
    pub standing: Standing,
    /// How it is.
    pub view: PlantView,
    /// How it was, oldest first.
    pub trends: Vec<TrendPoint>,
}

impl PlantView {
    /// Whether something is asked to be on, or open.
    pub(super) fn is_on(&self, switch: Switch) -> bool {
        match switch {
            Switch::Valve(valve) => self.valves[valve.index()].on,
            Switch::Heater(heater) => self.vessels[heater.index()].heater_on,
            Switch::Pump(pump) => self.pumps[pump.index()].on,
            Switch::Pid(vessel) => self.vessels[vessel.index()].pid_on,
        }
    }

    /// Whether it does otherwise than it is asked to.
    pub(super) fn is_odd(&self, switch: Switch) -> bool {
        match switch {
            Switch::Valve(valve) => self.valves[valve.index()].is_open != self.is_on(switch),
            Switch::Heater(heater) => self.vessels[heater.index()].heater_powered != self.is_on(switch),
            Switch::Pump(pump) => {
                let pump = self.pumps[pump.index()];
                pump.is_turning != pump.on || pump.is_dead_headed
            }
            Switch::Pid(_) => false,
        }
    }

    /// Which way a pipe's liquid runs: `forward`, `back`; nothing when it stands.
    pub(super) const fn flow(&self, pipe: Pipe) -> Option<&'static str> {
        match self.pipes[pipe.index()] {
            0 => None,
            1.. => Some("forward"),
            _ => Some("back"),
        }
    }

    /// Alarms that nobody has seen yet.
    pub(super) fn alarms_unseen(&self) -> usize {
        self.alarms.iter().filter(|alarm| !alarm.is_acknowledged).count()
    }

    /// Whether something is wrong with a part, by its name in URLs.
    pub(super) fn has_alarm(&self, part: &str) -> bool {
        self.alarms.iter().any(|alarm| alarm.is_active && alarm.part == part)
    }
}
