//! A heater, which is warm for a while after its switch, and cold before.

use super::config::{STEP_S, VesselConfig};
use serde::{Deserialize, Serialize};

/// A heater that gives less is cold: it would get colder for ever, and numbers that small are slow.
const COLD_W: f64 = 1e-6;

/// An electric element or a burner.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Element {
    /// What goes into the liquid now, in W.
    pub heat_w: f64,
    /// Whether it is powered, whatever its switch says.
    pub powered: bool,
    /// Whether its fuse has cut it out, because the vessel was all but empty.
    pub cut_out: bool,
}

/// The energy of a step in J.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heating {
    /// Current or gas.
    pub(crate) taken_j: f64,
    /// Into the liquid.
    pub(crate) given_j: f64,
    /// Beside the vessel.
    pub(crate) wasted_j: f64,
}

impl Element {
    pub(crate) fn step(&mut self, config: &VesselConfig) -> Heating {
        let taken_w = if self.powered { config.power_w } else { 0.0 };
        let aimed_w = taken_w * config.efficiency;
        let given_w = if config.lag_s > 0.0 {
            let mut given_w = self.heat_w;
            self.heat_w += (aimed_w - self.heat_w) * STEP_S / config.lag_s;
            if aimed_w == 0.0 && self.heat_w < COLD_W {
                given_w += std::mem::take(&mut self.heat_w) * config.lag_s / STEP_S;
            }
            given_w
        } else {
            self.heat_w = aimed_w;
            aimed_w
        };
        Heating { taken_j: taken_w * STEP_S, given_j: given_w * STEP_S, wasted_j: (taken_w - aimed_w) * STEP_S }
    }

    /// Heat that is on its way into the liquid, in J.
    pub(crate) fn stored_j(&self, config: &VesselConfig) -> f64 {
        self.heat_w * config.lag_s
    }
}
