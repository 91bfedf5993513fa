//! What the plant is made of, in figures.

use serde::{Deserialize, Serialize};

/// Seconds of plant time in a step. Everything moves in steps, in a fixed order: a run is the same to the last bit however
/// fast it goes and whoever looks.
pub const STEP_S: f64 = 0.1;
/// Steps in a second.
pub const STEPS_PER_S: u64 = 10;
/// J/(kg K).
pub(crate) const WATER_HEAT: f64 = 4186.0;
/// kg/L.
pub(crate) const WATER_DENSITY: f64 = 1.0;
/// J/(kg K).
pub(crate) const GRAIN_HEAT: f64 = 1674.0;
/// J/kg.
pub(crate) const EVAPORATION_HEAT: f64 = 2.257e6;

/// Whether valves decide where liquid goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValveMode {
    /// A pump with no open way runs its usual loop all the same: screens of the first stub start pumps with all valves shut.
    #[default]
    Advisory,
    /// A pump with no open way moves nothing, and an alarm says so.
    Enforced,
}

/// A vessel as built, and as it is after a reset.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VesselConfig {
    /// Litres after a reset.
    pub volume_l: f64,
    /// Litres above which it runs over.
    pub volume_max_l: f64,
    /// Kilograms of grain in it.
    pub grain_kg: f64,
    /// Power of its heater in W.
    pub power_w: f64,
    /// The part of it that reaches the liquid.
    pub efficiency: f64,
    /// Heat loss to the room in W/K.
    pub loss_w_per_k: f64,
    /// Seconds that the heater lags behind its switch.
    pub lag_s: f64,
    /// Where a thermostat of its own turns the heater off.
    pub limit_c: Option<f64>,
}

/// The plant as built. [`PlantConfig::default`] is the one that the stub serves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlantConfig {
    /// Temperature of the room.
    pub ambient_c: f64,
    /// Temperature of everything after a reset.
    pub start_c: f64,
    /// Temperature of mains water.
    pub mains_c: f64,
    /// What a pump moves, and the mains, in L/min.
    pub flow_l_per_min: f64,
    /// The coil in W/K, when it is covered.
    pub coil_w_per_k: f64,
    /// Where water boils.
    pub boil_c: f64,
    /// Seconds that probes lag behind.
    pub probe_lag_s: f64,
    /// The step of their readings.
    pub probe_step_c: f64,
    /// Standard deviation of their noise; none at 0.
    pub probe_noise_c: f64,
    /// What valves do.
    pub valves: ValveMode,
    /// The vessels, by [`crate::plant::VesselId`].
    pub vessels: [VesselConfig; 3],
}

impl Default for PlantConfig {
    fn default() -> Self {
        let vessel = VesselConfig {
            volume_l: 50.0,
            volume_max_l: 60.0,
            grain_kg: 0.0,
            power_w: 5_500.0,
            efficiency: 1.0,
            loss_w_per_k: 8.0,
            lag_s: 20.0,
            limit_c: Some(95.0),
        };
        let ebu = VesselConfig {
            power_w: 16_000.0,
            efficiency: 0.4,
            loss_w_per_k: 15.0,
            lag_s: 30.0,
            limit_c: None,
            ..vessel
        };
        let mashtun = VesselConfig {
            volume_l: 25.0,
            grain_kg: 8.0,
            power_w: 10_000.0,
            loss_w_per_k: 3.0,
            limit_c: Some(85.0),
            ..ebu
        };
        Self {
            ambient_c: 20.0,
            start_c: 15.0,
            mains_c: 12.0,
            flow_l_per_min: 8.0,
            coil_w_per_k: 511.0,
            boil_c: 100.0,
            probe_lag_s: 10.0,
            probe_step_c: 1.0 / 16.0,
            probe_noise_c: 0.0,
            valves: ValveMode::default(),
            vessels: [vessel, ebu, mashtun],
        }
    }
}
