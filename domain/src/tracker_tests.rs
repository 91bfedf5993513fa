use super::*;
use crate::{Placement, PresenceRule};

const BOOTH: BoothNumber = BoothNumber(42);
const FRESH_MS: u64 = 9_500;
const COUNT_FRESH_MS: u64 = 75_000;
const START_AT: i64 = 1_795_233_600_000;

/// A tracker of booth 42, a clock, and the history as text: `<seconds>:<status>`.
struct Scene {
    tracker: Tracker,
    mono_ms: u64,
    clock_set_by_ms: i64,
    open: bool,
    log: String,
}

impl Scene {
    fn new(open: bool) -> Self {
        let placement = Placement { x: 0.0, y: 0.0, width: 1.0, height: 1.0, rotation_deg: 0.0 };
        let booth = Booth {
            number: BOOTH,
            floor: FloorNumber(4),
            name: String::new(),
            placement,
            presence_rule: PresenceRule::default(),
        };
        let mut scene = Self {
            tracker: Tracker::new(&[], service(open), moment(0, 0)),
            mono_ms: 0,
            clock_set_by_ms: 0,
            open,
            log: String::new(),
        };
        scene.tracker = Tracker::new(&[booth], service(open), scene.now());
        scene
    }

    fn now(&self) -> Moment {
        moment(self.mono_ms, self.clock_set_by_ms)
    }

    fn note(&mut self, changes: &[BoothState]) {
        for change in changes {
            let at_s = (self.now().at.0 - START_AT) / 1_000;
            let left = if change.left { "(left)" } else { "" };
            self.log += &format!("{at_s}:{}{left} ", change.status.as_str());
        }
    }

    /// Samples as text (`.` low, `#` high), two a second.
    fn samples(mut self, samples: &str) -> Self {
        for sample in samples.chars() {
            let reading = Reading { booth: BOOTH, high: sample == '#' };
            let changes = self.tracker.record(&[reading], FRESH_MS, self.now());
            self.note(&changes);
            self = self.silence_ms(500);
        }
        self
    }

    /// A report of a board that counts for itself, made so long ago.
    fn report(mut self, high_samples: u16, age_ms: u64) -> Self {
        let count =
            SensorCount { booth: BOOTH, sensor: SensorId(0), high_samples, seen_samples: 60, window_samples: 60 };
        let changes = self.tracker.record_counts(&[count], age_ms, COUNT_FRESH_MS, self.now());
        self.note(&changes);
        self
    }

    fn silence_ms(mut self, ms: u64) -> Self {
        let until = self.mono_ms + ms;
        while self.mono_ms < until {
            self.mono_ms += 250;
            let changes = self.tracker.tick(service(self.open), self.now());
            self.note(&changes);
        }
        self
    }

    fn sleep_s(mut self, seconds: u64) -> Self {
        let now = self.now();
        let changes = self.tracker.sleep(&[BOOTH], now.at.plus(seconds * 1_000), (seconds * 5 / 4 + 60) * 1_000, now);
        self.note(&changes);
        self
    }

    /// The server has stopped so long ago, with somebody in the booth for ten minutes.
    fn resume_after_ms(&mut self, ms: i64) {
        let (since_at, until_at) = (UtcMs(START_AT - 600_000), UtcMs(START_AT - ms));
        let prior = Prior { booth: BOOTH, occupancy: Occupancy::Occupied, since_at, until_at };
        let now = self.now();
        self.tracker.resume(&[prior], now);
    }

    fn open(mut self, open: bool) -> Self {
        self.open = open;
        self.silence_ms(250)
    }

    fn until_s(&self) -> Option<i64> {
        let state = self.tracker.states().next().expect("one booth");
        state.until_at.map(|until_at| (until_at.0 - START_AT) / 1_000)
    }

    fn since_s(&self) -> i64 {
        let state = self.tracker.states().next().expect("one booth");
        (state.since_at.0 - START_AT) / 1_000
    }
}

/// Closed sites open in an hour.
fn service(open: bool) -> Service {
    if open { Service::Open } else { Service::Closed { opens_at: Some(UtcMs(START_AT + 3_600_000)) } }
}

fn moment(mono_ms: u64, clock_set_by_ms: i64) -> Moment {
    let passed = i64::try_from(mono_ms).expect("small");
    Moment { at: UtcMs(START_AT + passed + clock_set_by_ms), mono: MonoMs(mono_ms) }
}

#[test]
fn presence_release_and_silence() {
    let scene = Scene::new(true).samples("......").samples("######").silence_ms(20_000);
    // The sixth sample falls at 2.5 s, the sixth high one at 5.5 s; the last is fresh until 15 s.
    assert_eq!(scene.log, "2:free 5:occupied 15:late ");
}

#[test]
fn what_was_not_occupied_is_not_left() {
    let log = |scene: Scene| scene.log;
    let occupied = || Scene::new(true).report(37, 0);
    // Unknown, then free; occupied, then free; silent for a moment between; silent for long; free, silent, free.
    assert_eq!(log(Scene::new(true).report(0, 0)), "0:free ");
    assert_eq!(log(occupied().silence_ms(60_000).report(0, 0)), "0:occupied 60:free(left) ");
    assert_eq!(log(occupied().silence_ms(75_000).report(0, 0)), "0:occupied 75:late 75:free(left) ");
    assert_eq!(log(occupied().silence_ms(120_000).report(0, 0)), "0:occupied 75:late 120:free ");
    let again = occupied().silence_ms(1_000).report(0, 0).silence_ms(75_000).report(0, 0);
    assert_eq!(log(again), "0:occupied 1:free(left) 76:late 76:free(left) ");
    let forgotten = occupied().silence_ms(1_000).report(0, 0).silence_ms(120_000).report(0, 0);
    assert_eq!(log(forgotten), "0:occupied 1:free(left) 76:late 121:free ");
    assert_eq!(log(occupied().silence_ms(1_000).report(0, 0).open(false)), "0:occupied 1:free(left) 1:off ");
}

#[test]
fn a_short_gap_keeps_what_was_known_and_since_when() {
    let scene = Scene::new(true).samples("######").silence_ms(14_500).samples(".");
    assert_eq!(scene.log, "2:occupied 12:late 17:occupied ");
    assert_eq!(scene.since_s(), 2);
}

#[test]
fn a_long_gap_starts_from_unknown() {
    let scene = Scene::new(true).samples("######").silence_ms(31_000).samples(".").samples(".....");
    assert_eq!(scene.log, "2:occupied 12:late 34:unknown 36:free ");
}

#[test]
fn sleep_is_announced_and_then_late() {
    let scene = Scene::new(true).samples("......").sleep_s(40).silence_ms(120_000);
    assert_eq!(scene.log, "2:free 3:asleep 113:late ");
    assert_eq!(scene.until_s(), None);
    let scene = Scene::new(true).samples("......").sleep_s(40);
    assert_eq!(scene.until_s(), Some(43));
}

#[test]
fn off_outside_the_service_hours() {
    let scene = Scene::new(true).samples("......").open(false).samples("######").open(true);
    assert_eq!(scene.log, "2:free 3:off 6:occupied ");
    let scene = Scene::new(false).samples("######");
    assert_eq!(scene.log, "");
    assert_eq!(scene.until_s(), Some(3_600));
}

#[test]
fn a_clock_that_is_set_moves_no_deadline() {
    let mut scene = Scene::new(true).samples("######");
    scene.clock_set_by_ms = -7_200_000;
    let mut scene = scene.silence_ms(5_000);
    scene.clock_set_by_ms = 7_200_000;
    let scene = scene.samples(".");
    assert_eq!(scene.log, "2:occupied ");
}

#[test]
fn a_restart_goes_on_from_what_was_known() {
    let mut scene = Scene::new(true);
    scene.resume_after_ms(5_000);
    let scene = scene.silence_ms(2_000);
    assert_eq!(scene.log, "", "nothing is shown before the board speaks");
    let scene = scene.samples(".");
    assert_eq!(scene.log, "2:occupied ");
    assert_eq!(scene.since_s(), -600);
}

#[test]
fn what_was_known_at_a_restart_is_soon_worth_nothing() {
    let mut scene = Scene::new(true);
    scene.resume_after_ms(10_000);
    // Thirty seconds after the stop, of which ten had passed.
    let scene = scene.silence_ms(20_500).samples("......");
    assert_eq!(scene.log, "23:free ");
}

#[test]
fn unknown_booths_are_passed_over() {
    let mut scene = Scene::new(true);
    let reading = Reading { booth: BoothNumber(99), high: true };
    let now = scene.now();
    assert!(scene.tracker.record(&[reading], FRESH_MS, now).is_empty());
    assert!(!scene.tracker.watches(BoothNumber(99)));
}

#[test]
fn counts_stay_fresh_for_long() {
    let scene = Scene::new(true).report(37, 0).silence_ms(30_000).report(36, 0).silence_ms(100_000);
    assert_eq!(scene.log, "0:occupied 105:late ");
    let scene = Scene::new(true).report(37, 0).silence_ms(74_000).report(3, 0);
    assert_eq!(scene.log, "0:occupied ", "between the thresholds it stays as it was");
    let scene = Scene::new(true).report(37, 0).silence_ms(80_000).report(3, 0);
    assert_eq!(scene.log, "0:occupied 75:late 80:free ");
}

#[test]
fn an_old_report_colours_nothing() {
    let scene = Scene::new(true).silence_ms(200_000).report(37, 80_000).silence_ms(1_000);
    assert_eq!(scene.log, "");
    let scene = Scene::new(true).silence_ms(200_000).report(37, 60_000).silence_ms(20_000);
    assert_eq!(scene.log, "200:occupied 215:late ");
    assert_eq!(scene.tracker.states().count(), 1);
    let scene = Scene::new(true).silence_ms(200_000).report(37, 60_000);
    assert_eq!(scene.since_s(), 140);
}

#[test]
fn a_report_that_is_sent_again_does_not_bring_the_past_back() {
    let scene = Scene::new(true).silence_ms(100_000).report(0, 0).silence_ms(5_000).report(37, 8_000);
    assert_eq!(scene.log, "100:free ");
}

#[test]
fn a_board_that_sleeps_on_says_until_when() {
    let scene = Scene::new(true).samples("......").sleep_s(40).silence_ms(20_000).sleep_s(40);
    assert_eq!(scene.log, "2:free 3:asleep 23:asleep ");
    assert_eq!((scene.since_s(), scene.until_s()), (3, Some(63)));
}

#[test]
fn what_a_silent_sensor_said_does_not_outlive_it() {
    let mut scene = Scene::new(true).report(37, 0).silence_ms(50_000);
    let other =
        SensorCount { booth: BOOTH, sensor: SensorId(1), high_samples: 0, seen_samples: 60, window_samples: 60 };
    let changes = scene.tracker.record_counts(&[other], 0, COUNT_FRESH_MS, scene.now());
    scene.note(&changes);
    let scene = scene.silence_ms(50_000);
    assert_eq!(scene.log, "0:occupied 75:free ");
}

#[test]
fn booths_come_and_go() {
    let mut scene = Scene::new(true).samples("............................................................");
    let booth = |number: u32, floor: i32| Booth {
        number: BoothNumber(number),
        floor: FloorNumber(floor),
        name: String::new(),
        placement: Placement { x: 0.0, y: 0.0, width: 1.0, height: 1.0, rotation_deg: 0.0 },
        presence_rule: PresenceRule::default(),
    };
    let shown = |scene: &Scene| {
        scene.tracker.states().map(|state| (state.number.0, state.floor.0, state.status)).collect::<Vec<_>>()
    };
    let now = scene.now();
    let changed = scene.tracker.rearrange(&[booth(42, 4), booth(48, 4)], &BTreeSet::new(), now);
    assert_eq!(changed.iter().map(|state| state.number.0).collect::<Vec<_>>(), [48], "only what is new");
    assert_eq!(shown(&scene), [(42, 4, BoothStatus::Free), (48, 4, BoothStatus::Unknown)]);
    let changed = scene.tracker.rearrange(&[booth(42, 5)], &[BOOTH].into(), now);
    assert_eq!(changed.len(), 1, "something else watches it");
    assert_eq!(shown(&scene), [(42, 5, BoothStatus::Unknown)]);
    let stricter = Booth { presence_rule: PresenceRule::new(10, 1, 1).expect("a rule"), ..booth(42, 5) };
    assert!(
        scene.tracker.rearrange(&[stricter], &BTreeSet::new(), now).is_empty(),
        "another rule changes nothing by itself"
    );
    assert!(scene.tracker.rearrange(&[], &BTreeSet::new(), now).is_empty() && !scene.tracker.watches(BOOTH));
}
