//! The plant and its controller, together: what a call, a fault or a tenth of a second does to them.

use crate::contract::{Answer, Call, Setpoint3Name, Switch};
use crate::controller::{ControlLoop, Output, Tuning};
use crate::data_file::DataFile;
use crate::faults::{FaultError, ProcessFault};
use crate::plant::{AlarmKind, Plant, PlantConfig, ValveMode, VesselId};
use serde::{Deserialize, Serialize};

/// A plant with its controller.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Brewhouse {
    plant: Plant,
    loops: [ControlLoop; 3],
}

/// What changes a brewhouse from outside. The same commands at the same steps make the same run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// A URL.
    Call(Call),
    /// These faults and no others.
    Faults(Vec<ProcessFault>),
    /// Somebody has seen this alarm, or all of them.
    Acknowledge(Option<String>),
    /// What valves do from now on.
    Valves(ValveMode),
    /// How a loop is tuned from now on.
    Tune(VesselId, Tuning),
    /// The state of a file of the first stub, as text.
    Import(String),
    /// What is in a vessel. The books of energy begin anew.
    Fill {
        /// The vessel.
        vessel: VesselId,
        /// Litres, from 0 to what it holds.
        volume_l: f64,
        /// Its temperature, from 0 to boiling.
        celsius: f64,
    },
}

/// Why a command was not carried out. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CommandError {
    /// A fault that cannot be.
    #[error(transparent)]
    Fault(#[from] FaultError),
    /// A tuning that cannot be.
    #[error("a gain is a number from 0 to 100, and a time one from 0 to 100000")]
    Tuning,
    /// More than the vessel holds, or hotter than boiling.
    #[error("a vessel holds 0 to {volume_max_l} litres of 0 to {boil_c} °C")]
    Fill {
        /// What it holds.
        volume_max_l: f64,
        /// Where it boils.
        boil_c: f64,
    },
    /// A file that makes no sense.
    #[error(transparent)]
    Import(#[from] crate::data_file::DataFileError),
    /// There is no such alarm.
    #[error("there is no alarm {id:?}")]
    UnknownAlarm {
        /// Its name.
        id: String,
    },
}

impl Brewhouse {
    /// As after a reset.
    #[must_use]
    pub fn new(config: PlantConfig, seed: u64) -> Self {
        let mut brewhouse = Self { plant: Plant::new(config, seed), loops: VesselId::ALL.map(ControlLoop::new) };
        brewhouse.settle();
        brewhouse
    }

    /// The plant.
    #[must_use]
    pub const fn plant(&self) -> &Plant {
        &self.plant
    }

    /// The control loops, by [`VesselId`].
    #[must_use]
    pub const fn loops(&self) -> &[ControlLoop; 3] {
        &self.loops
    }

    /// Whether something is on, as screens see it.
    #[must_use]
    pub const fn is_on(&self, switch: Switch) -> bool {
        match switch {
            Switch::Valve(valve) => self.plant.switches.valves[valve.index()],
            Switch::Heater(heater) => self.plant.switches.heaters[heater.index()],
            Switch::Pump(pump) => self.plant.switches.pumps[pump.index()],
            Switch::Pid(vessel) => self.loops[vessel.index()].on,
        }
    }

    /// Steps since the very start.
    #[must_use]
    pub const fn steps(&self) -> u64 {
        self.plant.steps
    }

    /// A tenth of a second.
    pub fn step(&mut self) {
        for vessel in VesselId::ALL {
            let measured_c = self.measured_c(vessel);
            self.loops[vessel.index()].step(measured_c, self.plant.config.boil_c);
        }
        self.obey_loops();
        self.plant.step();
    }

    /// So many tenths of a second.
    pub fn advance(&mut self, steps: u64) {
        for _ in 0..steps {
            self.step();
        }
    }

    /// Carries a call out and answers it. What is on is told as it is when the controller and the interlocks have had their
    /// say, as the first stub did.
    pub fn call(&mut self, call: Call, name: Setpoint3Name) -> Answer {
        if !call.is_read() {
            self.carry_out(call);
        }
        Answer::to(call, self, name)
    }

    /// Carries a command out.
    ///
    /// # Errors
    /// When it makes no sense; nothing has changed then.
    pub fn command(&mut self, command: &Command) -> Result<(), CommandError> {
        match command {
            Command::Call(call) => self.carry_out(*call),
            Command::Faults(faults) => {
                let step = self.plant.steps;
                self.plant.faults.replace(faults, step)?;
            }
            Command::Acknowledge(id) => {
                let seen = self.plant.alarms.acknowledge(id.as_deref());
                if let (0, Some(id)) = (seen, id) {
                    return Err(CommandError::UnknownAlarm { id: id.chars().take(40).collect() });
                }
            }
            Command::Valves(mode) => self.set_valves(*mode),
            Command::Tune(vessel, tuning) => {
                let in_range = (0.0..=100.0).contains(&tuning.gain_per_k)
                    && [tuning.integral_s, tuning.derivative_s].iter().all(|s| (0.0..=100_000.0).contains(s));
                if !in_range {
                    return Err(CommandError::Tuning);
                }
                self.loops[vessel.index()].tuning = *tuning;
            }
            Command::Import(text) => self.import(&text.parse()?),
            Command::Fill { vessel, volume_l, celsius } => self.fill(*vessel, *volume_l, *celsius)?,
        }
        self.settle();
        Ok(())
    }

    /// What valves do from now on.
    pub fn set_valves(&mut self, mode: ValveMode) {
        self.plant.set_valve_mode(mode);
    }

    fn fill(&mut self, vessel: VesselId, volume_l: f64, celsius: f64) -> Result<(), CommandError> {
        let volume_max_l = self.plant.config.vessels[vessel.index()].volume_max_l;
        let boil_c = self.plant.config.boil_c;
        if !(0.0..=volume_max_l).contains(&volume_l) || !(0.0..=boil_c).contains(&celsius) {
            return Err(CommandError::Fill { volume_max_l, boil_c });
        }
        self.plant.vessels[vessel.index()].volume_l = volume_l;
        self.plant.set_celsius(vessel, celsius);
        Ok(())
    }

    fn carry_out(&mut self, call: Call) {
        match call {
            Call::Get(_) => return,
            Call::Reset => self.reset(),
            Call::SetSetpoint(vessel, setpoint) => {
                let (measured_c, boil_c) = (self.measured_c(vessel), self.plant.config.boil_c);
                self.loops[vessel.index()].aim(setpoint, measured_c, boil_c);
            }
            Call::Start(switch) => self.switch(switch, true),
            Call::Stop(switch) => self.switch(switch, false),
        }
        self.settle();
    }

    fn reset(&mut self) {
        self.plant.reset();
        for vessel in VesselId::ALL {
            self.loops[vessel.index()].reset(vessel);
        }
    }

    fn switch(&mut self, switch: Switch, on: bool) {
        match switch {
            Switch::Valve(valve) => self.plant.switches.valves[valve.index()] = on,
            Switch::Heater(heater) => self.plant.switches.heaters[heater.index()] = on,
            Switch::Pump(pump) => self.plant.switches.pumps[pump.index()] = on,
            Switch::Pid(vessel) if on => {
                let (measured_c, boil_c) = (self.measured_c(vessel), self.plant.config.boil_c);
                self.loops[vessel.index()].start(measured_c, boil_c);
            }
            Switch::Pid(vessel) => {
                // The first stub left on what its controller had turned on.
                if self.loops[vessel.index()].on {
                    self.turn(Output::of(vessel), false);
                }
                self.loops[vessel.index()].stop();
            }
        }
    }

    /// Brings what follows from the commands up to date, without time passing: loops first, then interlocks and flows.
    fn settle(&mut self) {
        self.obey_loops();
        self.plant.settle();
    }

    fn obey_loops(&mut self) {
        for vessel in VesselId::ALL {
            let one = &self.loops[vessel.index()];
            let blind = one.on && one.blind;
            if let Some(on) = one.demand() {
                self.turn(Output::of(vessel), on);
            }
            self.plant.alarms.set(AlarmKind::Probe(vessel), blind, self.plant.steps);
        }
    }

    const fn turn(&mut self, output: Output, on: bool) {
        match output {
            Output::Heater(heater) => self.plant.switches.heaters[heater.index()] = on,
            Output::Pump(pump) => self.plant.switches.pumps[pump.index()] = on,
        }
    }

    const fn measured_c(&self, vessel: VesselId) -> f64 {
        self.plant.probes[vessel.index()].reading_c
    }

    /// Volumes are those of a reset: the file has none.
    fn import(&mut self, file: &DataFile) {
        self.reset();
        for vessel in VesselId::ALL {
            self.plant.set_celsius(vessel, file.temperatures_c()[vessel.index()]);
            let call = Call::SetSetpoint(vessel, file.setpoint(vessel));
            self.carry_out(call);
        }
        for (switch, on) in file.switches() {
            self.switch(switch, on);
        }
    }

    /// What follows from the rest and is not stored with it. To be called once after it was read back.
    pub fn wake(&mut self) {
        self.plant.settle();
    }
}
