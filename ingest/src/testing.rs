//! What the tests of this crate share: a clock that follows tokio's, an audience and a journal that remember, the far end
//! of a connection, dice.

mod peer;

use crate::admission::{Admission, Limits, Permit};
use crate::v2::MasterSecret;
use crate::{Audience, Boards, Clock, Counters, Journal, Live, journal};
use domain::{
    Board, BoardId, BoardKey, Booth, BoothNumber, BoothState, BoothStatus, Building, Channel, Chronicle, EventId,
    FloorNumber, LocalDay, LocalMoment, Moment, MonoMs, Opening, Placement, PresenceRule, Record, RegisteredBoard,
    Registry, ServiceHours, Tracker, Transition, UtcMs, Wire,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tokio::time::Instant;

pub(crate) use peer::Peer;

/// Where the tests' wall clock starts: a Monday, at midnight of the building.
pub(crate) const START_AT: UtcMs = UtcMs(1_795_233_600_000);
/// 1970-01-05.
const MONDAY: LocalDay = LocalDay(4);
const DAY_MS: u64 = 86_400_000;
/// Reports come at least this often.
pub(crate) const HEARTBEAT_S: u16 = 30;

pub(crate) struct TestClock {
    started_at: Instant,
    day_s: u32,
}

impl TestClock {
    /// The clock of a building that shows `day_s` seconds after midnight at the start.
    pub(crate) fn at(day_s: u32) -> Self {
        Self { started_at: Instant::now(), day_s }
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        let passed = u64::try_from(self.started_at.elapsed().as_millis()).expect("a short test");
        Moment { at: START_AT.plus(passed), mono: MonoMs(passed) }
    }

    fn local(&self, at: UtcMs) -> LocalMoment {
        let since_midnight = u64::from(self.day_s) * 1_000 + at.since(START_AT);
        let day = i32::try_from(since_midnight / DAY_MS).expect("a short test");
        let second_of_day = u32::try_from(since_midnight % DAY_MS / 1_000).expect("below a day");
        LocalMoment { day: LocalDay(MONDAY.0 + day), second_of_day }
    }

    fn utc(&self, opening: Opening) -> UtcMs {
        let days = u64::try_from(opening.day.0 - MONDAY.0).expect("later");
        START_AT.plus(days * DAY_MS + u64::from(opening.minute) * 60_000).minus(u64::from(self.day_s) * 1_000)
    }
}

/// Remembers changes as text: `42:occupied`.
#[derive(Default)]
pub(crate) struct Recorder(Mutex<Vec<String>>);

impl Recorder {
    pub(crate) fn log(&self) -> String {
        self.0.lock().expect("not poisoned").join(" ")
    }
}

impl Audience for Recorder {
    fn publish(&self, changes: &[BoothState], _: Option<std::time::Instant>) {
        let lines = changes.iter().map(|booth| format!("{}:{}", booth.number, booth.status.as_str()));
        self.0.lock().expect("not poisoned").extend(lines);
    }
}

/// A disk that can be away, or slow.
#[derive(Default)]
pub(crate) struct MemoryJournal {
    pub(crate) records: Mutex<Vec<Record>>,
    pub(crate) groups: Mutex<Vec<usize>>,
    pub(crate) away: AtomicBool,
    pub(crate) slow: AtomicBool,
}

impl MemoryJournal {
    pub(crate) fn transitions(&self) -> Vec<Transition> {
        let records = self.records.lock().expect("not poisoned");
        let transition = |record: &Record| match record {
            Record::Transition(transition) => Some(*transition),
            _ => None,
        };
        records.iter().filter_map(transition).collect()
    }

    pub(crate) fn events(&self) -> Vec<EventId> {
        let records = self.records.lock().expect("not poisoned");
        let event = |record: &Record| match record {
            Record::Event(event) => Some(event.id),
            _ => None,
        };
        records.iter().filter_map(event).collect()
    }
}

impl Journal for Arc<MemoryJournal> {
    type Error = &'static str;

    async fn append(&self, records: &[Record]) -> Result<(), Self::Error> {
        tokio::task::yield_now().await;
        if self.slow.load(Ordering::Relaxed) {
            tokio::time::sleep(std::time::Duration::from_millis(1_000)).await;
        }
        if self.away.load(Ordering::Relaxed) {
            return Err("away");
        }
        self.records.lock().expect("not poisoned").extend_from_slice(records);
        self.groups.lock().expect("not poisoned").push(records.len());
        Ok(())
    }
}

/// A live state with all its surroundings: booths 41 to 44 of board `b-4a`, which has keys if it is `guarded`.
pub(crate) struct Stage {
    pub(crate) live: Arc<Live>,
    pub(crate) boards: Arc<Boards>,
    pub(crate) recorder: Arc<Recorder>,
    pub(crate) counters: Arc<Counters>,
    pub(crate) journal: Arc<MemoryJournal>,
    pub(crate) writer: tokio::task::JoinHandle<()>,
}

impl Stage {
    /// Always open, boards of 2016.
    pub(crate) fn open() -> Self {
        Self::with(ServiceHours::ALWAYS, 12 * 3_600, &Registry::default())
    }

    /// Always open, a board that proves who it is.
    pub(crate) fn guarded() -> Self {
        Self::with(ServiceHours::ALWAYS, 12 * 3_600, &registry(&[1]))
    }

    /// How the booths are shown.
    pub(crate) fn statuses(&self) -> Vec<BoothStatus> {
        self.live.states().iter().map(|state| state.status).collect()
    }

    /// Served within `hours`, beginning at `day_s` seconds after midnight.
    pub(crate) fn with(hours: ServiceHours, day_s: u32, registry: &Registry) -> Self {
        let clock = Arc::new(TestClock::at(day_s));
        let building = building();
        let now = clock.now();
        let tracker = Tracker::new(&building.booths, clock.service(&hours, now.at), now);
        let (counters, recorder, store) = (Arc::<Counters>::default(), Arc::<Recorder>::default(), Arc::default());
        let (queue, writer) = journal(crate::RECORDS_MAX, Arc::clone(&counters));
        let boards = Arc::new(Boards::new(master(), HEARTBEAT_S, &building, registry));
        let chronicle = Chronicle::new(now.at, now);
        let audience = Arc::<Recorder>::clone(&recorder);
        let live = Live::new((tracker, chronicle), hours, clock, audience, queue, Arc::clone(&boards));
        let writer = tokio::spawn(writer.run(Arc::clone(&store)));
        Self { live: Arc::new(live), boards, recorder, counters, journal: store, writer }
    }
}

pub(crate) fn master() -> MasterSecret {
    MasterSecret::new([7; 32])
}

pub(crate) fn board() -> BoardId {
    BoardId::new("b-4a").expect("a name")
}

/// Board `b-4a` with these versions of its key.
pub(crate) fn registry(versions: &[u8]) -> Registry {
    let keys = versions.iter().map(|version| BoardKey { version: *version, revoked: false }).collect();
    Registry {
        boards: vec![RegisteredBoard { id: board(), era: 0, keys, last: None, heartbeat_s: None }],
        v0_wires: Vec::new(),
    }
}

pub(crate) fn building() -> Building {
    let wire = |(channel, booth)| Wire { board: board(), channel: Channel(channel), booth: BoothNumber(booth) };
    Building {
        floors: Vec::new(),
        booths: (41..=44).map(booth).collect(),
        boards: vec![Board { id: board() }],
        wires: (0..4).zip(41..=44).map(wire).collect(),
    }
}

fn booth(number: u32) -> Booth {
    let placement = Placement { x: 0.0, y: 0.0, width: 1.0, height: 1.0, rotation_deg: 0.0 };
    let presence_rule = PresenceRule::default();
    Booth { number: BoothNumber(number), floor: FloorNumber(4), name: String::new(), placement, presence_rule }
}

/// A place for one connection.
pub(crate) fn permit() -> Permit {
    let limits = Limits { total_max: 16, per_address_max: 16 };
    Admission::new(limits).admit([10, 0, 0, 1].into()).expect("room").0
}

/// Numbers that look random and are the same at every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// From 0 to below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}
