//! What breaks in the plant.

use crate::plant::{HeaterId, PumpId, STEP_S, ValveId, VesselId};
use serde::{Deserialize, Serialize};

/// A probe's fault.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum ProbeFault {
    /// A broken wire: 850 °C.
    Open,
    /// A short circuit: -200 °C.
    Short,
    /// It says for ever what it said.
    Stuck,
    /// It goes astray.
    Drift {
        /// So much an hour.
        k_per_h: f64,
    },
    /// It trembles.
    Noise {
        /// Standard deviation.
        k: f64,
    },
}

/// A heater's fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaterFault {
    /// Its relay never closes.
    Open,
    /// Its relay never opens.
    Welded,
    /// The flame is out, though the gas is on (burners only).
    FlameOut,
}

/// A fault and the part that has it: `{"part":"R1","fault":"welded"}`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ProcessFault {
    /// Of a probe, named by its vessel.
    Probe {
        /// The vessel.
        part: VesselId,
        /// What is wrong.
        #[serde(flatten)]
        fault: ProbeFault,
    },
    /// Of a heater.
    Heater {
        /// The heater.
        part: HeaterId,
        /// What is wrong.
        fault: HeaterFault,
    },
    /// Of a pump.
    Pump {
        /// The pump.
        part: PumpId,
        /// What is wrong.
        fault: PumpFault,
    },
    /// Of a valve.
    Valve {
        /// The valve.
        part: ValveId,
        /// What is wrong.
        fault: ValveFault,
    },
}

/// A pump's fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PumpFault {
    /// It does not turn.
    Seized,
}

/// A valve's fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValveFault {
    /// It does not shut.
    StuckOpen,
    /// It does not open.
    StuckShut,
}

/// Why a fault cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// An electric element has no flame.
    #[error("{} has no flame that could go out", .part.code())]
    NoFlame {
        /// The element.
        part: HeaterId,
    },
    /// A part has two faults.
    #[error("a part can have one fault at a time")]
    Twice,
    /// A number that is none, or is too big.
    #[error("a drift or a noise is a number from -1000 to 1000; a noise is not below 0")]
    Number,
}

/// What is broken now. A part has one fault at most.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProcessFaults {
    list: Vec<Since>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Since {
    step: u64,
    fault: ProcessFault,
}

impl ProcessFaults {
    /// These faults and no others; those that were there already stay as they are.
    ///
    /// # Errors
    /// When one of them cannot be.
    pub fn replace(&mut self, faults: &[ProcessFault], step: u64) -> Result<(), FaultError> {
        for (at, fault) in faults.iter().enumerate() {
            fault.check()?;
            if faults[..at].iter().any(|other| other.part() == fault.part()) {
                return Err(FaultError::Twice);
            }
        }
        let since = |fault: &ProcessFault| {
            let known = self.list.iter().find(|known| known.fault == *fault);
            known.copied().unwrap_or(Since { step, fault: *fault })
        };
        self.list = faults.iter().map(since).collect();
        Ok(())
    }

    /// All of them.
    #[must_use]
    pub fn list(&self) -> Vec<ProcessFault> {
        self.list.iter().map(|since| since.fault).collect()
    }

    /// The fault of a probe, and for how many seconds it has had it.
    #[allow(clippy::cast_precision_loss)]
    pub(crate) fn probe(&self, vessel: VesselId, step: u64) -> Option<(ProbeFault, f64)> {
        self.list.iter().find_map(|since| match since.fault {
            ProcessFault::Probe { part, fault } if part == vessel => {
                Some((fault, step.saturating_sub(since.step) as f64 * STEP_S))
            }
            _ => None,
        })
    }

    pub(crate) fn heater(&self, heater: HeaterId) -> Option<HeaterFault> {
        self.list.iter().find_map(|since| match since.fault {
            ProcessFault::Heater { part, fault } if part == heater => Some(fault),
            _ => None,
        })
    }

    pub(crate) fn is_seized(&self, pump: PumpId) -> bool {
        let seized = ProcessFault::Pump { part: pump, fault: PumpFault::Seized };
        self.list.iter().any(|since| since.fault == seized)
    }

    /// Where a valve is stuck: open or not.
    pub(crate) fn valve(&self, valve: ValveId) -> Option<bool> {
        self.list.iter().find_map(|since| match since.fault {
            ProcessFault::Valve { part, fault } if part == valve => Some(fault == ValveFault::StuckOpen),
            _ => None,
        })
    }
}

impl ProcessFault {
    fn part(&self) -> &'static str {
        match self {
            Self::Probe { part, .. } => part.sensor(),
            Self::Heater { part, .. } => part.sensor(),
            Self::Pump { part, .. } => part.sensor(),
            Self::Valve { part, .. } => part.sensor(),
        }
    }

    fn check(&self) -> Result<(), FaultError> {
        match *self {
            Self::Heater { part: part @ HeaterId::R1, fault: HeaterFault::FlameOut } => {
                Err(FaultError::NoFlame { part })
            }
            Self::Probe { fault: ProbeFault::Drift { k_per_h }, .. } if !(-1_000.0..=1_000.0).contains(&k_per_h) => {
                Err(FaultError::Number)
            }
            Self::Probe { fault: ProbeFault::Noise { k }, .. } if !(0.0..=1_000.0).contains(&k) => {
                Err(FaultError::Number)
            }
            _ => Ok(()),
        }
    }
}
