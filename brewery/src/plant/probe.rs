//! A temperature probe: late, in steps, and sometimes wrong.

use super::chance::Chance;
use super::config::{PlantConfig, STEP_S};
use crate::faults::ProbeFault;
use serde::{Deserialize, Serialize};

/// What an amplifier shows for a broken wire, and for a short one.
const OPEN_C: f64 = 850.0;
const SHORT_C: f64 = -200.0;

/// A probe.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// The temperature of its tip.
    tip_c: f64,
    /// What it says.
    pub reading_c: f64,
}

impl Probe {
    /// One that has been in there for long.
    pub(crate) fn new(celsius: f64, config: &PlantConfig) -> Self {
        Self { tip_c: celsius, reading_c: quantise(celsius, config.probe_step_c) }
    }

    /// Follows the liquid. `fault_s` is for how long it has had its fault.
    pub(crate) fn step(
        &mut self,
        liquid_c: f64,
        fault: Option<(ProbeFault, f64)>,
        config: &PlantConfig,
        chance: &mut Chance,
    ) {
        if config.probe_lag_s > 0.0 {
            self.tip_c += (liquid_c - self.tip_c) * STEP_S / config.probe_lag_s;
        } else {
            self.tip_c = liquid_c;
        }
        let mut noise_c = config.probe_noise_c;
        let mut offset_c = 0.0;
        match fault {
            Some((ProbeFault::Open, _)) => return self.reading_c = OPEN_C,
            Some((ProbeFault::Short, _)) => return self.reading_c = SHORT_C,
            Some((ProbeFault::Stuck, _)) => return,
            Some((ProbeFault::Drift { k_per_h }, fault_s)) => offset_c = k_per_h * fault_s / 3_600.0,
            Some((ProbeFault::Noise { k }, _)) => noise_c = libm::sqrt(noise_c * noise_c + k * k),
            None => {}
        }
        if noise_c > 0.0 {
            offset_c += noise_c * chance.normal();
        }
        self.reading_c = quantise(self.tip_c + offset_c, config.probe_step_c);
    }
}

fn quantise(celsius: f64, step_c: f64) -> f64 {
    if step_c > 0.0 { libm::round(celsius / step_c) * step_c } else { celsius }
}
