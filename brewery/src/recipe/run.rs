//! A recipe that is being followed.

use super::report::{PhaseReport, Report};
use super::{Phase, Recipe};
use crate::brewhouse::{Brewhouse, Command};
use crate::contract::Call;
use crate::plant::{STEPS_PER_S, VesselId};

/// The most failures that a phase lists.
const FAILURES_MAX: usize = 20;

/// Follows a recipe: it says what to do, whoever owns the plant does it.
#[derive(Debug, Clone, PartialEq)]
pub struct RecipeRun {
    recipe: Recipe,
    /// The phase that runs; behind the last one when all is done.
    at: usize,
    since_step: u64,
    failures: Vec<String>,
    done: Vec<PhaseReport>,
}

impl RecipeRun {
    /// Begins, and says what is to be done before anything else.
    #[must_use]
    pub fn start(recipe: Recipe, brewhouse: &Brewhouse) -> (Self, Vec<Command>) {
        let mut commands = vec![Command::Call(Call::Reset)];
        commands.extend(recipe.valves.map(Command::Valves));
        commands.extend(recipe.start.iter().map(|start| Command::Fill {
            vessel: start.vessel,
            volume_l: start.volume_l,
            celsius: start.celsius,
        }));
        commands.push(Command::Faults(Vec::new()));
        let since_step = brewhouse.steps();
        let run = Self { recipe, at: 0, since_step, failures: Vec::new(), done: Vec::new() };
        commands.extend(run.begin_phase());
        (run, commands)
    }

    /// Whether all phases are over.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.at >= self.recipe.phase.len()
    }

    /// To be called after every second of plant time. Says what is to be done now.
    #[must_use]
    pub fn look(&mut self, brewhouse: &Brewhouse) -> Vec<Command> {
        let Some(phase) = self.recipe.phase.get(self.at) else { return Vec::new() };
        let passed_s = (brewhouse.steps() - self.since_step) / STEPS_PER_S;
        for condition in phase.always.iter().filter(|condition| !condition.holds(brewhouse)) {
            note(&mut self.failures, format!("after {passed_s} s: {}", condition.refute(brewhouse)));
        }
        let reached = phase.until.as_ref().is_some_and(|until| until.holds(brewhouse));
        if !reached && passed_s < phase.for_s {
            return Vec::new();
        }
        if let Some(until) = phase.until.as_ref().filter(|_| !reached) {
            note(&mut self.failures, format!("not within {} s: {}", phase.for_s, until.refute(brewhouse)));
        }
        for condition in phase.expect.iter().filter(|condition| !condition.holds(brewhouse)) {
            note(&mut self.failures, condition.refute(brewhouse));
        }
        let failures = std::mem::take(&mut self.failures);
        self.done.push(PhaseReport { name: phase.name.clone(), took_s: passed_s, failures });
        self.at += 1;
        self.since_step = brewhouse.steps();
        self.begin_phase()
    }

    fn begin_phase(&self) -> Vec<Command> {
        let Some(Phase { calls, faults, .. }) = self.recipe.phase.get(self.at) else { return Vec::new() };
        let faults = faults.iter().map(|faults| Command::Faults(faults.clone()));
        faults.chain(calls.iter().map(|call| Command::Call(*call))).collect()
    }

    /// What has come of it so far.
    #[must_use]
    pub fn report(&self) -> Report {
        let running = self.recipe.phase.get(self.at).map(|phase| phase.name.clone());
        Report { name: self.recipe.name.clone(), running, phases: self.done.clone() }
    }
}

fn note(failures: &mut Vec<String>, failure: String) {
    if failures.len() < FAILURES_MAX {
        failures.push(failure);
    }
}

/// A vessel's content at the beginning of a recipe.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// The vessel.
    pub vessel: VesselId,
    /// Litres.
    pub volume_l: f64,
    /// Its temperature.
    pub celsius: f64,
}
