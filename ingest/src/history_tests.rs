use super::*;
use crate::testing::{MemoryStore, START_AT};
use domain::{BoothNumber, Observation, Occupancy};
use std::sync::atomic::Ordering;
use tokio::time::Instant;

fn transitions(count: u32) -> impl Iterator<Item = Transition> {
    let observation = Observation::Sensed(Occupancy::Free);
    (0..count).map(move |booth| Transition { booth: BoothNumber(booth), at: START_AT, observation })
}

fn numbers(store: &MemoryStore) -> Vec<u32> {
    store.rows.lock().expect("not poisoned").iter().map(|row| row.booth.0).collect()
}

#[tokio::test(start_paused = true)]
async fn many_become_few_batches_in_order() {
    let store = Arc::<MemoryStore>::default();
    let (queue, writer) = history(HISTORY_MAX, Arc::default());
    let writer = tokio::spawn(writer.run(Arc::clone(&store)));
    queue.push(transitions(3));
    sleep(Duration::from_millis(5)).await;
    queue.push(transitions(4));
    sleep(Duration::from_millis(50)).await;
    queue.push(transitions(1_000));
    queue.close();
    writer.await.expect("no panic");
    assert_eq!(*store.batches.lock().expect("not poisoned"), [7, 512, 488]);
    assert_eq!(numbers(&store), (0..3).chain(0..4).chain(0..1_000).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn ten_minutes_without_storage_lose_nothing() {
    let (store, counters) = (Arc::<MemoryStore>::default(), Arc::<Counters>::default());
    store.away.store(true, Ordering::Relaxed);
    let (queue, writer) = history(HISTORY_MAX, Arc::clone(&counters));
    let writer = tokio::spawn(writer.run(Arc::clone(&store)));
    for _ in 0..600 {
        queue.push(transitions(8));
        sleep(Duration::from_secs(1)).await;
    }
    assert!(counters.storage_errors.get() < 150, "{} attempts", counters.storage_errors.get());
    assert!(counters.storage_failing.get());
    store.away.store(false, Ordering::Relaxed);
    sleep(Duration::from_secs(6)).await;
    assert_eq!(counters.transitions_stored.get(), 4_800);
    assert!(!counters.storage_failing.get());
    assert_eq!(numbers(&store), (0..600).flat_map(|_| 0..8).collect::<Vec<_>>());
    queue.close();
    writer.await.expect("no panic");
}

#[tokio::test(start_paused = true)]
async fn the_oldest_stay_when_the_queue_is_full() {
    let (store, counters) = (Arc::<MemoryStore>::default(), Arc::<Counters>::default());
    let (queue, writer) = history(4, Arc::clone(&counters));
    queue.push(transitions(6));
    assert_eq!((counters.transitions_queued.get(), counters.transitions_dropped.get()), (6, 2));
    drop(queue);
    writer.run(Arc::clone(&store)).await;
    assert_eq!(numbers(&store), [0, 1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn stopping_waits_a_second_for_storage() {
    for (returns_after_ms, lost) in [(400, 0), (1_400, 10)] {
        let (store, counters) = (Arc::<MemoryStore>::default(), Arc::<Counters>::default());
        store.away.store(true, Ordering::Relaxed);
        let (queue, writer) = history(HISTORY_MAX, Arc::clone(&counters));
        let writer = tokio::spawn(writer.run(Arc::clone(&store)));
        queue.push(transitions(10));
        sleep(Duration::from_secs(20)).await;
        let closed_at = Instant::now();
        queue.close();
        sleep(Duration::from_millis(returns_after_ms)).await;
        store.away.store(false, Ordering::Relaxed);
        writer.await.expect("no panic");
        assert!(closed_at.elapsed() <= Duration::from_millis(1_400));
        assert_eq!(counters.transitions_dropped.get(), lost, "back after {returns_after_ms} ms");
    }
}
