//! The boards as those who look after them see them: how they are, how long their batteries last, what they are told.

mod battery;
mod command;
mod health;
mod label;
mod outlook;
mod sample;

pub use battery::battery_percent;
pub use command::{BoardCommand, BoardCommandError, CommandState};
pub use health::{BoardHealth, BoardPresence, BoardSigns, BoardSleep};
pub use label::{BoardLabel, BoardLabelError};
pub use outlook::{BatteryOutlook, BatteryReading};
pub use sample::{BoardSample, is_sample_due};
