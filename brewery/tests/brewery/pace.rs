//! However fast time passes, the same happens.

use crate::words::plant;
use brewery::contract::Setpoint3Name;
use brewery::{Brewhouse, Clock, Pace};
use std::time::Duration;

/// What is done at which step.
const DONE: [(u64, &str); 7] = [
    (3, "startPID1"),
    (50, "startB1"),
    (1_234, "startA"),
    (1_235, "startB"),
    (1_300, "startPID2"),
    (9_000, "setCible1_66.5"),
    (20_001, "stopPID1"),
];
const STEPS: u64 = 36_000;
/// States are compared at these.
const EVERY: u64 = 1_000;

fn bits(brewhouse: &Brewhouse) -> Vec<u64> {
    let plant = brewhouse.plant();
    let vessels = plant.vessels.iter().flat_map(|vessel| [vessel.celsius, vessel.volume_l]);
    vessels.chain(plant.probes.iter().map(|probe| probe.reading_c)).map(f64::to_bits).collect()
}

/// Makes the steps that `next` gives, and what is done between them.
fn run(mut next: impl FnMut() -> u64) -> Vec<Vec<u64>> {
    let mut brewhouse = plant();
    let mut states = Vec::new();
    let mut owed = 0;
    while brewhouse.steps() < STEPS {
        owed += next();
        while owed > 0 && brewhouse.steps() < STEPS {
            let step = brewhouse.steps();
            for (_, name) in DONE.iter().filter(|(at, _)| *at == step) {
                drop(brewhouse.call(format!("{name}.py").parse().expect("a URL"), Setpoint3Name::default()));
            }
            brewhouse.step();
            owed -= 1;
            if brewhouse.steps().is_multiple_of(EVERY) {
                states.push(bits(&brewhouse));
            }
        }
    }
    states
}

fn at_rate(rate: f64, look_every: Duration) -> Vec<Vec<u64>> {
    let mut now = Duration::ZERO;
    let mut clock = Clock::new(Pace { rate, paused: false }, now).expect("a rate");
    run(move || {
        now += look_every;
        clock.due(now)
    })
}

#[test]
fn one_trajectory_at_every_rate() {
    let step_by_step = run(|| 1);
    assert_eq!(step_by_step.len() as u64, STEPS / EVERY);
    for (rate, look_ms) in [(1.0, 137), (1.0, 1_000), (60.0, 100), (60.0, 777), (3_600.0, 100), (3_600.0, 13)] {
        assert!(at_rate(rate, Duration::from_millis(look_ms)) == step_by_step, "{rate} times, every {look_ms} ms");
    }
}
