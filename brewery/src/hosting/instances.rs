//! All plants of a program.

use super::HostClock;
use super::core::Core;
use super::handle::Handle;
use super::keeper::Keeper;
use super::store::{KeptState, LoadError, Store, Stored};
use crate::brewhouse::Brewhouse;
use crate::clock::{Clock, ClockError, Pace};
use crate::contract::Setpoint3Name;
use crate::plant::{PlantConfig, ValveMode};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The plant that is always there, and that URLs without a prefix mean.
pub const MAIN: &str = "main";
/// The most plants at one time.
const INSTANCES_MAX: usize = 16;
const NAME_MAX: usize = 24;
/// Between two ticks. At the highest rate a tick is six minutes of plant time.
const TICK: Duration = Duration::from_millis(100);
/// A crash costs so much of what was done, at most.
const KEEP_EVERY: Duration = Duration::from_secs(1);
/// How long the last save may take when the program ends.
const LAST_SAVE_MAX: Duration = Duration::from_millis(500);

/// The name of a plant: 1 to 24 of `a-z`, `0-9` and `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InstanceName(String);

impl InstanceName {
    /// The plant that is always there.
    #[must_use]
    pub fn main() -> Self {
        Self(MAIN.to_owned())
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for InstanceName {
    type Err = InstanceError;

    fn from_str(text: &str) -> Result<Self, InstanceError> {
        let is_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let good = (1..=NAME_MAX).contains(&text.len()) && text.bytes().all(is_name);
        if good { Ok(Self(text.to_owned())) } else { Err(InstanceError::Name) }
    }
}

impl TryFrom<String> for InstanceName {
    type Error = InstanceError;

    fn try_from(text: String) -> Result<Self, InstanceError> {
        text.parse()
    }
}

impl From<InstanceName> for String {
    fn from(name: InstanceName) -> Self {
        name.0
    }
}

impl fmt::Display for InstanceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a plant begins.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InstanceSettings {
    /// For the noise of probes.
    pub seed: u64,
    /// What valves do. One that is kept keeps its own without it.
    pub valves: Option<ValveMode>,
    /// How fast time passes; as kept, or 1, without it.
    pub rate: Option<f64>,
    /// Whether `setCible3` answers what the first stub's page said.
    pub seed_text: bool,
}

/// Why a plant cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// That is no name.
    #[error("a name has 1 to {NAME_MAX} characters of a-z, 0-9 and -")]
    Name,
    /// There are too many.
    #[error("there are {INSTANCES_MAX} plants already")]
    Full,
    /// There is one of that name.
    #[error("there is a plant {name} already")]
    Taken {
        /// Its name.
        name: InstanceName,
    },
    /// There is none of that name, or it is the one that is always there.
    #[error("there is no plant {name} that could be removed")]
    Unknown {
        /// Its name.
        name: InstanceName,
    },
    /// Its rate is out of range.
    #[error(transparent)]
    Clock(#[from] ClockError),
}

/// All plants of a program, and what keeps them.
#[derive(Clone)]
pub struct Brewery(Arc<Inner>);

struct Inner {
    plants: Mutex<BTreeMap<InstanceName, Handle>>,
    clock: Arc<dyn HostClock>,
    store: Arc<dyn Store>,
    /// What the storage had at the start: one of them may be taken away before it was ever kept again.
    found: BTreeSet<InstanceName>,
    /// Long steps end when the program does.
    ending: CancellationToken,
}

impl Brewery {
    /// With what was kept. The main plant is made when it is not there; what `settings` says of it counts for this run.
    ///
    /// # Errors
    /// When the storage does not answer, or what it has cannot be read: nothing is overwritten then.
    pub async fn open(
        store: Arc<dyn Store>,
        clock: Arc<dyn HostClock>,
        settings: InstanceSettings,
    ) -> Result<Self, OpenError> {
        let mut rows = BTreeMap::<InstanceName, Stored>::new();
        for stored in store.list().await.map_err(LoadError::Store)? {
            rows.insert(stored.name.parse()?, stored);
        }
        let found = rows.keys().cloned().collect();
        let brewery =
            Self(Arc::new(Inner { plants: Mutex::default(), clock, store, found, ending: CancellationToken::new() }));
        for (name, stored) in rows {
            let is_main = stored.name == MAIN;
            let kept = KeptState::read(&stored)?;
            brewery.insert(name, kept, if is_main { settings } else { InstanceSettings::default() }, !is_main)?;
        }
        if brewery.find(MAIN).is_none() {
            brewery.create(InstanceName::main(), settings)?;
        }
        Ok(brewery)
    }

    /// The plant that is always there.
    #[must_use]
    pub fn main(&self) -> Option<Handle> {
        self.find(MAIN)
    }

    /// The plant of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Handle> {
        self.lock().iter().find(|(known, _)| known.as_str() == name).map(|(_, handle)| handle.clone())
    }

    /// All of them, by name.
    #[must_use]
    pub fn list(&self) -> Vec<Handle> {
        self.lock().values().cloned().collect()
    }

    /// Makes a plant.
    ///
    /// # Errors
    /// When there is one of that name, or too many, or its settings make no sense.
    pub fn create(&self, name: InstanceName, settings: InstanceSettings) -> Result<Handle, InstanceError> {
        let config = PlantConfig { valves: settings.valves.unwrap_or_default(), ..PlantConfig::default() };
        let brewhouse = Brewhouse::new(config, settings.seed);
        let kept = KeptState::of(&brewhouse, Pace::default(), Setpoint3Name::default());
        self.insert(name, kept, settings, false)
    }

    /// Takes a plant away, and what is kept of it.
    ///
    /// # Errors
    /// When there is none of that name, or it is the main one.
    pub fn remove(&self, name: &InstanceName) -> Result<(), InstanceError> {
        let removed = if name.as_str() == MAIN { None } else { self.lock().remove(name) };
        removed.map(drop).ok_or_else(|| InstanceError::Unknown { name: name.clone() })
    }

    fn insert(
        &self,
        name: InstanceName,
        mut kept: KeptState,
        settings: InstanceSettings,
        as_kept: bool,
    ) -> Result<Handle, InstanceError> {
        let mut plants = self.lock();
        if plants.contains_key(&name) {
            return Err(InstanceError::Taken { name });
        }
        if plants.len() >= INSTANCES_MAX {
            return Err(InstanceError::Full);
        }
        kept.pace.rate = settings.rate.unwrap_or(kept.pace.rate);
        let as_page = if settings.seed_text { Setpoint3Name::Ebu } else { Setpoint3Name::Mashtun };
        let setpoint3 = if as_kept { kept.setpoint3() } else { as_page };
        if let Some(mode) = settings.valves {
            kept.brewhouse.set_valves(mode);
        }
        let clock = Clock::new(kept.pace, self.0.clock.monotonic())?;
        let core = Core::new(kept.brewhouse, clock, setpoint3);
        let handle = Handle::new(name.clone(), core, Arc::clone(&self.0.clock), self.0.ending.clone());
        plants.insert(name, handle.clone());
        Ok(handle)
    }

    /// Lets time pass and keeps what changes, until `shutdown`.
    pub async fn run(&self, shutdown: CancellationToken) {
        let mut keeper = Keeper::new(self.0.found.clone());
        // On a task of its own: those below may wait for a plant that makes a long step.
        let (ending, asked) = (self.0.ending.clone(), shutdown.clone());
        tokio::spawn(async move {
            asked.cancelled().await;
            ending.cancel();
        });
        tokio::join!(self.pass_time(&shutdown), self.keep(&mut keeper, &shutdown));
        let plants = self.list();
        let keeping = keeper.keep_all(&plants, &plants, self.0.store.as_ref());
        match tokio::time::timeout(LAST_SAVE_MAX, keeping).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the brewery's last state was not kept"),
            Err(_) => tracing::warn!("the brewery's last state was not kept in time"),
        }
    }

    async fn pass_time(&self, shutdown: &CancellationToken) {
        let mut interval = tokio::time::interval(TICK);
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while shutdown.run_until_cancelled(interval.tick()).await.is_some() {
            for handle in self.list() {
                handle.tick();
                // Many plants at a fast pace leave others some room.
                tokio::task::yield_now().await;
            }
        }
    }

    async fn keep(&self, keeper: &mut Keeper, shutdown: &CancellationToken) {
        let mut interval = tokio::time::interval(KEEP_EVERY);
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while shutdown.run_until_cancelled(interval.tick()).await.is_some() {
            let keeping = Box::pin(keeper.keep_changed(self.list(), self.0.store.as_ref()));
            shutdown.run_until_cancelled(keeping).await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<InstanceName, Handle>> {
        self.0.plants.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why the plants cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// What was kept cannot be used.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// What was asked for cannot be made.
    #[error(transparent)]
    Instance(#[from] InstanceError),
}
