//! A vessel's loop: from its probe to what it turns on.

use super::pid::{Pid, Tuning};
use super::proportioning::{Proportioning, Window};
use super::setpoint::Setpoint;
use crate::plant::{HeaterId, PumpId, STEP_S, VesselId};
use serde::{Deserialize, Serialize};

/// What a probe cannot say unless it is broken.
const READING_MIN_C: f64 = -40.0;
const READING_MAX_C: f64 = 160.0;

/// What a loop turns on and off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Output {
    /// A heater.
    Heater(HeaterId),
    /// A pump, which brings heat.
    Pump(PumpId),
}

impl Output {
    /// What the loop of a vessel turns on: the hot tank its element, the boil kettle hot water through its coil, the mash tun
    /// hot liquid from the boil kettle.
    #[must_use]
    pub const fn of(vessel: VesselId) -> Self {
        match vessel {
            VesselId::HotTank => Self::Heater(HeaterId::R1),
            VesselId::Ebu => Self::Pump(PumpId::P1),
            VesselId::Mashtun => Self::Pump(PumpId::P2),
        }
    }

    const fn window(self) -> Window {
        match self {
            Self::Heater(_) => Window { steps: 100, least: 5 },
            Self::Pump(_) => Window { steps: 600, least: 100 },
        }
    }
}

/// A control loop.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ControlLoop {
    /// Whether it controls at all.
    pub on: bool,
    /// What it aims at.
    pub setpoint: Setpoint,
    /// How it is tuned.
    pub tuning: Tuning,
    /// Its terms and its output.
    pub pid: Pid,
    /// Whether its probe says what cannot be: it turns nothing on then.
    pub blind: bool,
    proportioning: Proportioning,
    output: Output,
}

impl ControlLoop {
    pub(crate) fn new(vessel: VesselId) -> Self {
        Self {
            on: false,
            setpoint: Setpoint::after_reset(vessel),
            tuning: Tuning::default(),
            pid: Pid::default(),
            blind: false,
            proportioning: Proportioning::default(),
            output: Output::of(vessel),
        }
    }

    /// Off, and aiming at what it aims at after a reset.
    pub(crate) fn reset(&mut self, vessel: VesselId) {
        *self = Self { tuning: self.tuning, ..Self::new(vessel) };
    }

    pub(crate) fn start(&mut self, measured_c: f64, boil_c: f64) {
        if !self.on {
            self.on = true;
            self.pid = Pid::default();
            self.proportioning = Proportioning::default();
            self.restart(measured_c, boil_c);
        }
    }

    pub(crate) fn stop(&mut self) {
        self.on = false;
        self.blind = false;
        self.pid = Pid::default();
        self.proportioning = Proportioning::default();
    }

    /// Aims elsewhere, and begins at once.
    pub(crate) fn aim(&mut self, setpoint: Setpoint, measured_c: f64, boil_c: f64) {
        self.setpoint = setpoint;
        if self.on {
            self.restart(measured_c, boil_c);
        }
    }

    fn restart(&mut self, measured_c: f64, boil_c: f64) {
        self.look(measured_c, boil_c, 0.0);
        self.proportioning.begin(self.output.window(), self.pid.output);
    }

    fn look(&mut self, measured_c: f64, boil_c: f64, step_s: f64) {
        self.blind = !(READING_MIN_C..=READING_MAX_C).contains(&measured_c);
        if self.blind {
            self.pid = Pid::default();
        } else {
            self.pid.update(&self.tuning, self.setpoint.celsius(), measured_c, boil_c, step_s);
        }
    }

    /// A step on.
    pub(crate) fn step(&mut self, measured_c: f64, boil_c: f64) {
        if self.on {
            self.look(measured_c, boil_c, STEP_S);
            self.proportioning.step(self.output.window(), self.pid.output);
        }
    }

    /// What it wants, when it is on.
    pub(crate) fn demand(&self) -> Option<bool> {
        self.on.then(|| !self.blind && self.proportioning.is_on())
    }
}
