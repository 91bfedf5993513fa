//! Faults that people who test a screen ask for: of the plant, and of the way to it.

mod http;
mod process;

pub use http::{Delay, HttpFault, HttpFaults, HttpRule, HttpRuleError, Mishap};
pub use process::{FaultError, HeaterFault, ProbeFault, ProcessFault, ProcessFaults, PumpFault, ValveFault};
