//! What the tests of this crate share: a clock that follows tokio's, an audience and a store that remember.

use crate::{Audience, Clock, Counters, HistoryStore, Live, history};
use domain::{
    Booth, BoothNumber, FloorNumber, LocalMoment, Moment, MonoMs, Placement, PresenceRule, ServiceHours, StatusChange,
    Tracker, Transition, UtcMs, Weekday,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tokio::time::Instant;

/// Where the tests' wall clock starts: a Monday, at midnight of the building.
pub(crate) const START_AT: UtcMs = UtcMs(1_795_233_600_000);

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
        Moment { at: UtcMs(START_AT.0 + i64::try_from(passed).expect("a short test")), mono: MonoMs(passed) }
    }

    fn local(&self, at: UtcMs) -> LocalMoment {
        let passed_s = u32::try_from(at.since(START_AT) / 1_000).expect("a short test");
        LocalMoment { weekday: Weekday::Monday, second_of_day: (self.day_s + passed_s) % 86_400 }
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
    fn publish(&self, changes: &[StatusChange], _: Option<std::time::Instant>) {
        let lines = changes.iter().map(|change| format!("{}:{}", change.booth.number, change.booth.status.as_str()));
        self.0.lock().expect("not poisoned").extend(lines);
    }
}

/// A store that can be away.
#[derive(Default)]
pub(crate) struct MemoryStore {
    pub(crate) rows: Mutex<Vec<Transition>>,
    pub(crate) batches: Mutex<Vec<usize>>,
    pub(crate) away: AtomicBool,
}

impl HistoryStore for Arc<MemoryStore> {
    type Error = &'static str;

    async fn append(&self, transitions: &[Transition]) -> Result<(), Self::Error> {
        tokio::task::yield_now().await;
        if self.away.load(Ordering::Relaxed) {
            return Err("away");
        }
        self.rows.lock().expect("not poisoned").extend_from_slice(transitions);
        self.batches.lock().expect("not poisoned").push(transitions.len());
        Ok(())
    }
}

/// A live state with all its surroundings.
pub(crate) struct Stage {
    pub(crate) live: Arc<Live>,
    pub(crate) recorder: Arc<Recorder>,
    pub(crate) counters: Arc<Counters>,
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) writer: tokio::task::JoinHandle<()>,
}

impl Stage {
    /// Booths 41 to 44, always open.
    pub(crate) fn open() -> Self {
        Self::with(ServiceHours::ALWAYS, 12 * 3_600)
    }

    /// Booths 41 to 44, served within `hours`, beginning at `day_s` seconds after midnight.
    pub(crate) fn with(hours: ServiceHours, day_s: u32) -> Self {
        let clock = Arc::new(TestClock::at(day_s));
        let booths: Vec<_> = (41..=44).map(booth).collect();
        let now = clock.now();
        let tracker = Tracker::new(&booths, hours.is_open(clock.local(now.at)), now);
        let (counters, recorder, store) = (Arc::<Counters>::default(), Arc::<Recorder>::default(), Arc::default());
        let (queue, writer) = history(crate::HISTORY_MAX, Arc::clone(&counters));
        let live = Live::new(tracker, hours, clock, Arc::<Recorder>::clone(&recorder), queue);
        let writer = tokio::spawn(writer.run(Arc::clone(&store)));
        Self { live: Arc::new(live), recorder, counters, store, writer }
    }
}

fn booth(number: u32) -> Booth {
    let placement = Placement { x: 0.0, y: 0.0, width: 1.0, height: 1.0, rotation_deg: 0.0 };
    let presence_rule = PresenceRule::default();
    Booth { number: BoothNumber(number), floor: FloorNumber(4), name: String::new(), placement, presence_rule }
}
