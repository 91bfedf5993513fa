//! Alarms: raised by a condition, gone when it is over and somebody has seen it.

use super::ids::{PumpId, VesselId};
use serde::{Deserialize, Serialize};

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "part", rename_all = "kebab-case")]
pub enum AlarmKind {
    /// The heater was on with too little liquid, and was turned off.
    DryFire(VesselId),
    /// Too hot: the thermostat keeps the heater off.
    HighLimit(VesselId),
    /// All but empty and heated in spite of everything: the fuse has cut the heater out.
    CutOut(VesselId),
    /// The probe says what cannot be; its control loop heats no more.
    Probe(VesselId),
    /// It runs over.
    Overflow(VesselId),
    /// The pump drew air, and was turned off.
    DryRun(PumpId),
    /// The pump runs and no way is open (enforced valves only).
    DeadHead(PumpId),
    /// Streams meet or divide (enforced valves only).
    CrossFlow,
}

impl AlarmKind {
    /// A name for URLs: `dry-fire-1`, `dead-head-P2`, `cross-flow`.
    #[must_use]
    pub fn id(self) -> String {
        let (name, part) = match self {
            Self::DryFire(vessel) => ("dry-fire", vessel.code()),
            Self::HighLimit(vessel) => ("high-limit", vessel.code()),
            Self::CutOut(vessel) => ("cut-out", vessel.code()),
            Self::Probe(vessel) => ("probe", vessel.code()),
            Self::Overflow(vessel) => ("overflow", vessel.code()),
            Self::DryRun(pump) => ("dry-run", pump.code()),
            Self::DeadHead(pump) => ("dead-head", pump.code()),
            Self::CrossFlow => return "cross-flow".to_owned(),
        };
        format!("{name}-{part}")
    }
}

/// An alarm that is on, or that nobody has seen yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// What is wrong.
    #[serde(flatten)]
    pub kind: AlarmKind,
    /// Since which step.
    pub raised_step: u64,
    /// Whether it still is.
    pub active: bool,
    /// Whether somebody has seen it.
    pub acknowledged: bool,
}

/// The alarms, oldest first. There is at most one of each kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Alarms(Vec<Alarm>);

impl Alarms {
    /// All of them, oldest first.
    #[must_use]
    pub fn list(&self) -> &[Alarm] {
        &self.0
    }

    pub(crate) fn is_active(&self, kind: AlarmKind) -> bool {
        self.0.iter().any(|alarm| alarm.kind == kind && alarm.active)
    }

    /// Says whether the condition of an alarm holds at this step.
    pub(crate) fn set(&mut self, kind: AlarmKind, holds: bool, step: u64) {
        match self.0.iter().position(|alarm| alarm.kind == kind) {
            None if holds => {
                self.0.push(Alarm { kind, raised_step: step, active: true, acknowledged: false });
            }
            None => {}
            Some(at) if holds && !self.0[at].active => {
                self.0.remove(at);
                self.set(kind, true, step);
            }
            Some(at) if !holds && self.0[at].acknowledged => drop(self.0.remove(at)),
            Some(at) => self.0[at].active = holds,
        }
    }

    /// Somebody has seen it: `None` means all. Returns how many there were.
    pub(crate) fn acknowledge(&mut self, id: Option<&str>) -> usize {
        let mut seen = 0;
        for alarm in &mut self.0 {
            if id.is_none_or(|id| alarm.kind.id() == id) {
                alarm.acknowledged = true;
                seen += 1;
            }
        }
        self.0.retain(|alarm| alarm.active || !alarm.acknowledged);
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alarm_stays_until_it_is_over_and_seen() {
        let mut alarms = Alarms::default();
        let kind = AlarmKind::DryFire(VesselId::Ebu);
        alarms.set(kind, false, 1);
        assert_eq!(alarms.list(), []);
        alarms.set(kind, true, 2);
        alarms.set(kind, true, 3);
        alarms.set(kind, false, 4);
        assert_eq!(alarms.list(), [Alarm { kind, raised_step: 2, active: false, acknowledged: false }]);
        alarms.set(kind, true, 5);
        assert_eq!(alarms.acknowledge(Some("dry-fire-1")), 0);
        assert_eq!(alarms.acknowledge(Some("dry-fire-2")), 1);
        assert_eq!(alarms.list(), [Alarm { kind, raised_step: 5, active: true, acknowledged: true }]);
        alarms.set(kind, false, 6);
        assert_eq!(alarms.list(), []);
        alarms.set(kind, true, 7);
        alarms.set(kind, false, 8);
        assert_eq!(alarms.acknowledge(None), 1);
        assert_eq!(alarms.list(), []);
    }
}
