//! A temperature to aim at, as clients wrote it.

use crate::contract::show_number;
use crate::plant::VesselId;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The highest that can be asked for.
const CELSIUS_MAX: f64 = 150.0;

/// A setpoint in °C, from 0 to 150. It remembers whether it was written as an integer, for the first stub did.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Setpoint {
    celsius: f64,
    integer: bool,
}

/// Why a text is no setpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SetpointError {
    /// It is no number.
    #[error("a setpoint is a number such as 78 or 78.5")]
    NoNumber,
    /// It is out of reach.
    #[error("a setpoint is a number from 0 to {CELSIUS_MAX}")]
    OutOfRange,
}

impl Setpoint {
    pub(crate) const fn after_reset(vessel: VesselId) -> Self {
        match vessel {
            VesselId::HotTank => Self { celsius: 78.0, integer: false },
            VesselId::Ebu | VesselId::Mashtun => Self { celsius: 50.0, integer: true },
        }
    }

    /// From a number.
    ///
    /// # Errors
    /// When it is out of range.
    pub fn new(celsius: f64) -> Result<Self, SetpointError> {
        let in_range = (0.0..=CELSIUS_MAX).contains(&celsius);
        // Not -0.0, which would be shown as such.
        if in_range { Ok(Self { celsius: celsius + 0.0, integer: false }) } else { Err(SetpointError::OutOfRange) }
    }

    /// In °C.
    #[must_use]
    pub const fn celsius(&self) -> f64 {
        self.celsius
    }

    /// As the file of the first stub has it: `50` is an integer, `50.0` is none.
    pub(crate) fn from_file(text: &str) -> Result<Self, SetpointError> {
        let setpoint: Self = text.parse()?;
        Ok(Self { integer: text.bytes().all(|b| b.is_ascii_digit()), ..setpoint })
    }
}

/// Digits, and perhaps a fraction: `78`, `78.5`. Whatever is set is a float from then on, as in the first stub.
impl FromStr for Setpoint {
    type Err = SetpointError;

    fn from_str(text: &str) -> Result<Self, SetpointError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let is_digits = |part: &str| !part.is_empty() && part.len() <= 20 && part.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) {
            return Err(SetpointError::NoNumber);
        }
        Self::new(text.parse().map_err(|_| SetpointError::NoNumber)?)
    }
}

impl fmt::Display for Setpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.integer { write!(f, "{}", self.celsius) } else { f.write_str(&show_number(self.celsius)) }
    }
}
