//! The file in which the first stub kept its state: 26 lines, one number each.
//!
//! In order: three temperatures, three setpoints, whether the three loops are on, R1, B1, B2, P1 to P3, A to J, and the Unix
//! time of the last change in seconds. It is parsed; the first stub evaluated it.

use crate::brewhouse::Brewhouse;
use crate::contract::{Switch, show_number};
use crate::controller::Setpoint;
use crate::plant::VesselId;
use std::fmt;
use std::str::FromStr;

const LINES: usize = 26;
/// What liquid can be.
const CELSIUS_MIN: f64 = 0.0;

/// What the file says.
#[derive(Debug, Clone, PartialEq)]
pub struct DataFile {
    temperatures_c: [f64; 3],
    setpoints: [Setpoint; 3],
    /// Loops, heaters, pumps, valves: the order of the file.
    switches: [bool; 19],
    unix_s: f64,
}

/// Why a file makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DataFileError {
    /// It has more or fewer lines.
    #[error("{lines} lines: the file has {LINES}")]
    Lines {
        /// How many it has.
        lines: usize,
    },
    /// A line is not what it must be.
    #[error("line {line} is {text:?}: {expected} is expected")]
    Line {
        /// From 1.
        line: usize,
        /// What is there, shortened.
        text: String,
        /// What should be.
        expected: &'static str,
    },
}

/// The switches in the order of the file.
fn switches() -> impl Iterator<Item = Switch> {
    let is_pid = |switch: &Switch| matches!(switch, Switch::Pid(_));
    let is_valve = |switch: &Switch| matches!(switch, Switch::Valve(_));
    let others = Switch::all().filter(move |switch| !is_pid(switch) && !is_valve(switch));
    Switch::all().filter(is_pid).chain(others).chain(Switch::all().filter(is_valve))
}

impl DataFile {
    /// What the file would say of this plant. The probes' readings are its temperatures.
    #[must_use]
    pub fn of(brewhouse: &Brewhouse, unix_s: f64) -> Self {
        let mut states = [false; 19];
        for (state, switch) in states.iter_mut().zip(switches()) {
            *state = brewhouse.is_on(switch);
        }
        Self {
            temperatures_c: brewhouse.plant().probes.map(|probe| probe.reading_c),
            setpoints: brewhouse.loops().each_ref().map(|one| one.setpoint),
            switches: states,
            unix_s,
        }
    }

    /// The temperatures by [`VesselId`].
    pub(crate) const fn temperatures_c(&self) -> [f64; 3] {
        self.temperatures_c
    }

    pub(crate) const fn setpoint(&self, vessel: VesselId) -> Setpoint {
        self.setpoints[vessel.index()]
    }

    /// What is on, loops last: they turn on what they need.
    pub(crate) fn switches(&self) -> impl Iterator<Item = (Switch, bool)> {
        let all: Vec<_> = switches().zip(self.switches).collect();
        let (loops, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(s, _)| matches!(s, Switch::Pid(_)));
        others.into_iter().chain(loops)
    }
}

impl fmt::Display for DataFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for celsius in self.temperatures_c {
            writeln!(f, "{}", show_number(celsius))?;
        }
        for setpoint in &self.setpoints {
            writeln!(f, "{setpoint}")?;
        }
        for on in self.switches {
            writeln!(f, "{}", u8::from(on))?;
        }
        writeln!(f, "{}", show_number(self.unix_s))
    }
}

impl FromStr for DataFile {
    type Err = DataFileError;

    fn from_str(text: &str) -> Result<Self, DataFileError> {
        let lines: Vec<&str> = text.trim_end().lines().map(str::trim).collect();
        if lines.len() != LINES {
            return Err(DataFileError::Lines { lines: lines.len() });
        }
        let wrong = |line: usize, expected| DataFileError::Line {
            line: line + 1,
            text: lines[line].chars().take(40).collect(),
            expected,
        };
        let mut file = Self {
            temperatures_c: [0.0; 3],
            setpoints: VesselId::ALL.map(Setpoint::after_reset),
            switches: [false; 19],
            unix_s: 0.0,
        };
        for at in 0..3 {
            let celsius = number(lines[at]).filter(|celsius| *celsius >= CELSIUS_MIN);
            file.temperatures_c[at] = celsius.ok_or_else(|| wrong(at, "a temperature from 0 on"))?;
            let setpoint = Setpoint::from_file(lines[at + 3]);
            file.setpoints[at] = setpoint.map_err(|_| wrong(at + 3, "a setpoint from 0 to 150"))?;
        }
        for (at, on) in file.switches.iter_mut().enumerate() {
            *on = match lines[at + 6] {
                "0" => false,
                "1" => true,
                _ => return Err(wrong(at + 6, "0 or 1")),
            };
        }
        file.unix_s = number(lines[LINES - 1]).ok_or_else(|| wrong(LINES - 1, "a time in seconds"))?;
        Ok(file)
    }
}

/// A number in digits: not `inf`, not `nan`, and nothing that has to be evaluated.
fn number(text: &str) -> Option<f64> {
    let is_plain = text.len() <= 40 && text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    text.parse().ok().filter(|number: &f64| is_plain && number.is_finite())
}
