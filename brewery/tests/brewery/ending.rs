//! The program answers, and ends, whatever its plants are at.

use crate::host::{MemoryStore, Stub};
use brewery::hosting::{Brewery, HostClock, InstanceSettings};
use brewery::{Pace, STEPS_MAX};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// A slow machine: whenever it looks at the clock, a millisecond has passed.
#[derive(Default)]
struct SlowClock(AtomicU64);

impl HostClock for SlowClock {
    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.0.fetch_add(1, Ordering::Relaxed))
    }

    fn unix_s(&self) -> f64 {
        1_795_233_600.5
    }
}

#[tokio::test]
async fn a_slow_machine_falls_behind_and_does_not_stand() {
    let clock = Arc::<SlowClock>::default();
    let opened = Brewery::open(Arc::<MemoryStore>::default(), clock.clone(), InstanceSettings::default()).await;
    let plant = opened.expect("a brewery").main().expect("the plant");
    plant.set_pace(Pace { rate: 3_600.0, paused: false }).expect("a pace");
    // Two seconds at this pace are 72000 steps, of which the machine makes 200 in a millisecond.
    clock.0.fetch_add(2_000, Ordering::Relaxed);
    let before = clock.0.load(Ordering::Relaxed);
    plant.tick();
    let took_ms = clock.0.load(Ordering::Relaxed) - before;
    assert!((40..=60).contains(&took_ms), "{took_ms} ms");
    let steps = plant.snapshot().step;
    assert!((8_000..=20_000).contains(&steps), "{steps} steps");
}

#[test]
fn a_long_step_ends_with_the_program() {
    let stub = Stub::open(Arc::<MemoryStore>::default(), InstanceSettings::default()).expect("a stub");
    let stepping = stub.brewery.main().expect("the plant");
    let (begins, began) = mpsc::channel();
    // A day after the other; each takes a second or many, as the machine is.
    let steps = std::thread::spawn(move || {
        begins.send(()).expect("somebody waits");
        (0..1_000).try_for_each(|_| stepping.step(STEPS_MAX))
    });
    began.recv().expect("it begins");
    let asked_at = Instant::now();
    stub.stop();
    assert!(asked_at.elapsed() < Duration::from_secs(2), "{:?}", asked_at.elapsed());
    steps.join().expect("it ends").expect("steps");
}
