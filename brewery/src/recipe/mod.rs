//! Recipes and scenarios: timed phases whose actions are the URLs, with what is expected of them.
//!
//! ```toml
//! name = "Hot water"
//! valves = "enforced"                               # or advisory; as it is without it
//! start = [{ vessel = "HotTank", volume_l = 50, celsius = 20 }]
//!
//! [[phase]]
//! name = "heat"
//! calls = ["setCible1_78.py", "startPID1.py"]       # at its beginning
//! faults = [{ part = "R1", fault = "open" }]        # these and no others; as they are without it
//! until = "getTemp1 >= 77.7"                        # ends it, and must come within `for_s`
//! for_s = 2450
//! always = ["getTemp1 <= 78.3"]                     # at every second
//! expect = ["getPID1 == 1"]                         # at its end
//! ```

mod condition;
mod report;
mod run;

use crate::brewhouse::{Brewhouse, Command, CommandError};
use crate::contract::Call;
use crate::faults::ProcessFault;
use crate::plant::{PlantConfig, STEPS_PER_S, ValveMode};
pub use condition::{Condition, ConditionError};
pub use report::{PhaseReport, Report};
pub use run::{RecipeRun, Start};
use serde::{Deserialize, Serialize};

/// The longest phase: a week of plant time.
const PHASE_MAX_S: u64 = 604_800;
/// The most phases.
const PHASES_MAX: usize = 200;

/// A recipe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// What it is called.
    pub name: String,
    /// What valves do; as it is without it.
    #[serde(default)]
    pub valves: Option<ValveMode>,
    /// What is in the vessels at the beginning; as after a reset without it.
    #[serde(default)]
    pub start: Vec<Start>,
    /// Its phases, in order.
    #[serde(default)]
    pub phase: Vec<Phase>,
}

/// A phase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// What it is called.
    pub name: String,
    /// What is called at its beginning, in order.
    #[serde(default)]
    pub calls: Vec<Call>,
    /// What is broken from its beginning on.
    #[serde(default)]
    pub faults: Option<Vec<ProcessFault>>,
    /// Seconds of plant time that it takes, at most when it has an `until`.
    pub for_s: u64,
    /// What ends it.
    #[serde(default)]
    pub until: Option<Condition>,
    /// What holds at every second.
    #[serde(default)]
    pub always: Vec<Condition>,
    /// What holds at its end.
    #[serde(default)]
    pub expect: Vec<Condition>,
}

/// Why a recipe cannot be followed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RecipeError {
    /// It is no TOML, or has fields that no recipe has.
    #[error("the recipe cannot be read: {reason}")]
    Unreadable {
        /// What the reader says, with line and column.
        reason: String,
    },
    /// It has no phases, or too many.
    #[error("{count} phases: a recipe has 1 to {PHASES_MAX}")]
    Phases {
        /// How many it has.
        count: usize,
    },
    /// A phase is too long or takes no time.
    #[error("phase {name:?}: a phase takes 1 to {PHASE_MAX_S} s")]
    Length {
        /// The phase.
        name: String,
    },
    /// Something that it asks for cannot be done.
    #[error(transparent)]
    Command(#[from] CommandError),
}

impl Recipe {
    /// Reads TOML.
    ///
    /// # Errors
    /// When it makes no sense.
    #[cfg(feature = "http")]
    pub fn from_toml(text: &str) -> Result<Self, RecipeError> {
        let recipe: Self =
            toml::from_str(text).map_err(|error| RecipeError::Unreadable { reason: error.to_string() })?;
        recipe.check()?;
        Ok(recipe)
    }

    /// Whether it can be followed. What it asks for is tried on a plant of its own.
    ///
    /// # Errors
    /// When it makes no sense.
    pub fn check(&self) -> Result<(), RecipeError> {
        if self.phase.is_empty() || self.phase.len() > PHASES_MAX {
            return Err(RecipeError::Phases { count: self.phase.len() });
        }
        if let Some(phase) = self.phase.iter().find(|phase| !(1..=PHASE_MAX_S).contains(&phase.for_s)) {
            return Err(RecipeError::Length { name: phase.name.clone() });
        }
        let mut plant = Brewhouse::new(PlantConfig::default(), 0);
        let (_, commands) = RecipeRun::start(self.clone(), &plant);
        let faults = self.phase.iter().filter_map(|phase| phase.faults.clone()).map(Command::Faults);
        for command in commands.into_iter().chain(faults) {
            plant.command(&command)?;
        }
        Ok(())
    }

    /// Follows it on a plant of its own. `after_second` is called after every second of plant time; it may wait.
    ///
    /// # Errors
    /// When something that it asks for cannot be done.
    pub fn run(&self, seed: u64, mut after_second: impl FnMut()) -> Result<Report, RecipeError> {
        let mut plant = Brewhouse::new(PlantConfig::default(), seed);
        let (mut run, mut commands) = RecipeRun::start(self.clone(), &plant);
        loop {
            for command in &commands {
                plant.command(command)?;
            }
            if run.is_done() {
                return Ok(run.report());
            }
            plant.advance(STEPS_PER_S);
            after_second();
            commands = run.look(&plant);
        }
    }
}
