//! A vessel's content.

use super::config::{EVAPORATION_HEAT, GRAIN_HEAT, VesselConfig, WATER_DENSITY, WATER_HEAT};
use serde::{Deserialize, Serialize};

/// What is in a vessel: liquid and grain of one temperature.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Vessel {
    /// Litres of liquid.
    pub volume_l: f64,
    /// Its temperature.
    pub celsius: f64,
    /// Kilograms of grain.
    pub grain_kg: f64,
}

/// What a step adds to a vessel.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Change {
    pub(crate) heat_j: f64,
    pub(crate) volume_l: f64,
}

/// What leaves a vessel by itself within a step.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Escape {
    /// With the vapour.
    pub(crate) evaporated_j: f64,
    /// Over the brim, or from a vessel that has become empty.
    pub(crate) spilled_j: f64,
    pub(crate) overflowed: bool,
}

impl Vessel {
    pub(crate) fn new(config: &VesselConfig, celsius: f64) -> Self {
        Self { volume_l: config.volume_l, celsius, grain_kg: config.grain_kg }
    }

    /// J/K.
    pub(crate) fn heat_capacity(&self) -> f64 {
        self.volume_l * WATER_DENSITY * WATER_HEAT + self.grain_kg * GRAIN_HEAT
    }

    /// Heat against 0 °C in J.
    pub(crate) fn stored_j(&self) -> f64 {
        self.heat_capacity() * self.celsius
    }

    /// Takes a step's heat and liquid; what boils or runs over leaves it.
    pub(crate) fn take(&mut self, change: Change, config: &VesselConfig, boil_c: f64, ambient_c: f64) -> Escape {
        let stored_j = self.stored_j() + change.heat_j;
        self.volume_l = (self.volume_l + change.volume_l).max(0.0);
        let capacity = self.heat_capacity();
        if capacity < 1.0 {
            self.celsius = ambient_c;
            return Escape { spilled_j: stored_j - self.stored_j(), ..Escape::default() };
        }
        self.celsius = stored_j / capacity;
        let evaporated_j = self.boil(boil_c);
        let spilled_j = self.overflow(config.volume_max_l);
        Escape { evaporated_j, spilled_j, overflowed: spilled_j > 0.0 }
    }

    /// Heat beyond the boiling point becomes vapour.
    fn boil(&mut self, boil_c: f64) -> f64 {
        let excess_j = (self.celsius - boil_c) * self.heat_capacity();
        if excess_j <= 0.0 {
            return 0.0;
        }
        let before_j = self.stored_j();
        let litres = excess_j / EVAPORATION_HEAT / WATER_DENSITY;
        self.volume_l = (self.volume_l - litres).max(0.0);
        self.celsius = boil_c;
        before_j - self.stored_j()
    }

    fn overflow(&mut self, volume_max_l: f64) -> f64 {
        let litres = self.volume_l - volume_max_l;
        if litres <= 0.0 {
            return 0.0;
        }
        self.volume_l = volume_max_l;
        litres * WATER_DENSITY * WATER_HEAT * self.celsius
    }
}
