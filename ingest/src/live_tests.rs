use super::*;
use crate::testing::{MemoryJournal, Stage};
use domain::{Observation, Occupancy, UnknownReason};
use std::time::Duration;

fn high(booth: u32) -> Reading {
    Reading { booth: BoothNumber(booth), high: true }
}

fn stored(journal: &MemoryJournal) -> Vec<(u32, Observation)> {
    journal.transitions().iter().map(|row| (row.booth.0, row.observation)).collect()
}

#[tokio::test(start_paused = true)]
async fn changes_reach_the_audience_and_history_in_order() {
    let Stage { live, recorder, counters, journal, writer, .. } = Stage::open();
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
    assert_eq!(stored(&journal), expect);
    assert_eq!(counters.records_kept.get(), 6);
    assert_eq!((counters.readings.get(), counters.readings_unwatched.get()), (14, 1));
}

#[tokio::test]
async fn a_panicking_audience_does_not_stop_the_live_state() {
    struct Faulty(std::sync::atomic::AtomicBool);
    impl Audience for Faulty {
        fn publish(&self, _: &[BoothState], _: Option<Instant>) {
            assert!(self.0.swap(true, std::sync::atomic::Ordering::Relaxed), "the first time it fails");
        }
    }
    let stage = Stage::open();
    let now = stage.live.now();
    let tracker = Tracker::new(&crate::testing::building().booths, Service::Open, now);
    let state = (tracker, Chronicle::new(now.at, now));
    let (queue, _writer) = crate::journal(16, Arc::default());
    let (clock, boards) = (Arc::clone(&stage.live.clock), Arc::clone(&stage.boards));
    let live = Arc::new(Live::new(state, ServiceHours::ALWAYS, clock, Arc::new(Faulty(false.into())), queue, boards));
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

#[tokio::test(start_paused = true)]
async fn nobody_speaks_for_a_board_that_proves_who_it_is() {
    let Stage { live, recorder, counters, boards, .. } = Stage::guarded();
    for _ in 0..6 {
        live.record(&[high(42)], 9_500, Instant::now());
    }
    assert_eq!(recorder.log(), "");
    assert_eq!((counters.readings.get(), counters.readings_downgraded.get()), (0, 6));
    let alerts = boards.alerts().list(live.now().mono);
    assert_eq!(alerts, [crate::Alert::Downgrade { booth: BoothNumber(42) }]);
}

#[tokio::test(start_paused = true)]
async fn a_quiet_server_is_known_to_be_alive() {
    let Stage { live, journal, writer, .. } = Stage::open();
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(250)).await;
        live.tick();
    }
    live.close();
    writer.await.expect("no panic");
    let alive = |record: &Record| match record {
        Record::Alive { at } => at.since(crate::testing::START_AT) / 1_000,
        other => panic!("{other:?}"),
    };
    let records = journal.records.lock().expect("not poisoned");
    assert_eq!(records.iter().map(alive).collect::<Vec<_>>(), [5, 10, 15, 20, 25]);
}
