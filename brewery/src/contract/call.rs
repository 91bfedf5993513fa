//! What a URL asks for.

use super::near_miss::nearest;
use crate::controller::{Setpoint, SetpointError};
use crate::plant::{HeaterId, PumpId, ValveId, VesselId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What can be started and stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Switch {
    /// A valve: started is open.
    Valve(ValveId),
    /// A heater.
    Heater(HeaterId),
    /// A pump.
    Pump(PumpId),
    /// A control loop.
    Pid(VesselId),
}

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Point {
    /// Whether it is on.
    Switch(Switch),
    /// A loop's setpoint.
    Setpoint(VesselId),
    /// A probe.
    Temperature(VesselId),
}

/// A URL of the stub. Its text is the path without the slash: `getTemp1.py`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Call {
    /// All as at the start.
    Reset,
    /// Reads; changes nothing.
    Get(Point),
    /// Aims elsewhere.
    SetSetpoint(VesselId, Setpoint),
    /// Turns on, or opens.
    Start(Switch),
    /// Turns off, or shuts.
    Stop(Switch),
}

/// Why a path is no URL of the stub.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// There is no such URL.
    #[error("{}", unknown(.name, .nearest.as_deref()))]
    Unknown {
        /// What was asked for, shortened.
        name: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// The URL is good, its number is not.
    #[error("{name}: {reason}")]
    Setpoint {
        /// What was asked for.
        name: String,
        /// What is wrong with it.
        reason: SetpointError,
    },
}

/// The longest name that an error repeats.
const NAME_MAX: usize = 40;

fn unknown(name: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => format!("{name}: did you mean {nearest}?"),
        None => format!("{name}: there is no such URL"),
    }
}

impl Switch {
    /// All of them, in the order of the first stub's page.
    pub fn all() -> impl Iterator<Item = Self> {
        let valves = ValveId::ALL.into_iter().map(Self::Valve);
        let heaters = HeaterId::ALL.into_iter().map(Self::Heater);
        let pumps = PumpId::ALL.into_iter().map(Self::Pump);
        valves.chain(heaters).chain(pumps).chain(VesselId::ALL.into_iter().map(Self::Pid))
    }
}

impl fmt::Display for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Valve(valve) => f.write_str(valve.code()),
            Self::Heater(heater) => f.write_str(heater.code()),
            Self::Pump(pump) => f.write_str(pump.code()),
            Self::Pid(vessel) => write!(f, "PID{}", vessel.code()),
        }
    }
}

impl Point {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let setpoints = VesselId::ALL.into_iter().map(Self::Setpoint);
        let temperatures = VesselId::ALL.into_iter().map(Self::Temperature);
        Switch::all().map(Self::Switch).chain(setpoints).chain(temperatures)
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Switch(switch) => switch.fmt(f),
            Self::Setpoint(vessel) => write!(f, "Cible{}", vessel.code()),
            Self::Temperature(vessel) => write!(f, "Temp{}", vessel.code()),
        }
    }
}

impl Call {
    /// The 73 URLs that the first stub had. Ours has a `setCible` for every number besides.
    #[must_use]
    pub fn documented() -> Vec<Self> {
        let set = |vessel, celsius| Some(Self::SetSetpoint(vessel, Setpoint::new(celsius).ok()?));
        let steps = [52.0, 60.0, 72.0, 78.0];
        let sets = [VesselId::Ebu, VesselId::Mashtun].into_iter().flat_map(|vessel| steps.map(|c| set(vessel, c)));
        std::iter::once(Self::Reset)
            .chain(Point::all().map(Self::Get))
            .chain(set(VesselId::HotTank, 78.0))
            .chain(sets.flatten())
            .chain(Switch::all().map(Self::Start))
            .chain(Switch::all().map(Self::Stop))
            .collect()
    }

    /// Whether it changes nothing.
    #[must_use]
    pub const fn is_read(&self) -> bool {
        matches!(self, Self::Get(_))
    }

    fn from_stem(stem: &str) -> Option<Result<Self, SetpointError>> {
        if stem == "Reset" {
            return Some(Ok(Self::Reset));
        }
        if let Some((code, number)) = stem.strip_prefix("setCible").and_then(|rest| rest.split_once('_')) {
            let vessel = VesselId::ALL.into_iter().find(|vessel| vessel.code() == code)?;
            return Some(number.parse().map(|setpoint| Self::SetSetpoint(vessel, setpoint)));
        }
        let switch = |code: &str| Switch::all().find(|switch| switch.to_string() == code);
        let call = if let Some(code) = stem.strip_prefix("get") {
            Self::Get(Point::all().find(|point| point.to_string() == code)?)
        } else if let Some(code) = stem.strip_prefix("start") {
            Self::Start(switch(code)?)
        } else {
            Self::Stop(switch(stem.strip_prefix("stop")?)?)
        };
        Some(Ok(call))
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reset => f.write_str("Reset.py"),
            Self::Get(point) => write!(f, "get{point}.py"),
            Self::SetSetpoint(vessel, setpoint) => write!(f, "setCible{}_{}.py", vessel.code(), setpoint.celsius()),
            Self::Start(switch) => write!(f, "start{switch}.py"),
            Self::Stop(switch) => write!(f, "stop{switch}.py"),
        }
    }
}

/// Takes the path without its slash. The number of `setCible` has digits and perhaps a fraction.
impl FromStr for Call {
    type Err = CallError;

    fn from_str(path: &str) -> Result<Self, CallError> {
        let stem = path.strip_suffix(".py");
        let name: String = stem.unwrap_or(path).chars().take(NAME_MAX).collect();
        match stem.and_then(Self::from_stem) {
            Some(Ok(call)) => Ok(call),
            Some(Err(reason)) => Err(CallError::Setpoint { name, reason }),
            None if stem.is_none() && Self::from_stem(path).is_some() => {
                Err(CallError::Unknown { nearest: Some(format!("{name}.py")), name })
            }
            None => Err(CallError::Unknown { nearest: nearest(&name), name }),
        }
    }
}

impl TryFrom<String> for Call {
    type Error = CallError;

    fn try_from(path: String) -> Result<Self, CallError> {
        path.parse()
    }
}

impl From<Call> for String {
    fn from(call: Call) -> Self {
        call.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_url_reads_back() {
        let all = Call::documented();
        assert_eq!(all.len(), 73);
        for call in all {
            assert_eq!(call.to_string().parse(), Ok(call));
        }
        let half: Call = "setCible3_66.5.py".parse().expect("half a degree");
        assert_eq!(half.to_string(), "setCible3_66.5.py");
    }

    #[test]
    fn what_is_no_url() {
        for (path, expect) in [
            ("getB3.py", "getB3: did you mean getB2?"),
            ("getb1.py", "getb1: did you mean getB1?"),
            ("getTemp4.py", "getTemp4: did you mean getTemp3?"),
            ("StartR1.py", "StartR1: did you mean startR1?"),
            ("getB1", "getB1: did you mean getB1.py?"),
            ("reset.py", "reset: did you mean Reset?"),
            ("setCible1_hot.py", "setCible1_hot: a setpoint is a number such as 78 or 78.5"),
            ("setCible1_.py", "setCible1_: a setpoint is a number such as 78 or 78.5"),
            ("setCible1_1e2.py", "setCible1_1e2: a setpoint is a number such as 78 or 78.5"),
            ("setCible1_151.py", "setCible1_151: a setpoint is a number from 0 to 150"),
            ("setCible1_-1.py", "setCible1_-1: a setpoint is a number such as 78 or 78.5"),
            ("setCible4_60.py", "setCible4_60: did you mean setCible3_60?"),
            ("favicon.ico", "favicon.ico: there is no such URL"),
            ("", ": there is no such URL"),
        ] {
            let error = path.parse::<Call>().expect_err(path);
            assert_eq!(error.to_string(), expect);
        }
        let long = "é".repeat(5_000);
        assert!(long.parse::<Call>().expect_err("long").to_string().len() < 120);
    }
}
