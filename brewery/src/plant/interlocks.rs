//! What keeps the plant from harm, whatever screens and controllers ask for. It looks at the liquid itself: level switches
//! and thermostats of its own, so a wrong probe does not fool it.

use super::alarms::AlarmKind;
use super::config::ValveMode;
use super::ids::{HeaterId, PumpId, VesselId};
use super::state::Plant;
use crate::faults::HeaterFault;

/// Litres below which a heater is turned off.
pub const DRY_FIRE_L: f64 = 10.0;
/// Litres at which a pump is turned off.
pub const DRY_RUN_L: f64 = 2.0;
/// Litres at which a fuse cuts a heater out that has stayed on, until there is liquid again.
pub const CUT_OUT_L: f64 = 2.5;
/// How far below its limit a thermostat lets go.
const HYSTERESIS_K: f64 = 1.0;

impl Plant {
    /// Turns off what must not be on, and says which alarms hold.
    pub(crate) fn guard(&mut self) {
        for heater in HeaterId::ALL {
            self.guard_heater(heater);
        }
        for pump in PumpId::ALL {
            self.guard_pump(pump);
        }
    }

    fn guard_heater(&mut self, heater: HeaterId) {
        let at = heater.index();
        let vessel = heater.vessel();
        let (volume_l, celsius) = (self.vessels[at].volume_l, self.vessels[at].celsius);
        let too_little = volume_l < DRY_FIRE_L;
        let dry = too_little && (self.switches.heaters[at] || self.alarms.is_active(AlarmKind::DryFire(vessel)));
        let hot = self.config.vessels[at].limit_c.is_some_and(|limit_c| {
            let held = self.alarms.is_active(AlarmKind::HighLimit(vessel));
            celsius >= if held { limit_c - HYSTERESIS_K } else { limit_c }
        });
        self.alarms.set(AlarmKind::DryFire(vessel), dry, self.steps);
        self.alarms.set(AlarmKind::HighLimit(vessel), hot, self.steps);
        self.switches.heaters[at] &= !too_little && !hot;
        let powered = match self.faults.heater(heater) {
            Some(HeaterFault::Open | HeaterFault::FlameOut) => false,
            Some(HeaterFault::Welded) => true,
            None => self.switches.heaters[at],
        };
        let element = &mut self.elements[at];
        element.cut_out = if element.cut_out { too_little } else { powered && volume_l < CUT_OUT_L };
        element.powered = powered && !element.cut_out;
        let cut_out = element.cut_out;
        self.alarms.set(AlarmKind::CutOut(vessel), cut_out, self.steps);
    }

    fn guard_pump(&mut self, pump: PumpId) {
        let at = pump.index();
        let empty = self.vessels[at].volume_l <= DRY_RUN_L;
        let dry = empty && (self.switches.pumps[at] || self.alarms.is_active(AlarmKind::DryRun(pump)));
        self.alarms.set(AlarmKind::DryRun(pump), dry, self.steps);
        self.switches.pumps[at] &= !empty;
    }

    /// What the flows have to say.
    pub(crate) fn guard_flows(&mut self) {
        let enforced = self.config.valves == ValveMode::Enforced;
        for pump in PumpId::ALL {
            let holds = enforced && self.flows().dead_headed[pump.index()];
            self.alarms.set(AlarmKind::DeadHead(pump), holds, self.steps);
        }
        let crossed = enforced && self.flows().crossed;
        self.alarms.set(AlarmKind::CrossFlow, crossed, self.steps);
    }

    pub(crate) fn guard_level(&mut self, vessel: VesselId, overflowed: bool) {
        self.alarms.set(AlarmKind::Overflow(vessel), overflowed, self.steps);
    }
}
