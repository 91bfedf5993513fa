//! Where pages ask to be told, and from where they are told.

use super::Ticket;
use crate::building_now::BuildingNow;
use crate::clock::SystemClock;
use crate::hours_now::HoursNow;
use crate::live::Hub;
use crate::push::{PushJob, Subscription};
use app::Locale;
use domain::{
    BoothNumber, BoothState, FloorNumber, KeptNotices, Moment, NoticeError, NoticeQueue, NoticeRule, NoticeSource,
    NoticeTarget, NoticeWish, TicketName, Told, UtcMs,
};
use ingest::Clock;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Requests of one browser.
const PER_TICKET_MAX: usize = 5;
/// Requests from one address: a quarter of all, for an office may be behind one.
const PER_SOURCE_MAX: usize = 500;
/// Requests of all.
const REQUESTS_MAX: usize = 2_000;
/// How long somebody waits at most, unless service ends before.
const LIFETIME_MS: u64 = 2 * 3_600 * 1_000;
/// How often it is looked whose time is up.
const TICK: Duration = Duration::from_millis(500);

/// The line of those who wait.
pub(crate) struct NoticeDesk {
    inner: Mutex<Inner>,
    settings: DeskSettings,
    push: mpsc::Sender<PushJob>,
    /// Makes numbers of addresses, others in each run.
    sources: RandomState,
    /// Tells when there is something else to keep.
    pub(super) changed: Notify,
}

/// What the desk works with.
pub(crate) struct DeskSettings {
    pub(crate) clock: SystemClock,
    pub(crate) hours: HoursNow,
    pub(crate) hub: Arc<Hub>,
    pub(crate) memory: Arc<BuildingNow>,
    pub(crate) hold: Duration,
}

struct Inner {
    queue: NoticeQueue,
    devices: BTreeMap<TicketName, Device>,
}

/// How a browser is reached while its page is closed.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Device {
    subscription: Subscription,
    language: String,
}

/// What is kept over a restart.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct KeptDesk {
    notices: KeptNotices,
    devices: BTreeMap<TicketName, Device>,
}

/// How a ticket stands.
#[derive(Debug, Serialize)]
pub(crate) struct TicketState {
    /// The name under which the stream speaks of it.
    name: TicketName,
    waiting: Vec<WaitingRow>,
    told: Vec<HeldRow>,
    /// Whether it is told by Web Push as well.
    pushed: bool,
    now: UtcMs,
}

#[derive(Debug, Serialize)]
struct WaitingRow {
    target: NoticeTarget,
    until_at: UtcMs,
}

#[derive(Debug, Serialize)]
struct ToldRow {
    booth: BoothNumber,
    floor: FloorNumber,
    booth_name: String,
    until_at: UtcMs,
}

#[derive(Debug, Serialize)]
struct HeldRow {
    #[serde(flatten)]
    told: ToldRow,
    /// False while it is grey; it stays held.
    free: bool,
}

/// What a push message says. The words are the browser's.
#[derive(Debug, Serialize)]
struct PushMessage<'a> {
    language: &'a str,
    url: String,
    #[serde(flatten)]
    told: ToldRow,
}

/// Why somebody is not put into the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AskError {
    /// Nothing becomes free now.
    #[error("it is outside the service hours")]
    Closed,
    /// The line says no.
    #[error(transparent)]
    Refused(#[from] NoticeError),
    /// The system has no randomness.
    #[error("no ticket can be made")]
    NoTicket,
}

impl NoticeDesk {
    /// An empty line.
    pub(crate) fn new(settings: DeskSettings, booths: &[BoothState], push: mpsc::Sender<PushJob>) -> Self {
        let hold_ms = u64::try_from(settings.hold.as_millis()).unwrap_or(u64::MAX);
        let rule = NoticeRule {
            hold_ms,
            per_ticket_max: PER_TICKET_MAX,
            per_source_max: PER_SOURCE_MAX,
            requests_max: REQUESTS_MAX,
            waiting_ms_max: LIFETIME_MS,
        };
        let inner = Inner { queue: NoticeQueue::new(rule, booths), devices: BTreeMap::new() };
        Self { inner: Mutex::new(inner), settings, push, sources: RandomState::new(), changed: Notify::new() }
    }

    /// Puts a request into the line, under the ticket that the browser has or a new one.
    pub(crate) fn ask(
        &self,
        ticket: Option<Ticket>,
        target: NoticeTarget,
        from: IpAddr,
    ) -> Result<(Ticket, TicketState), AskError> {
        let now = self.now();
        let until = now.mono.plus(self.lifetime_ms(now.at)?);
        let source = NoticeSource(self.sources.hash_one(network_of(from)));
        let told = {
            let mut inner = self.lock();
            // Only tickets of ours: nobody chooses their own, and one that was forgotten is not taken up again.
            let known = ticket.filter(|ticket| inner.queue.knows(ticket.name()));
            let ticket = known.map_or_else(Ticket::draw, Ok).map_err(|_| AskError::NoTicket)?;
            let wish = NoticeWish { ticket: ticket.name(), target, source, until };
            (ticket, inner.queue.ask(wish, now.mono)?)
        };
        let (ticket, told) = told;
        self.tell(&told, now);
        self.changed.notify_one();
        Ok((ticket, self.state(ticket)))
    }

    /// Takes a request back, or all of them; what the ticket was told of and does not need goes to the next in line.
    pub(crate) fn cancel(&self, ticket: Ticket, target: Option<NoticeTarget>) -> TicketState {
        let now = self.now();
        let told = {
            let mut inner = self.lock();
            inner.queue.cancel(ticket.name(), target);
            match target {
                Some(NoticeTarget::Booth(booth)) => inner.queue.release(ticket.name(), booth, now.mono),
                _ => Vec::new(),
            }
        };
        self.tell(&told, now);
        self.settle();
        self.changed.notify_one();
        self.state(ticket)
    }

    /// From now on the ticket is also told by Web Push; false when it waits for nothing.
    pub(crate) fn subscribe(&self, ticket: Ticket, subscription: Subscription, language: Locale) -> bool {
        let mut inner = self.lock();
        let waits = inner.queue.waiting_of(ticket.name()).next().is_some();
        if waits {
            let device = Device { subscription, language: language.tag().to_owned() };
            inner.devices.insert(ticket.name(), device);
            self.changed.notify_one();
        }
        waits
    }

    /// The browser does not take messages any more.
    pub(crate) fn forget_device(&self, ticket: TicketName) {
        self.lock().devices.remove(&ticket);
        self.changed.notify_one();
    }

    /// How a ticket stands; one that is not known waits for nothing.
    pub(crate) fn state(&self, ticket: Ticket) -> TicketState {
        let (now, name) = (self.now(), ticket.name());
        let inner = self.lock();
        let waiting = inner
            .queue
            .waiting_of(name)
            .map(|request| WaitingRow { target: request.target, until_at: now.at.plus(request.until.since(now.mono)) });
        let told = inner.queue.told_of(name).map(|told| HeldRow { told: self.told_row(&told, now), free: told.free });
        TicketState {
            name,
            waiting: waiting.collect(),
            told: told.collect(),
            pushed: inner.devices.contains_key(&name),
            now: now.at,
        }
    }

    /// Whether somebody was told of a booth and still has it to themselves.
    pub(crate) fn is_held(&self, booth: BoothNumber) -> bool {
        self.lock().queue.is_held(booth, self.now().mono)
    }

    /// Booths look different now. Called with the live state locked: it neither waits nor writes.
    pub(crate) fn note(&self, changes: &[BoothState]) {
        let now = self.now();
        let told = self.lock().queue.note(changes, now.mono);
        if !told.is_empty() {
            self.tell(&told, now);
            self.changed.notify_one();
        }
    }

    /// Lets time pass until `shutdown`.
    pub(crate) async fn run(&self, shutdown: &CancellationToken) {
        let mut interval = tokio::time::interval(TICK);
        while shutdown.run_until_cancelled(interval.tick()).await.is_some() {
            let now = self.now();
            let told = self.lock().queue.tick(now.mono);
            if !told.is_empty() {
                self.changed.notify_one();
            }
            self.tell(&told, now);
            self.settle();
        }
    }

    pub(super) fn keep(&self) -> KeptDesk {
        let inner = self.lock();
        KeptDesk { notices: inner.queue.keep(self.now()), devices: inner.devices.clone() }
    }

    pub(super) fn restore(&self, kept: KeptDesk) {
        let mut inner = self.lock();
        inner.queue.restore(&kept.notices, self.now());
        inner.devices = kept.devices;
    }

    /// Forgets how to reach those who wait for nothing any more.
    fn settle(&self) {
        let mut inner = self.lock();
        let Inner { queue, devices } = &mut *inner;
        let before = devices.len();
        devices.retain(|ticket, _| queue.knows(*ticket));
        if devices.len() != before {
            self.changed.notify_one();
        }
    }

    fn tell(&self, told: &[Told], now: Moment) {
        if told.is_empty() {
            return;
        }
        let names: Vec<_> = told.iter().map(|told| told.ticket).collect();
        self.settings.hub.tell(&names);
        let inner = self.lock();
        for told in told {
            let Some(device) = inner.devices.get(&told.ticket) else { continue };
            let job = self.push_job(told, device, now);
            // As many as may wait have room; should it ever be full, the page still tells.
            if job.is_some_and(|job| self.push.try_send(job).is_err()) {
                tracing::warn!("too many notices are being pushed: one is only shown in its page");
            }
        }
    }

    fn push_job(&self, told: &Told, device: &Device, now: Moment) -> Option<PushJob> {
        let url = format!("/floor/{}?booth={}", told.floor, told.booth);
        let message = PushMessage { language: &device.language, url, told: self.told_row(told, now) };
        Some(PushJob {
            ticket: told.ticket,
            subscription: device.subscription.clone(),
            message: serde_json::to_vec(&message).ok()?,
            topic: format!("box-{}", told.booth),
            until: Instant::now() + Duration::from_millis(told.until.since(now.mono)),
        })
    }

    fn told_row(&self, told: &Told, now: Moment) -> ToldRow {
        let shown = self.settings.memory.get();
        let named = shown.building.booths.iter().find(|booth| booth.number == told.booth);
        ToldRow {
            booth: told.booth,
            floor: told.floor,
            booth_name: named.map(|booth| booth.name.clone()).unwrap_or_default(),
            until_at: now.at.plus(told.until.since(now.mono)),
        }
    }

    /// To the end of service at most: nothing becomes free after it.
    fn lifetime_ms(&self, at: UtcMs) -> Result<u64, AskError> {
        let DeskSettings { hours, clock, .. } = &self.settings;
        let hours = hours.get();
        let local = clock.local(at);
        if !hours.is_open(local) {
            return Err(AskError::Closed);
        }
        let closes_ms = hours.closes_in_s(local).map(|seconds| u64::from(seconds) * 1_000);
        Ok(closes_ms.map_or(LIFETIME_MS, |closes_ms| closes_ms.min(LIFETIME_MS)))
    }

    fn now(&self) -> Moment {
        self.settings.clock.now()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What one household or office has at least: an address, or a network of the newer kind.
fn network_of(address: IpAddr) -> u64 {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_bits().into(),
        IpAddr::V6(address) => u64::try_from(address.to_bits() >> 64).unwrap_or(u64::MAX),
    }
}
