//! What a hosted plant is made of, behind its lock.

use super::handle::RecorderState;
use crate::brewhouse::{Brewhouse, Command, CommandError};
use crate::clock::{Clock, ClockError, Pace};
use crate::contract::{Answer, Call, Setpoint3Name};
use crate::faults::HttpFaults;
use crate::plant::STEPS_PER_S;
use crate::recipe::{Recipe, RecipeRun, Report};
use crate::recorder::Recording;
use crate::trends::Trends;

#[derive(Debug)]
pub(super) struct Core {
    pub(super) brewhouse: Brewhouse,
    pub(super) clock: Clock,
    pub(super) trends: Trends,
    pub(super) http_faults: HttpFaults,
    pub(super) setpoint3: Setpoint3Name,
    recording: Option<Recording>,
    recipe: Option<RecipeRun>,
}

impl Core {
    pub(super) fn new(brewhouse: Brewhouse, clock: Clock, setpoint3: Setpoint3Name) -> Self {
        let trends = Trends::default();
        let http_faults = HttpFaults::none();
        Self { brewhouse, clock, trends, http_faults, setpoint3, recording: None, recipe: None }
    }

    pub(super) fn run(&mut self, steps: u64) {
        for _ in 0..steps {
            self.brewhouse.step();
            self.trends.look(&self.brewhouse);
            if let Some(recording) = &mut self.recording {
                recording.look(&self.brewhouse);
            }
            if self.recipe.is_some() && self.brewhouse.steps().is_multiple_of(STEPS_PER_S) {
                self.follow_recipe();
            }
        }
    }

    fn follow_recipe(&mut self) {
        let Some(run) = &mut self.recipe else { return };
        let commands = run.look(&self.brewhouse);
        self.obey(&commands);
    }

    /// A recipe's commands were tried when it was read.
    fn obey(&mut self, commands: &[Command]) {
        for command in commands {
            if let Err(error) = self.command(command) {
                tracing::warn!(%error, "a recipe asks for what cannot be done");
            }
        }
    }

    pub(super) fn call(&mut self, call: Call) -> Answer {
        let answer = self.brewhouse.call(call, self.setpoint3);
        if let Some(recording) = &mut self.recording {
            recording.request(self.brewhouse.steps(), call, &answer.body);
        }
        answer
    }

    pub(super) fn command(&mut self, command: &Command) -> Result<(), CommandError> {
        self.brewhouse.command(command)?;
        if let Some(recording) = &mut self.recording {
            recording.command(self.brewhouse.steps(), command);
        }
        Ok(())
    }

    pub(super) fn set_pace(&mut self, pace: Pace) -> Result<(), ClockError> {
        self.clock.set(pace)
    }

    pub(super) fn start_recipe(&mut self, recipe: Recipe) {
        let (run, commands) = RecipeRun::start(recipe, &self.brewhouse);
        self.recipe = Some(run);
        self.obey(&commands);
    }

    pub(super) fn stop_recipe(&mut self) -> bool {
        self.recipe.take().is_some()
    }

    pub(super) fn recipe_report(&self) -> Option<Report> {
        self.recipe.as_ref().map(RecipeRun::report)
    }

    pub(super) fn start_recording(&mut self) {
        self.recording = Some(Recording::start(&self.brewhouse, self.setpoint3));
    }

    pub(super) fn stop_recording(&mut self) {
        if let Some(recording) = &mut self.recording {
            recording.stop(&self.brewhouse);
        }
    }

    pub(super) fn recorder(&self) -> RecorderState {
        let recording = self.recording.as_ref();
        RecorderState { on: recording.is_some_and(Recording::is_on), lines: recording.map_or(0, Recording::len) }
    }

    pub(super) fn recording(&self) -> Option<Recording> {
        self.recording.clone()
    }
}
