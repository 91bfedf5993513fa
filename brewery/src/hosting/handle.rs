//! One hosted plant.

use super::HostClock;
use super::core::Core;
use super::instances::InstanceName;
use super::store::{KeptState, Stored};
use crate::brewhouse::{Command, CommandError};
use crate::clock::{ClockError, Pace, check_steps};
use crate::contract::{Answer, Call};
use crate::data_file::DataFile;
use crate::faults::{HttpFaults, HttpRule, HttpRuleError, Mishap};
use crate::recipe::{Recipe, Report};
use crate::recorder::Recording;
use crate::snapshot::Snapshot;
use crate::trends::Sample;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// A plant that lives on. Whatever is asked of it, it is first brought to the present: what is read is of now, and a command
/// applies to what comes after it.
#[derive(Clone)]
pub struct Handle(Arc<Inner>);

struct Inner {
    name: InstanceName,
    core: Mutex<Core>,
    clock: Arc<dyn HostClock>,
    ending: CancellationToken,
    news: watch::Sender<u64>,
    acts: AtomicU64,
}

/// What a machine may spend at once on the time that has passed. A slow one cannot keep a fast pace up: the plant's time falls
/// behind then, and the program answers, and ends, all the same.
const CATCH_UP_MAX: Duration = Duration::from_millis(50);
/// Steps between two looks at the clock.
const STEPS_AT_ONCE: u64 = 200;

/// The recorder of a plant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecorderState {
    /// Whether it writes.
    pub on: bool,
    /// How many lines there are, also when it has ended.
    pub lines: usize,
}

impl Handle {
    /// `ending` says that the program ends.
    pub(super) fn new(name: InstanceName, core: Core, clock: Arc<dyn HostClock>, ending: CancellationToken) -> Self {
        Self(Arc::new(Inner {
            name,
            core: Mutex::new(core),
            clock,
            ending,
            news: watch::Sender::new(0),
            acts: AtomicU64::new(0),
        }))
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &InstanceName {
        &self.0.name
    }

    /// All that a screen shows, now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.read(|core| Snapshot::of(&core.brewhouse, core.clock.pace()))
    }

    /// A number that changes with every change, at most ten times a second while nobody acts. Look at the snapshot then.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.news.subscribe()
    }

    /// Carries a URL out and answers it.
    #[must_use]
    pub fn call(&self, call: Call) -> Answer {
        if call.is_read() { self.read(|core| core.call(call)) } else { self.change(|core| core.call(call)) }
    }

    /// Does what no URL can.
    ///
    /// # Errors
    /// When it makes no sense; nothing has changed then.
    pub fn command(&self, command: &Command) -> Result<(), CommandError> {
        self.change(|core| core.command(command))
    }

    /// Lets time pass at another pace from now on.
    ///
    /// # Errors
    /// When the rate is out of range.
    pub fn set_pace(&self, pace: Pace) -> Result<(), ClockError> {
        self.change(|core| core.set_pace(pace))
    }

    /// Makes so many steps of a tenth of a second at once, paused or not. A day takes a second or so: call it where waiting
    /// is allowed. It ends early when the program does.
    ///
    /// # Errors
    /// When there are too many, or none.
    pub fn step(&self, steps: u64) -> Result<(), ClockError> {
        let steps = check_steps(steps)?;
        self.change(|core| run_while(core, steps, || !self.0.ending.is_cancelled()));
        Ok(())
    }

    /// The samples after a moment of plant time, oldest first; the last 24 h are kept.
    #[must_use]
    pub fn trends(&self, after_s: Option<u64>) -> Vec<Sample> {
        self.read(|core| after_s.map_or_else(|| core.trends.all(), |after_s| core.trends.since(after_s)))
    }

    /// The rules by which answers go wrong.
    #[must_use]
    pub fn http_faults(&self) -> Vec<HttpRule> {
        self.read(|core| core.http_faults.rules().to_vec())
    }

    /// These rules and no others, from the beginning of this seed's sequence.
    ///
    /// # Errors
    /// When one of them makes no sense; the others stay then.
    pub fn set_http_faults(&self, rules: Vec<HttpRule>, seed: u64) -> Result<(), HttpRuleError> {
        let faults = HttpFaults::new(rules, seed)?;
        self.change(|core| core.http_faults = faults);
        Ok(())
    }

    pub(crate) fn strike(&self, path: &str) -> Mishap {
        self.lock().http_faults.strike(path)
    }

    /// The 26 lines of the first stub.
    #[must_use]
    pub fn data_file(&self) -> DataFile {
        let unix_s = self.0.clock.unix_s();
        self.read(|core| DataFile::of(&core.brewhouse, unix_s))
    }

    /// Follows a recipe from now on, instead of another one. It begins with a reset.
    pub fn start_recipe(&self, recipe: Recipe) {
        self.change(|core| core.start_recipe(recipe));
    }

    /// Follows no recipe any more, and forgets what came of it. Says whether there was one.
    #[must_use]
    pub fn stop_recipe(&self) -> bool {
        self.change(Core::stop_recipe)
    }

    /// What has come of the recipe so far.
    #[must_use]
    pub fn recipe_report(&self) -> Option<Report> {
        self.read(|core| core.recipe_report())
    }

    /// Records from now on; what was recorded before is forgotten.
    pub fn start_recording(&self) {
        self.change(Core::start_recording);
    }

    /// Records no more. What was recorded stays.
    pub fn stop_recording(&self) {
        self.change(Core::stop_recording);
    }

    /// Whether it records.
    #[must_use]
    pub fn recorder(&self) -> RecorderState {
        self.read(|core| core.recorder())
    }

    /// What was recorded.
    #[must_use]
    pub fn recording(&self) -> Option<Recording> {
        self.read(|core| core.recording())
    }

    /// Lets time pass; to be called ten times a second or so.
    pub fn tick(&self) {
        let stepped = self.advance(&mut self.lock());
        if stepped {
            self.tell();
        }
    }

    /// What is to be kept of it.
    ///
    /// # Errors
    /// Never in practice: only what JSON cannot hold.
    pub(super) fn stored(&self) -> Result<Stored, serde_json::Error> {
        let unix_s = self.0.clock.unix_s();
        let (data, kept) = self.read(|core| {
            let kept = KeptState::of(&core.brewhouse, core.clock.pace(), core.setpoint3);
            (DataFile::of(&core.brewhouse, unix_s).to_string(), kept)
        });
        Ok(Stored { name: self.0.name.as_str().to_owned(), data, model: serde_json::to_string(&kept)? })
    }

    /// How often somebody has acted.
    pub(super) fn acts(&self) -> u64 {
        self.0.acts.load(Ordering::Relaxed)
    }

    fn read<T>(&self, look: impl FnOnce(&mut Core) -> T) -> T {
        let mut core = self.lock();
        self.advance(&mut core);
        look(&mut core)
    }

    /// Makes the steps that are due. Says whether there were any.
    fn advance(&self, core: &mut Core) -> bool {
        let began = self.0.clock.monotonic();
        let due = core.clock.due(began);
        run_while(core, due, || self.0.clock.monotonic().saturating_sub(began) < CATCH_UP_MAX);
        due > 0
    }

    fn change<T>(&self, act: impl FnOnce(&mut Core) -> T) -> T {
        let done = self.read(act);
        self.0.acts.fetch_add(1, Ordering::Relaxed);
        self.tell();
        done
    }

    fn tell(&self) {
        self.0.news.send_modify(|number| *number += 1);
    }

    /// A panic leaves a plant that still obeys its laws.
    fn lock(&self) -> MutexGuard<'_, Core> {
        self.0.core.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn run_while(core: &mut Core, steps: u64, goes_on: impl Fn() -> bool) {
    let mut left = steps;
    while left > 0 && goes_on() {
        let now = left.min(STEPS_AT_ONCE);
        core.run(now);
        left -= now;
    }
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Handle").field(&self.0.name).finish()
    }
}
