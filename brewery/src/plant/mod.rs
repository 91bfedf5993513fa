//! The plant: vessels, heaters, pumps, valves and pipes, the coil, the boil, probes, interlocks.
//!
//! Pure: no clock, no input or output, and the same to the last bit on every machine (`libm` computes what the
//! processor does not). It moves by [`Plant::step`], a tenth of a second at a time.

mod alarms;
mod chance;
mod config;
mod element;
mod energy;
mod flows;
mod ids;
mod interlocks;
mod pipes;
mod probe;
mod routes;
mod state;
mod vessel;

pub use alarms::{Alarm, AlarmKind, Alarms};
pub use chance::Chance;
pub use config::{PlantConfig, STEP_S, STEPS_PER_S, ValveMode, VesselConfig};
pub use element::Element;
pub use energy::EnergyLedger;
pub use flows::{Flow, Flows, Source};
pub use ids::{HeaterId, PumpId, ValveId, VesselId};
pub use interlocks::{CUT_OUT_L, DRY_FIRE_L, DRY_RUN_L};
pub use pipes::{Leg, Pipe, Sink};
pub use probe::Probe;
pub use routes::Route;
pub use state::{Plant, Switches};
pub use vessel::Vessel;
