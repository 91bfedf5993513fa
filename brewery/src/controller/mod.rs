//! The controller beside the plant: one loop for each vessel.

mod control_loop;
mod pid;
mod proportioning;
mod setpoint;

pub use control_loop::{ControlLoop, Output};
pub use pid::{Pid, Tuning};
pub use proportioning::Proportioning;
pub use setpoint::{Setpoint, SetpointError};
