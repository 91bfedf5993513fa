use super::*;
use crate::testing::{MemoryStore, Stage};
use domain::{Observation, Occupancy, UnknownReason};
use std::time::Duration;

fn high(booth: u32) -> Reading {
    Reading { booth: BoothNumber(booth), high: true }
}

fn stored(store: &MemoryStore) -> Vec<(u32, Observation)> {
    store.rows.lock().expect("not poisoned").iter().map(|row| (row.booth.0, row.observation)).collect()
}

#[tokio::test(start_paused = true)]
async fn changes_reach_the_audience_and_history_in_order() {
    let Stage { live, recorder, counters, store, writer } = Stage::open();
    for _ in 0..6 {
        assert!(live.record(&[high(42), high(44)], 9_500, Instant::now()).is_empty());
    }
    assert_eq!(live.record(&[high(42), high(99)], 9_500, Instant::now()), [BoothNumber(99)]);
    tokio::time::sleep(Duration::from_millis(9_600)).await;
    live.tick();
    assert_eq!(recorder.log(), "42:occupied 44:occupied 42:late 44:late");
    live.record(&[high(42)], 9_500, Instant::now());
    live.close();
    writer.await.expect("no panic");
    let (occupied, late) = (Observation::Sensed(Occupancy::Occupied), Observation::Unknown(UnknownReason::Late));
    let stopped = Observation::Unknown(UnknownReason::Stopped);
    let expect = [(42, occupied), (44, occupied), (42, late), (44, late), (42, occupied), (42, stopped)];
    assert_eq!(stored(&store), expect);
    assert_eq!(counters.transitions_stored.get(), 6);
    assert_eq!((counters.readings.get(), counters.readings_unwatched.get()), (14, 1));
}

#[tokio::test]
async fn a_panicking_audience_does_not_stop_the_live_state() {
    struct Faulty(std::sync::atomic::AtomicBool);
    impl Audience for Faulty {
        fn publish(&self, _: &[StatusChange], _: Option<Instant>) {
            assert!(self.0.swap(true, std::sync::atomic::Ordering::Relaxed), "the first time it fails");
        }
    }
    let stage = Stage::open();
    let tracker = std::mem::replace(&mut *stage.live.lock(), Tracker::new(&[], true, stage.live.clock.now()));
    let (queue, _writer) = crate::history(16, Arc::default());
    let clock = Arc::clone(&stage.live.clock);
    let live = Arc::new(Live::new(tracker, ServiceHours::ALWAYS, clock, Arc::new(Faulty(false.into())), queue));
    let sick = Arc::clone(&live);
    let panicked = std::thread::spawn(move || {
        for _ in 0..6 {
            sick.record(&[high(42)], 9_500, Instant::now());
        }
    });
    assert!(panicked.join().is_err());
    live.record(&[high(41)], 9_500, Instant::now());
    assert_eq!(live.states().len(), 4);
}
