use super::*;
use crate::{BoothStatus, FloorNumber, Interval, MonoMs, Occupancy, Totals, list_intervals};

const BOOTH: BoothNumber = BoothNumber(42);
const FREE: Observation = Observation::Sensed(Occupancy::Free);
const SECOND_MS: i64 = 1_000;
const HOUR_MS: i64 = 3_600 * SECOND_MS;

/// One booth, a clock that can be set, and the history so far.
struct Scene {
    chronicle: Chronicle,
    mono_ms: u64,
    set_by_ms: i64,
    shown: BoothStatus,
    lines: Vec<Transition>,
}

impl Scene {
    fn new() -> Self {
        let now = Moment { at: UtcMs(0), mono: MonoMs(0) };
        Self {
            chronicle: Chronicle::new(UtcMs(0), now),
            mono_ms: 0,
            set_by_ms: 0,
            shown: BoothStatus::Unknown,
            lines: Vec::new(),
        }
    }

    fn now(&self) -> Moment {
        let passed = i64::try_from(self.mono_ms).expect("small");
        Moment { at: UtcMs(passed + self.set_by_ms), mono: MonoMs(self.mono_ms) }
    }

    /// Time passes, tick by tick, and then the booth changes.
    fn then(mut self, after_s: u64, status: BoothStatus) -> Self {
        for _ in 0..after_s * 4 {
            self.mono_ms += 250;
            self.note(&[]);
        }
        let now = self.now();
        let changed =
            BoothState { number: BOOTH, floor: FloorNumber(4), status, since_at: now.at, until_at: None, left: false };
        self.shown = status;
        self.note(&[changed]);
        self
    }

    fn set_clock_by_s(mut self, seconds: i64) -> Self {
        self.set_by_ms += seconds * SECOND_MS;
        self
    }

    fn note(&mut self, changes: &[BoothState]) {
        let shown = Observation::from(self.shown);
        self.lines.extend(self.chronicle.note(self.now(), changes, || vec![(BOOTH, shown)]));
    }

    /// The history as `<second>:<what>`.
    fn history(&self) -> String {
        let line = |line: &Transition| {
            let word = match line.observation {
                Observation::Sensed(occupancy) => BoothStatus::from(occupancy).as_str().to_owned(),
                Observation::Unknown(reason) => format!("{reason:?}"),
            };
            format!("{}:{word}", line.at.0 / SECOND_MS)
        };
        self.lines.iter().map(line).collect::<Vec<_>>().join(" ")
    }

    fn intervals(&self, until: UtcMs) -> Vec<Interval> {
        list_intervals(None, &self.lines, UtcMs(0), until)
    }
}

use BoothStatus::{Free, Late, Occupied};

#[test]
fn a_clock_that_runs_is_believed() {
    let scene = Scene::new().then(10, Free).then(20, Occupied).set_clock_by_s(1).then(20, Free);
    assert_eq!(scene.history(), "10:free 30:occupied 51:free");
}

#[test]
fn small_steps_back_never_turn_history_back() {
    let scene = Scene::new().then(10, Free).set_clock_by_s(-2).then(0, Occupied).then(3, Free);
    assert_eq!(scene.history(), "10:free 10:occupied 11:free");
}

#[test]
fn a_jump_forward_leaves_a_hole() {
    let scene = Scene::new().then(10, Free).set_clock_by_s(7_200).then(20, Occupied);
    assert_eq!(scene.history(), "10:free 10:ClockSet 7210:free 7230:occupied");
    let totals = Totals::of(&scene.intervals(UtcMs(3 * HOUR_MS)));
    assert_eq!(totals.free_ms, 20_000, "the two hours are nobody's");
}

#[test]
fn a_jump_back_leaves_a_hole_until_the_clock_has_caught_up() {
    let scene =
        Scene::new().then(8_000, Free).set_clock_by_s(-7_200).then(600, Occupied).then(600, Late).then(7_000, Free);
    assert_eq!(scene.history(), "8000:free 8000:ClockSet 8000:Late 9000:free");
    let totals = Totals::of(&scene.intervals(UtcMs(9_000 * SECOND_MS)));
    assert_eq!((totals.free_ms, totals.occupied_ms), (250, 0), "until the jump was noticed");
    assert_eq!(totals.sum_ms(), 9_000_000);
}

#[test]
fn a_jump_there_and_back() {
    let scene = Scene::new()
        .then(100, Occupied)
        .set_clock_by_s(7_200)
        .then(100, Free)
        .set_clock_by_s(-7_200)
        .then(100, Occupied);
    assert_eq!(scene.history(), "100:occupied 100:ClockSet 7300:occupied 7400:free 7400:ClockSet");
}

#[test]
fn a_server_that_starts_in_the_past_of_its_history_waits() {
    let now = Moment { at: UtcMs(0), mono: MonoMs(0) };
    let mut scene = Scene::new();
    scene.chronicle = Chronicle::new(UtcMs(60 * SECOND_MS), now);
    let scene = scene.then(30, Free).then(40, Occupied);
    assert_eq!(scene.history(), "60:free 70:occupied");
}

#[test]
fn the_last_lines() {
    let scene = Scene::new().then(10, Free);
    let lines =
        scene.chronicle.close(UtcMs(12 * SECOND_MS), &[(BOOTH, FREE), (BoothNumber(43), Observation::from(Late))]);
    let stopped = Observation::Unknown(UnknownReason::Stopped);
    assert_eq!(lines, [Transition { booth: BOOTH, at: UtcMs(12 * SECOND_MS), observation: stopped }]);
    // Never before what has been written, and nothing where nothing is known.
    assert_eq!(scene.chronicle.close(UtcMs(0), &[(BOOTH, FREE)])[0].at, UtcMs(10 * SECOND_MS));
    let mut scene = scene.set_clock_by_s(-7_200);
    scene.note(&[]);
    assert!(scene.chronicle.close(UtcMs(0), &[(BOOTH, FREE)]).is_empty());
}
