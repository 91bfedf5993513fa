//! What was measured over the last 24 h of plant time.

use crate::brewhouse::Brewhouse;
use crate::plant::STEPS_PER_S;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Seconds of plant time between two samples.
pub const SAMPLE_S: u64 = 10;
/// Samples of 24 h.
pub const SAMPLES_MAX: usize = 8_640;
/// J in a kWh.
const KWH_J: f64 = 3.6e6;

/// One sample. `f32` is as exact as a pixel, and half as big.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Seconds of plant time.
    pub at_s: u64,
    /// The probes, by vessel, in °C.
    pub temperatures_c: [f32; 3],
    /// The setpoints, by vessel.
    pub setpoints_c: [f32; 3],
    /// What the loops ask for, by vessel, from 0 to 1.
    pub duties: [f32; 3],
    /// Heat into the liquid, by heater, in kW.
    pub heat_kw: [f32; 3],
    /// Current and gas since the last reset.
    pub energy_kwh: f32,
}

/// Samples, oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trends(VecDeque<Sample>);

impl Trends {
    /// To be called at every step; keeps one in a hundred.
    pub fn look(&mut self, brewhouse: &Brewhouse) {
        let steps = brewhouse.steps();
        if !steps.is_multiple_of(SAMPLE_S * STEPS_PER_S) {
            return;
        }
        if self.0.len() == SAMPLES_MAX {
            self.0.pop_front();
        }
        self.0.push_back(Sample::of(brewhouse));
    }

    /// The samples after a moment of plant time, oldest first.
    #[must_use]
    pub fn since(&self, after_s: u64) -> Vec<Sample> {
        self.0.iter().filter(|sample| sample.at_s > after_s).copied().collect()
    }

    /// All of them, oldest first.
    #[must_use]
    pub fn all(&self) -> Vec<Sample> {
        self.0.iter().copied().collect()
    }
}

impl Sample {
    #[allow(clippy::cast_possible_truncation)]
    fn of(brewhouse: &Brewhouse) -> Self {
        let plant = brewhouse.plant();
        Self {
            at_s: brewhouse.steps() / STEPS_PER_S,
            temperatures_c: plant.probes.map(|probe| probe.reading_c as f32),
            setpoints_c: brewhouse.loops().each_ref().map(|one| one.setpoint.celsius() as f32),
            duties: brewhouse.loops().each_ref().map(|one| one.pid.output as f32),
            heat_kw: plant.elements.map(|element| (element.heat_w / 1_000.0) as f32),
            energy_kwh: ((plant.energy.electric_j + plant.energy.gas_j) / KWH_J) as f32,
        }
    }
}
