//! Writes down what is asked of a plant and how it is, so that the same can be had again.
//!
//! A recording is lines of JSON: the plant as it was, then what was done to it at which step, and every minute of plant time
//! its temperatures. Played back, they come out the same to the last bit.

use crate::brewhouse::{Brewhouse, Command, CommandError};
use crate::contract::{Call, Setpoint3Name};
use serde::{Deserialize, Serialize};

/// Lines after which a recording ends by itself.
pub const LINES_MAX: usize = 100_000;
/// Steps between two states.
const STATE_STEPS: u64 = 600;
/// Differences that a replay lists.
const DIFFERENCES_MAX: usize = 20;
const VERSION: u32 = 1;
/// Steps that a replay makes at most: 50 days of plant time.
const REPLAY_STEPS_MAX: u64 = 43_200_000;

/// A line of a recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    /// How it all began.
    Start { version: u32, as_page: bool, brewhouse: Box<Brewhouse> },
    /// What a client asked, and what it was told.
    Request { step: u64, call: Call, body: String },
    /// What was done in another way.
    Command { step: u64, command: Command },
    /// How it was.
    State { step: u64, temperatures_c: [f64; 3], volumes_l: [f64; 3], readings_c: [f64; 3] },
}

/// A recording that is being made, or that has been.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    lines: Vec<Line>,
    name: Setpoint3Name,
    on: bool,
}

/// Why a recording cannot be played back.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReplayError {
    /// A line is none of a recording.
    #[error("line {line}: {reason}")]
    Line {
        /// From 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// It is of another version.
    #[error("a recording of version {version}: this program plays version {VERSION}")]
    Version {
        /// Which.
        version: u32,
    },
    /// It is longer than can be played.
    #[error("{steps} steps: {REPLAY_STEPS_MAX} can be played")]
    Long {
        /// How long it is.
        steps: u64,
    },
    /// Something that was done cannot be.
    #[error(transparent)]
    Command(#[from] CommandError),
}

/// What a replay has found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// Steps that it made.
    pub steps: u64,
    /// Requests that it made.
    pub requests: u64,
    /// States that it compared.
    pub states: u64,
    /// What came out differently, 20 at most. Nothing should.
    pub differences: Vec<String>,
}

impl Recording {
    /// Begins now.
    #[must_use]
    pub fn start(brewhouse: &Brewhouse, name: Setpoint3Name) -> Self {
        let as_page = name == Setpoint3Name::Ebu;
        let start = Line::Start { version: VERSION, as_page, brewhouse: Box::new(brewhouse.clone()) };
        Self { lines: vec![start], name, on: true }
    }

    /// Ends, with how the plant is.
    pub fn stop(&mut self, brewhouse: &Brewhouse) {
        if self.on {
            self.lines.push(state(brewhouse));
            self.on = false;
        }
    }

    /// Whether it goes on. It ends by itself when it is full.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.on
    }

    /// How many lines it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether it has no lines, which no recording has.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// A client has asked something.
    pub fn request(&mut self, step: u64, call: Call, body: &str) {
        self.push(Line::Request { step, call, body: body.to_owned() });
    }

    /// Something was done in another way.
    pub fn command(&mut self, step: u64, command: &Command) {
        self.push(Line::Command { step, command: command.clone() });
    }

    /// A step has passed.
    pub fn look(&mut self, brewhouse: &Brewhouse) {
        if brewhouse.steps().is_multiple_of(STATE_STEPS) {
            self.push(state(brewhouse));
        }
    }

    fn push(&mut self, line: Line) {
        if self.on && self.lines.len() < LINES_MAX {
            self.lines.push(line);
        } else {
            self.on = false;
        }
    }

    /// Its text: a line of JSON each.
    ///
    /// # Errors
    /// Never in practice: only what JSON cannot hold, such as a number that is none.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        let mut text = String::new();
        for line in &self.lines {
            text += &serde_json::to_string(line)?;
            text.push('\n');
        }
        Ok(text)
    }

    /// Reads a text back.
    ///
    /// # Errors
    /// When it is no recording.
    pub fn from_text(text: &str) -> Result<Self, ReplayError> {
        let read = |(at, line): (usize, &str)| {
            serde_json::from_str(line).map_err(|error| ReplayError::Line { line: at + 1, reason: error.to_string() })
        };
        let lines: Vec<Line> = text.lines().enumerate().map(read).collect::<Result<_, _>>()?;
        match lines.first() {
            Some(Line::Start { version, .. }) if *version != VERSION => Err(ReplayError::Version { version: *version }),
            Some(Line::Start { as_page, .. }) => {
                let name = if *as_page { Setpoint3Name::Ebu } else { Setpoint3Name::Mashtun };
                Ok(Self { lines, name, on: false })
            }
            _ => Err(ReplayError::Line { line: 1, reason: "a recording begins with its start".to_owned() }),
        }
    }

    /// Does all of it again on a plant of its own, and compares.
    ///
    /// # Errors
    /// When the recording makes no sense.
    pub fn replay(&self) -> Result<Replay, ReplayError> {
        let mut replay = Replay { steps: 0, requests: 0, states: 0, differences: Vec::new() };
        let Some((Line::Start { brewhouse, .. }, lines)) = self.lines.split_first() else {
            return Err(ReplayError::Line { line: 1, reason: "a recording begins with its start".to_owned() });
        };
        let mut brewhouse = brewhouse.as_ref().clone();
        brewhouse.wake();
        let began = brewhouse.steps();
        for (at, line) in lines.iter().enumerate() {
            let step = line.step().unwrap_or(0);
            let Some(ahead) = step.checked_sub(brewhouse.steps()) else {
                return Err(ReplayError::Line {
                    line: at + 2,
                    reason: "its step is before that of the last".to_owned(),
                });
            };
            if step - began > REPLAY_STEPS_MAX {
                return Err(ReplayError::Long { steps: step - began });
            }
            brewhouse.advance(ahead);
            replay.compare(line, &mut brewhouse, self.name)?;
        }
        replay.steps = brewhouse.steps() - began;
        Ok(replay)
    }
}

impl Line {
    const fn step(&self) -> Option<u64> {
        match self {
            Self::Start { .. } => None,
            Self::Request { step, .. } | Self::Command { step, .. } | Self::State { step, .. } => Some(*step),
        }
    }
}

impl Replay {
    fn compare(&mut self, line: &Line, brewhouse: &mut Brewhouse, name: Setpoint3Name) -> Result<(), ReplayError> {
        match line {
            Line::Start { .. } => self.differ("a second start".to_owned()),
            Line::Request { step, call, body } => {
                self.requests += 1;
                let answer = brewhouse.call(*call, name).body;
                if answer != *body {
                    self.differ(format!("step {step}: {call} answers {} instead of {}", answer.trim(), body.trim()));
                }
            }
            Line::Command { command, .. } => brewhouse.command(command)?,
            Line::State { step, .. } => {
                self.states += 1;
                let now = state(brewhouse);
                if now != *line {
                    self.differ(format!("step {step}: {now:?} instead of {line:?}"));
                }
            }
        }
        Ok(())
    }

    fn differ(&mut self, difference: String) {
        if self.differences.len() < DIFFERENCES_MAX {
            self.differences.push(difference);
        }
    }
}

fn state(brewhouse: &Brewhouse) -> Line {
    let plant = brewhouse.plant();
    Line::State {
        step: plant.steps,
        temperatures_c: plant.vessels.map(|vessel| vessel.celsius),
        volumes_l: plant.vessels.map(|vessel| vessel.volume_l),
        readings_c: plant.probes.map(|probe| probe.reading_c),
    }
}
