//! Where screens are let in, looked up and heard. Which there are is kept in memory as well, so that a wall does not go dark with
//! the database.

use super::heard::Heard;
use super::pairing::{Asked, PairingBook, PairingError};
use super::state::{ScreenState, page_stamp};
use super::tries::Tries;
use crate::accounts::{Token, network};
use crate::building_now::BuildingNow;
use crate::clock::{SystemClock, utc_now};
use crate::hours_now::HoursNow;
use domain::{Holds, ManageScreens, MonoMs, PairingCode, ScreenFacts, ScreenId, ScreenLight, ScreenReport};
use entity::{KeptScreen, Storage, StorageError};
use ingest::Clock;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How often the list is read anew: another program may have changed it.
const READ_EVERY: Duration = Duration::from_secs(20);
/// The same, until it has been read once.
const FIRST_READ_EVERY: Duration = Duration::from_secs(2);
/// How often the database is told what was heard.
const KEEP_EVERY: Duration = Duration::from_secs(60);
/// A screen shows its name for so long.
const IDENTIFY_MS: u64 = 10_000;
/// Unknown addresses of screens that somebody may try in ten minutes. A screen that was taken away asks seldom.
const STRANGE_MAX: u32 = 60;
/// How long a screen that has spoken waits for news.
const WAIT: Duration = Duration::from_secs(8);
/// How often news is looked for that nobody announces: the hours, and what was published.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What the desk needs.
pub(crate) struct ScreenSettings {
    pub(crate) storage: Storage,
    pub(crate) clock: SystemClock,
    pub(crate) hours: HoursNow,
    pub(crate) memory: Arc<BuildingNow>,
    pub(crate) build: String,
}

/// Everything about screens.
pub(crate) struct ScreenDesk {
    settings: ScreenSettings,
    /// By the hash of the secret; nothing until they have been read.
    known: RwLock<Option<Arc<HashMap<String, KeptScreen>>>>,
    /// One reads at a time, so that what was read first never comes last.
    reading: tokio::sync::Mutex<()>,
    heard: Heard,
    /// Until when a screen shows its name.
    identifying: Mutex<HashMap<ScreenId, MonoMs>>,
    pairing: PairingBook,
    strange: Tries<IpAddr>,
    news: watch::Sender<u64>,
}

/// What there is to a secret.
#[derive(Debug)]
pub(crate) enum Lookup {
    Found(KeptScreen),
    /// It was taken away, or never was.
    Unknown,
    /// The database has not answered since the start.
    NotYet,
    /// Too many that are unknown have come from there.
    TooMany,
}

impl ScreenDesk {
    pub(crate) fn new(settings: ScreenSettings) -> Self {
        Self {
            settings,
            known: RwLock::default(),
            reading: tokio::sync::Mutex::default(),
            heard: Heard::default(),
            identifying: Mutex::default(),
            pairing: PairingBook::default(),
            strange: Tries::new(STRANGE_MAX),
            news: watch::Sender::new(0),
        }
    }

    /// Reads the list before the first screen asks. If that fails, it is read later.
    pub(crate) async fn begin(&self) {
        if let Err(error) = self.read().await {
            tracing::warn!(%error, "the list of screens cannot be read yet");
        }
    }

    /// The screen of a secret.
    pub(crate) fn find(&self, token: &str, from: IpAddr) -> Lookup {
        let Some(known) = self.known() else { return Lookup::NotYet };
        if let Some(screen) = Token::parse(token).and_then(|token| known.get(&token.hash()).cloned()) {
            return Lookup::Found(screen);
        }
        // Only who is unknown is counted: many screens may come from one address.
        let now = self.mono();
        let from = network(from);
        if !self.strange.may(&from, now) {
            return Lookup::TooMany;
        }
        self.strange.note(from, now);
        Lookup::Unknown
    }

    /// All screens by name with what they have said last; nothing while that is not known.
    pub(crate) fn list(&self) -> Option<Vec<KeptScreen>> {
        let mut screens: Vec<_> = self.known()?.values().cloned().map(|screen| self.with_heard(screen)).collect();
        screens.sort_by(|a, b| (a.facts.name.as_str(), a.id).cmp(&(b.facts.name.as_str(), b.id)));
        Some(screens)
    }

    /// A screen has spoken. Answers when there is something that it does not know, or after some seconds; nothing when it was
    /// taken away meanwhile.
    pub(crate) async fn hear(
        &self,
        screen: &KeptScreen,
        report: ScreenReport,
        knows: &str,
        shutdown: &CancellationToken,
    ) -> Option<ScreenState> {
        self.heard.note(screen.id, utc_now(), report);
        let mut news = self.news.subscribe();
        let until = tokio::time::Instant::now() + WAIT;
        loop {
            let now = self.known()?.get(&screen.token_hash).cloned()?;
            let state = self.state(&now);
            if state.stamp() != knows || shutdown.is_cancelled() || tokio::time::Instant::now() >= until {
                return Some(state);
            }
            tokio::select! {
                _ = news.changed() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = shutdown.cancelled() => {}
            }
        }
    }

    /// What a screen is to know.
    pub(crate) fn state(&self, screen: &KeptScreen) -> ScreenState {
        let ScreenSettings { clock, hours, memory, build, .. } = &self.settings;
        let now = utc_now();
        ScreenState {
            page: page_stamp(&screen.facts, &memory.get().layouts()),
            build: build.clone(),
            light: ScreenLight::at(&hours.get(), clock.local(now)),
            name: screen.facts.name.as_str().to_owned(),
            identify_ms: self.identify_ms(screen.id),
            now,
        }
    }

    /// Lets a screen in; its secret is told this once.
    pub(crate) async fn create(
        &self,
        by: &Holds<ManageScreens>,
        facts: &ScreenFacts,
    ) -> Result<(ScreenId, Token), ScreenError> {
        let token = Token::generate().map_err(|_| ScreenError::Pairing(PairingError::NoRandomness))?;
        let id = self.settings.storage.create_screen(by, facts, &token.hash(), utc_now()).await?;
        self.follow().await;
        Ok((id, token))
    }

    /// Lets in the screen that shows this code.
    pub(crate) async fn pair(
        &self,
        by: &Holds<ManageScreens>,
        code: &PairingCode,
        facts: &ScreenFacts,
    ) -> Result<(), ScreenError> {
        let taken = self.pairing.take(code, &by.actor().name, self.mono())?;
        let (_, token) = self.create(by, facts).await?;
        taken.give(token);
        Ok(())
    }

    /// Arranges what a screen is called and shows.
    pub(crate) async fn change(
        &self,
        by: &Holds<ManageScreens>,
        id: ScreenId,
        facts: &ScreenFacts,
    ) -> Result<(), ScreenError> {
        self.settings.storage.change_screen(by, id, facts, utc_now()).await?;
        self.follow().await;
        Ok(())
    }

    /// Gives a screen another secret, which is told this once.
    pub(crate) async fn renew(&self, by: &Holds<ManageScreens>, id: ScreenId) -> Result<Token, ScreenError> {
        let token = Token::generate().map_err(|_| ScreenError::Pairing(PairingError::NoRandomness))?;
        self.settings.storage.renew_screen(by, id, &token.hash(), utc_now()).await?;
        self.follow().await;
        self.forget(id, &token.hash());
        Ok(token)
    }

    /// Takes a screen away.
    pub(crate) async fn revoke(&self, by: &Holds<ManageScreens>, id: ScreenId) -> Result<(), ScreenError> {
        self.settings.storage.revoke_screen(by, id, utc_now()).await?;
        self.follow().await;
        self.forget(id, "");
        Ok(())
    }

    /// Has a screen show its name for a moment. Nothing of it is kept.
    pub(crate) fn identify(&self, _by: &Holds<ManageScreens>, id: ScreenId) -> Result<(), ScreenError> {
        let is_there = self.known().is_some_and(|known| known.values().any(|screen| screen.id == id));
        if !is_there {
            return Err(ScreenError::Storage(StorageError::UnknownScreen { id }));
        }
        let now = self.mono();
        let mut identifying = self.identifying.lock().unwrap_or_else(PoisonError::into_inner);
        identifying.retain(|_, until| *until > now);
        identifying.insert(id, now.plus(IDENTIFY_MS));
        drop(identifying);
        self.announce();
        Ok(())
    }

    /// A code for a screen to show, and the secret by which it asks for what comes of it.
    pub(crate) fn begin_pairing(&self, from: IpAddr) -> Result<(PairingCode, Token), PairingError> {
        self.pairing.begin(from, self.mono())
    }

    /// What has come of a code.
    pub(crate) fn ask_pairing(&self, secret: &str) -> Asked {
        Token::parse(secret).map_or(Asked::Over, |secret| self.pairing.ask(&secret, self.mono()))
    }

    /// Follows the list, and keeps what was heard, until `shutdown`.
    pub(crate) async fn run(&self, shutdown: &CancellationToken) {
        let (mut read_at, mut kept_at) = (tokio::time::Instant::now(), tokio::time::Instant::now());
        loop {
            if let Err(error) = self.read().await {
                tracing::warn!(%error, "the list of screens cannot be read; it stays as it was");
            }
            read_at += if self.known().is_some() { READ_EVERY } else { FIRST_READ_EVERY };
            if shutdown.run_until_cancelled(tokio::time::sleep_until(read_at)).await.is_none() {
                return;
            }
            if kept_at.elapsed() >= KEEP_EVERY {
                kept_at = tokio::time::Instant::now();
                self.keep_heard().await;
            }
            // Not to make up for what a slow database has delayed.
            read_at = read_at.max(tokio::time::Instant::now());
        }
    }

    async fn keep_heard(&self) {
        let heard = self.heard.take_news();
        if heard.is_empty() {
            return;
        }
        if let Err(error) = self.settings.storage.note_screens(&heard).await {
            tracing::warn!(%error, "what screens have said is not kept; they will say it again");
        }
    }

    /// Follows what was just changed, which is done whether or not it can be read again at once.
    async fn follow(&self) {
        if let Err(error) = self.read().await {
            tracing::warn!(%error, "the list of screens cannot be read; what was changed is followed later");
        }
    }

    /// An address that was taken away is good no more, also if the database has gone meanwhile. Only `valid` still is.
    fn forget(&self, id: ScreenId, valid: &str) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(screens) = known.as_mut() {
            Arc::make_mut(screens).retain(|hash, screen| screen.id != id || hash == valid);
        }
        drop(known);
        self.announce();
    }

    async fn read(&self) -> Result<(), StorageError> {
        let _alone = self.reading.lock().await;
        let screens = self.settings.storage.list_screens().await?;
        let by_hash: HashMap<_, _> = screens.into_iter().map(|screen| (screen.token_hash.clone(), screen)).collect();
        self.heard.keep_only(|id| by_hash.values().any(|screen| screen.id == id));
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(by_hash));
        self.announce();
        Ok(())
    }

    fn with_heard(&self, mut screen: KeptScreen) -> KeptScreen {
        screen.heard = self.heard.find(screen.id).or(screen.heard);
        screen
    }

    fn known(&self) -> Option<Arc<HashMap<String, KeptScreen>>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn identify_ms(&self, id: ScreenId) -> u64 {
        let identifying = self.identifying.lock().unwrap_or_else(PoisonError::into_inner);
        identifying.get(&id).map_or(0, |until| until.since(self.mono()))
    }

    fn announce(&self) {
        self.news.send_modify(|count| *count += 1);
    }

    fn mono(&self) -> MonoMs {
        self.settings.clock.now().mono
    }
}

/// Why something about a screen was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ScreenError {
    #[error(transparent)]
    Pairing(#[from] PairingError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}
