//! The boards that prove who they are: which keys they may use, who of them is here, and which booths they watch.

use crate::command_news::TicketedCommand;
use crate::journal::Verdict;
use crate::v2::{BoardSecret, Command, Hello, MasterSecret};
use crate::wiring::Wiring;
use crate::{
    Alert, Alerts, BoardReport, BoardState, CommandNews, HandshakeRefusal, Signal, Strangers, Vitals, VitalsReport,
};
use domain::{BoardEvent, BoardId, BoothNumber, EventId, Moment, MonoMs, Reading, Registry, SensorId, Service, UtcMs};
use std::collections::{HashMap, HashSet, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::timeout;

/// How long two boards of one name are kept out.
pub(crate) const QUARANTINE_MS: u64 = 5 * 60_000;
const TAKEOVERS_MAX: usize = 15;
const TAKEOVERS_WITHIN_MS: u64 = 60_000;
/// How long a board that is not known waits for the registry to be looked at again.
const LOOK_AGAIN_MAX: Duration = Duration::from_millis(300);
/// Orders that a session may leave unheard.
const ORDERS_MAX: usize = 16;
/// Commands of one board that may wait for it.
const WAITING_MAX: usize = 16;
/// Events of one session that may wait for their verdict.
pub(crate) const UNKEPT_MAX: usize = 256;

/// What a session is told from outside, in one channel: to wait for two costs a busy server more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// What became of one of its events.
    Verdict(Verdict),
    /// What it is to do.
    Order(Order),
}

/// What a session is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Order {
    /// A newer session of the same board is open.
    Replaced,
    /// Two boards of this name displace each other.
    Quarantined,
    /// Its key was revoked.
    Revoked,
    /// Go by these service hours, which have begun or ended.
    Hours(Service),
    /// Tell the board this.
    Command(Command),
    /// Something waits for the board: [`Boards::take_waiting`].
    Look,
    /// Let the board report at least so often, in seconds.
    Heartbeat(u16),
}

/// All boards of the registry.
pub struct Boards {
    master: MasterSecret,
    heartbeat_s: u16,
    alerts: Alerts,
    strangers: Strangers,
    command_news: CommandNews,
    inner: Mutex<Inner>,
    look_again: Notify,
    looked: watch::Sender<u64>,
}

#[derive(Default)]
struct Inner {
    boards: HashMap<BoardId, Board>,
    v0_wires: HashMap<(IpAddr, u8), BoothNumber>,
    wiring: Wiring,
    /// The signals of booths of which boards without a name speak.
    booths: HashMap<BoothNumber, Signal>,
    next_session: u64,
}

#[derive(Default)]
struct Board {
    era: u32,
    keys: Vec<domain::BoardKey>,
    /// The newest event that is on the disk.
    last: Option<EventId>,
    /// The highest start counter that was seen.
    boot: u32,
    session: Option<OpenSession>,
    takeovers: VecDeque<MonoMs>,
    quarantined_until: Option<MonoMs>,
    vitals: Option<Vitals>,
    /// By channel.
    signals: Vec<Signal>,
    asleep: Option<Sleep>,
    /// Where it does not report as often as all do.
    heartbeat_s: Option<u16>,
    /// What it is to be told as soon as it is here.
    waiting: VecDeque<TicketedCommand>,
}

struct OpenSession {
    number: u64,
    boot: u32,
    key_version: u8,
    notices: mpsc::Sender<Notice>,
}

#[derive(Debug, Clone, Copy)]
struct Sleep {
    until_at: UtcMs,
    late_at: MonoMs,
}

/// A session that may begin.
pub(crate) struct Opened {
    pub(crate) number: u64,
    pub(crate) era: u32,
    pub(crate) last: Option<EventId>,
    pub(crate) window_s: u16,
    pub(crate) heartbeat_s: u16,
    pub(crate) sensors: Vec<Vec<(SensorId, BoothNumber)>>,
    /// Ends when the session is not the board's any more.
    pub(crate) notices: mpsc::Receiver<Notice>,
    /// For verdicts; does not keep the channel open.
    pub(crate) verdicts: mpsc::WeakSender<Notice>,
    /// Whether another had to go.
    pub(crate) replaces: bool,
}

impl Boards {
    /// The boards of `registry`, whose keys come from `master`, wired like `building`. Boards report at least every
    /// `heartbeat_s` seconds.
    #[must_use]
    pub fn new(master: MasterSecret, heartbeat_s: u16, building: &domain::Building, registry: &Registry) -> Self {
        let inner = Inner { wiring: Wiring::new(building), ..Inner::default() };
        let boards = Self {
            master,
            heartbeat_s,
            alerts: Alerts::default(),
            strangers: Strangers::default(),
            command_news: CommandNews::default(),
            inner: Mutex::new(inner),
            look_again: Notify::new(),
            looked: watch::Sender::new(0),
        };
        boards.update(registry);
        boards
    }

    /// Takes a newer registry: boards and keys that are new can be used, sessions of keys that are revoked end.
    pub fn update(&self, registry: &Registry) {
        let mut inner = self.lock();
        for registered in &registry.boards {
            let board = inner.boards.entry(registered.id.clone()).or_default();
            if board.era != registered.era {
                (board.era, board.last, board.boot) = (registered.era, None, 0);
                // What it says from now on counts anew: it has to come back for that.
                board.tell(Order::Replaced);
                self.alerts.dismiss(&Alert::BootWentBack { board: registered.id.clone() });
            }
            board.last = board.last.max(registered.last);
            board.boot = board.boot.max(registered.last.map_or(0, |last| last.boot));
            board.keys.clone_from(&registered.keys);
            if std::mem::replace(&mut board.heartbeat_s, registered.heartbeat_s) != registered.heartbeat_s {
                board.tell(Order::Heartbeat(registered.heartbeat_s.unwrap_or(self.heartbeat_s)));
            }
            if board.session.as_ref().is_some_and(|session| !board.may_use(session.key_version)) {
                board.tell(Order::Revoked);
            }
            // It was let in when less was known of it.
            if board.session.as_ref().is_some_and(|session| session.boot < board.boot) {
                board.tell(Order::Replaced);
                self.alerts.raise(Alert::BootWentBack { board: registered.id.clone() }, MonoMs(0));
            }
        }
        let known: HashSet<_> = registry.boards.iter().map(|registered| &registered.id).collect();
        for (_, gone) in inner.boards.extract_if(|id, _| !known.contains(id)) {
            gone.tell(Order::Revoked);
        }
        inner.v0_wires =
            registry.v0_wires.iter().map(|wire| ((wire.address.to_canonical(), wire.number), wire.booth)).collect();
        drop(inner);
        self.looked.send_modify(|times| *times += 1);
    }

    /// Follows other wires. A board that has a session and looks at something else now has to come back, and gets the new ones.
    pub(crate) fn rewire(&self, building: &domain::Building) {
        let mut inner = self.lock();
        let wiring = inner.wiring.rewired(building);
        for (id, board) in &inner.boards {
            if !wiring.is_same_for(&inner.wiring, id) {
                board.tell(Order::Replaced);
            }
        }
        inner.wiring = wiring;
    }

    /// Has the registry looked at again, and waits for that, but not for long.
    pub async fn look_again(&self) {
        let mut looked = self.looked.subscribe();
        self.look_again.notify_one();
        let _ = timeout(LOOK_AGAIN_MAX, looked.changed()).await;
    }

    /// Says that the registry was looked at and is still the same.
    pub fn confirm(&self) {
        self.looked.send_modify(|times| *times += 1);
    }

    /// Waits until somebody wants the registry to be looked at again.
    pub async fn wanted(&self) {
        self.look_again.notified().await;
    }

    /// Seconds between a board's reports, at most.
    #[must_use]
    pub fn heartbeat_s(&self) -> u16 {
        self.heartbeat_s
    }

    /// What stands that ought not to.
    #[must_use]
    pub fn alerts(&self) -> &Alerts {
        &self.alerts
    }

    /// Who was turned away lately.
    #[must_use]
    pub fn strangers(&self) -> &Strangers {
        &self.strangers
    }

    pub(crate) fn master(&self) -> &MasterSecret {
        &self.master
    }

    /// Whether the board may use this version of its key. One that is not known may just have been made: looks again.
    pub(crate) async fn knows(&self, hello: &Hello) -> bool {
        if self.may_use(hello) {
            return true;
        }
        self.look_again().await;
        self.may_use(hello)
    }

    fn may_use(&self, hello: &Hello) -> bool {
        self.lock().boards.get(&hello.board).is_some_and(|board| board.may_use(hello.key_version))
    }

    /// Whether there is such a board.
    pub(crate) fn is_registered(&self, board: &BoardId) -> bool {
        self.lock().boards.get(board).is_some_and(|board| !board.keys.is_empty())
    }

    /// A board has shown that it has a key, but it may not use it.
    pub(crate) fn note_revoked(&self, board: &BoardId, now: MonoMs) {
        if self.is_registered(board) {
            self.alerts.raise(Alert::KeyRevoked { board: board.clone() }, now);
        }
    }

    /// Whether only a board that proves who it is may speak for this booth.
    pub(crate) fn guards(&self, booth: BoothNumber) -> bool {
        let inner = self.lock();
        inner.wiring.boards_of(booth).any(|board| inner.boards.get(board).is_some_and(|board| !board.keys.is_empty()))
    }

    pub(crate) fn note_downgrade(&self, booth: BoothNumber, now: MonoMs) {
        self.alerts.raise(Alert::Downgrade { booth }, now);
    }

    /// The booth that a number of a board of v0 at this address means.
    pub(crate) fn find_v0_booth(&self, address: IpAddr, number: u8) -> Option<BoothNumber> {
        self.lock().v0_wires.get(&(address.to_canonical(), number)).copied()
    }

    /// Opens a session for a board that has shown its key. Whoever had one is told to go.
    pub(crate) fn open(&self, hello: &Hello, now: Moment) -> Result<Opened, HandshakeRefusal> {
        let mut inner = self.lock();
        inner.next_session += 1;
        let number = inner.next_session;
        let (window_s, sensors) = inner.wiring.sensors(&hello.board, hello.channels);
        let Some(board) = inner.boards.get_mut(&hello.board) else { return Err(HandshakeRefusal::Auth) };
        // It may have been revoked since it was looked up.
        if !board.may_use(hello.key_version) {
            return Err(HandshakeRefusal::Auth);
        }
        if board.is_quarantined(now.mono) {
            return Err(HandshakeRefusal::Quarantine);
        }
        if hello.boot < board.boot {
            self.alerts.raise(Alert::BootWentBack { board: hello.board.clone() }, now.mono);
            return Err(HandshakeRefusal::BootWentBack);
        }
        let replaces = board.replace(now.mono);
        if board.is_quarantined(now.mono) {
            self.alerts.raise(Alert::Quarantine { board: hello.board.clone() }, now.mono);
            return Err(HandshakeRefusal::Quarantine);
        }
        let (sender, notices) = mpsc::channel(UNKEPT_MAX + ORDERS_MAX);
        let verdicts = sender.downgrade();
        board.session = Some(OpenSession { number, boot: hello.boot, key_version: hello.key_version, notices: sender });
        board.boot = hello.boot;
        board.asleep = None;
        board.hear(hello, now);
        if !board.waiting.is_empty() {
            board.tell(Order::Look);
        }
        let heartbeat_s = board.heartbeat_s.unwrap_or(self.heartbeat_s);
        let (era, last) = (board.era, board.last);
        Ok(Opened { number, era, last, window_s, heartbeat_s, sensors, notices, verdicts, replaces })
    }

    /// An event of a session has come.
    pub(crate) fn note_event(&self, event: &BoardEvent, now: Moment) {
        let mut inner = self.lock();
        let Some(board) = inner.boards.get_mut(&event.board) else { return };
        if let Some(vitals) = &mut board.vitals {
            (vitals.heard_at, vitals.heard) = (now.at, now.mono);
            let BoardEvent { battery_mv, rssi_dbm, up_s, .. } = *event;
            vitals.report = Some(VitalsReport { battery_mv, rssi_dbm, up_s });
        }
        let at = now.mono.minus(now.at.since(event.at));
        board.signals.resize_with(event.channels.len(), Signal::of_channel);
        for (signal, channel) in board.signals.iter_mut().zip(&event.channels) {
            signal.note(channel.high, at);
        }
    }

    /// Boards that have no names have said this of booths.
    pub(crate) fn note_readings(&self, readings: &[Reading], now: MonoMs) {
        let mut inner = self.lock();
        for reading in readings {
            inner.booths.entry(reading.booth).or_insert_with(Signal::of_booth).note(reading.high, now);
        }
    }

    /// The signals of a board by channel; none are known of one that does not say who it is.
    #[must_use]
    pub fn signals_of_board(&self, board: &BoardId) -> Vec<Signal> {
        self.lock().boards.get(board).map(|board| board.signals.clone()).unwrap_or_default()
    }

    /// The window that a board is told, in samples.
    #[must_use]
    pub fn window_samples(&self, board: &BoardId) -> u16 {
        self.lock().wiring.window_samples(board)
    }

    /// What boards without a name say of a booth.
    #[must_use]
    pub fn signal_of_booth(&self, booth: BoothNumber) -> Option<Signal> {
        self.lock().booths.get(&booth).cloned()
    }

    /// An event is on the disk.
    pub(crate) fn note_kept(&self, board: &BoardId, era: u32, event: EventId) {
        if let Some(board) = self.lock().boards.get_mut(board).filter(|board| board.era == era) {
            board.last = board.last.max(Some(event));
        }
    }

    /// A session is over. If its board has closed it, before it heard that a newer one is open, then that is the same board
    /// coming back, and no takeover.
    pub(crate) fn close(&self, id: &BoardId, session: u64, closed_by_board: bool) {
        if let Some(board) = self.lock().boards.get_mut(id) {
            let current = board.session.take_if(|open| open.number == session).is_some();
            if closed_by_board && !current {
                board.takeovers.pop_back();
            }
        }
    }

    /// A board sleeps until then, and is late from `late_at` on.
    pub(crate) fn note_asleep(&self, id: &BoardId, until_at: UtcMs, late_at: MonoMs) {
        if let Some(board) = self.lock().boards.get_mut(id) {
            board.asleep = Some(Sleep { until_at, late_at });
        }
    }

    /// Whether no newer session of the board is open.
    pub(crate) fn is_current(&self, id: &BoardId, session: u64) -> bool {
        let inner = self.lock();
        let open = inner.boards.get(id).and_then(|board| board.session.as_ref());
        open.is_some_and(|open| open.number == session)
    }

    /// Tells a board something; `false` when it is not here or does not listen.
    pub fn send(&self, board: &BoardId, command: Command) -> bool {
        let inner = self.lock();
        let session = inner.boards.get(board).and_then(|board| board.session.as_ref());
        session.is_some_and(|session| session.tell(Order::Command(command)))
    }

    /// Has a board told something as soon as it is here, after what waits for it already. What comes of it is in
    /// [`Self::command_news`], by the `ticket`. `false` when there is no such board, or too much waits.
    pub fn ask(&self, board: &BoardId, ticket: i32, command: Command) -> bool {
        let mut inner = self.lock();
        let Some(board) = inner.boards.get_mut(board).filter(|board| board.waiting.len() < WAITING_MAX) else {
            return false;
        };
        board.waiting.push_back(TicketedCommand { ticket, command });
        board.tell(Order::Look);
        true
    }

    /// Tells it to the board no more, and says what it was; nothing when it was told already.
    pub fn take_back(&self, board: &BoardId, ticket: i32) -> Option<Command> {
        let mut inner = self.lock();
        let waiting = &mut inner.boards.get_mut(board)?.waiting;
        let at = waiting.iter().position(|waiting| waiting.ticket == ticket)?;
        waiting.remove(at).map(|waiting| waiting.command)
    }

    /// What waits for the board of a session, up to what ends the session; nothing when a newer one is open.
    pub(crate) fn take_waiting(&self, id: &BoardId, session: u64) -> VecDeque<TicketedCommand> {
        let mut inner = self.lock();
        let board = inner.boards.get_mut(id);
        let board = board.filter(|board| board.session.as_ref().is_some_and(|open| open.number == session));
        let Some(Board { waiting, .. }) = board else { return VecDeque::new() };
        let last = waiting.iter().position(|next| matches!(next.command, Command::Sleep { .. } | Command::Reboot));
        let count = last.map_or(waiting.len(), |at| at + 1);
        waiting.drain(..count).collect()
    }

    /// What has come of commands.
    #[must_use]
    pub fn command_news(&self) -> &CommandNews {
        &self.command_news
    }

    /// The key of a board in one of its versions, for whoever puts it on the board.
    #[must_use]
    pub fn board_key(&self, board: &BoardId, version: u8) -> BoardSecret {
        self.master.board_key(board, version)
    }

    /// A board has said how full its battery is, as it goes to sleep.
    pub(crate) fn note_battery(&self, board: &BoardId, battery_mv: u16) {
        let mut inner = self.lock();
        let vitals = inner.boards.get_mut(board).and_then(|board| board.vitals.as_mut());
        if let Some(report) = vitals.and_then(|vitals| vitals.report.as_mut()) {
            report.battery_mv = battery_mv;
        }
    }

    /// The service hours have begun or ended. A session that does not listen finds out by itself before long.
    pub(crate) fn tell_hours(&self, service: Service) {
        for session in self.lock().boards.values().filter_map(|board| board.session.as_ref()) {
            session.tell(Order::Hours(service));
        }
    }

    /// All boards that have keys, by name.
    #[must_use]
    pub fn list(&self, now: MonoMs) -> Vec<BoardReport> {
        let inner = self.lock();
        let with_keys = inner.boards.iter().filter(|(_, board)| !board.keys.is_empty());
        let mut reports: Vec<_> = with_keys.map(|(id, board)| board.report(id, now)).collect();
        reports.sort_by(|a, b| a.id.cmp(&b.id));
        reports
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenSession {
    /// `false` when the session does not listen. The places of verdicts are left free.
    fn tell(&self, order: Order) -> bool {
        self.notices.capacity() > UNKEPT_MAX && self.notices.try_send(Notice::Order(order)).is_ok()
    }
}

impl Board {
    fn may_use(&self, key_version: u8) -> bool {
        self.keys.iter().any(|key| key.version == key_version && !key.revoked)
    }

    fn is_quarantined(&self, now: MonoMs) -> bool {
        self.quarantined_until.is_some_and(|until| now < until)
    }

    fn tell(&self, order: Order) {
        if let Some(session) = &self.session {
            session.tell(order);
        }
    }

    /// Ends the session that is open, if one is. Where that happens too often, the newer one is kept out as well.
    fn replace(&mut self, now: MonoMs) -> bool {
        let Some(old) = self.session.take().filter(|old| !old.notices.is_closed()) else { return false };
        self.takeovers.push_back(now);
        self.takeovers.retain(|at| now.since(*at) < TAKEOVERS_WITHIN_MS);
        let too_many = self.takeovers.len() > TAKEOVERS_MAX;
        if too_many {
            self.quarantined_until = Some(now.plus(QUARANTINE_MS));
            self.takeovers.clear();
        }
        old.tell(if too_many { Order::Quarantined } else { Order::Replaced });
        true
    }

    fn hear(&mut self, hello: &Hello, now: Moment) {
        self.vitals = Some(Vitals {
            heard_at: now.at,
            heard: now.mono,
            firmware: hello.firmware.clone(),
            reset_reason: hello.reset_reason.clone(),
            report: self.vitals.take().and_then(|vitals| vitals.report),
        });
    }

    fn state(&self, now: MonoMs) -> BoardState {
        match (&self.session, self.asleep, &self.vitals) {
            _ if self.is_quarantined(now) => BoardState::Quarantined,
            (Some(_), ..) => BoardState::Online,
            (None, Some(sleep), _) if now < sleep.late_at => BoardState::Asleep,
            (None, None, None) => BoardState::Never,
            (None, ..) => BoardState::Late,
        }
    }

    fn report(&self, id: &BoardId, now: MonoMs) -> BoardReport {
        let usable = self.keys.iter().filter(|key| !key.revoked);
        let state = self.state(now);
        let asleep_until = self.asleep.filter(|_| state == BoardState::Asleep).map(|sleep| sleep.until_at);
        BoardReport {
            id: id.clone(),
            state,
            asleep_until,
            last: self.last,
            vitals: self.vitals.clone(),
            key_versions: usable.map(|key| key.version).collect(),
            takeovers: self.takeovers.iter().filter(|at| now.since(**at) < TAKEOVERS_WITHIN_MS).count(),
        }
    }
}

#[cfg(test)]
#[path = "boards_tests.rs"]
mod tests;
