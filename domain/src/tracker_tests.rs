use super::*;
use crate::{Placement, PresenceRule};

const BOOTH: BoothNumber = BoothNumber(42);
const FRESH_MS: u64 = 9_500;
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
            tracker: Tracker::new(&[], open, moment(0, 0)),
            mono_ms: 0,
            clock_set_by_ms: 0,
            open,
            log: String::new(),
        };
        scene.tracker = Tracker::new(&[booth], open, scene.now());
        scene
    }

    fn now(&self) -> Moment {
        moment(self.mono_ms, self.clock_set_by_ms)
    }

    fn note(&mut self, changes: &[StatusChange]) {
        for change in changes {
            assert_eq!(change.transition.observation, Observation::from(change.booth.status));
            let at_s = (change.transition.at.0 - START_AT) / 1_000;
            self.log += &format!("{at_s}:{} ", change.booth.status.as_str());
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

    fn silence_ms(mut self, ms: u64) -> Self {
        let until = self.mono_ms + ms;
        while self.mono_ms < until {
            self.mono_ms += 250;
            let changes = self.tracker.tick(self.open, self.now());
            self.note(&changes);
        }
        self
    }

    fn sleep_s(mut self, seconds: u64) -> Self {
        let changes = self.tracker.sleep(&[BOOTH], (seconds * 5 / 4 + 60) * 1_000, self.now());
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

    fn since_s(&self) -> i64 {
        let state = self.tracker.states().next().expect("one booth");
        (state.since_at.0 - START_AT) / 1_000
    }
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
}

#[test]
fn off_outside_the_service_hours() {
    let scene = Scene::new(true).samples("......").open(false).samples("######").open(true);
    assert_eq!(scene.log, "2:free 3:off 6:occupied ");
    let scene = Scene::new(false).samples("######");
    assert_eq!(scene.log, "");
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
    let closing = scene.tracker.closing_transitions(scene.now().at);
    assert_eq!(closing.len(), 1);
    assert_eq!(closing[0].observation, Observation::Unknown(UnknownReason::Stopped));
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
