use super::*;
use crate::testing::{MemoryJournal, START_AT};
use domain::{BoardId, BoothNumber, Observation, Occupancy, Transition};
use std::sync::atomic::Ordering;

fn transitions(count: u32) -> impl Iterator<Item = Record> {
    let observation = Observation::Sensed(Occupancy::Free);
    (0..count).map(move |booth| Record::Transition(Transition { booth: BoothNumber(booth), at: START_AT, observation }))
}

fn event(n: u32) -> BoardEvent {
    BoardEvent {
        board: BoardId::new("b-4a").expect("a name"),
        era: 0,
        id: EventId { boot: 1, n },
        at: START_AT,
        received_at: START_AT,
        channels: Vec::new(),
        battery_mv: 0,
        rssi_dbm: 0,
        up_s: 0,
        gap: 0,
    }
}

fn receipt(seq: u32, answer: &Sender<Notice>) -> Receipt {
    Receipt { seq, received: Instant::now(), answer: answer.clone() }
}

fn verdict(n: u32, kept: bool) -> Notice {
    Notice::Verdict(Verdict { seq: n, event: EventId { boot: 1, n }, kept })
}

struct Scene {
    journal: Arc<MemoryJournal>,
    counters: Arc<Counters>,
    queue: JournalQueue,
    writer: tokio::task::JoinHandle<()>,
}

impl Scene {
    fn new(away: bool) -> Self {
        let (store, counters) = (Arc::<MemoryJournal>::default(), Arc::<Counters>::default());
        store.away.store(away, Ordering::Relaxed);
        let (queue, writer) = journal(RECORDS_MAX, Arc::clone(&counters));
        let writer = tokio::spawn(writer.run(Arc::clone(&store)));
        Self { journal: store, counters, queue, writer }
    }
}

#[tokio::test(start_paused = true)]
async fn many_become_few_groups_in_order() {
    let Scene { journal, queue, writer, .. } = Scene::new(false);
    queue.push(transitions(3));
    sleep(Duration::from_millis(5)).await;
    queue.push(transitions(4));
    sleep(Duration::from_millis(50)).await;
    queue.push(transitions(3_000));
    queue.close();
    writer.await.expect("no panic");
    assert_eq!(*journal.groups.lock().expect("not poisoned"), [7, 2_048, 952]);
    let booths: Vec<_> = journal.transitions().iter().map(|transition| transition.booth.0).collect();
    assert_eq!(booths, (0..3).chain(0..4).chain(0..3_000).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn an_event_is_acknowledged_once_it_is_kept() {
    let Scene { journal, counters, queue, writer } = Scene::new(false);
    let (answer, mut answers) = mpsc::channel(8);
    journal.slow.store(true, Ordering::Relaxed);
    queue.push_event(event(1), receipt(1, &answer)).expect("room");
    queue.push(transitions(1));
    queue.push_event(event(2), receipt(2, &answer)).expect("room");
    sleep(Duration::from_millis(1_000)).await;
    assert!(answers.try_recv().is_err(), "the disk has not said yes yet");
    sleep(Duration::from_millis(100)).await;
    assert_eq!((answers.recv().await, answers.recv().await), (Some(verdict(1, true)), Some(verdict(2, true))));
    assert_eq!(counters.records_kept.get(), 3);
    queue.close();
    writer.await.expect("no panic");
}

#[tokio::test(start_paused = true)]
async fn while_the_disk_refuses_events_come_back_and_the_rest_waits() {
    let Scene { journal, counters, queue, writer } = Scene::new(true);
    let (answer, mut answers) = mpsc::channel(64);
    for n in 1..=20 {
        queue.push(transitions(1));
        queue.push_event(event(n), receipt(n, &answer)).expect("room");
        let asked_at = tokio::time::Instant::now();
        assert_eq!(answers.recv().await, Some(verdict(n, false)));
        assert!(asked_at.elapsed() <= GATHER_FAILING);
    }
    assert!(counters.journal_failing.get());
    journal.away.store(false, Ordering::Relaxed);
    queue.push_event(event(21), receipt(21, &answer)).expect("room");
    assert_eq!(answers.recv().await, Some(verdict(21, true)));
    assert!(!counters.journal_failing.get());
    assert_eq!(journal.transitions().len(), 20);
    assert_eq!(journal.events(), [EventId { boot: 1, n: 21 }]);
    assert_eq!((counters.records_waiting(), counters.records_kept.get()), (0, 21));
    queue.close();
    writer.await.expect("no panic");
}

#[tokio::test(start_paused = true)]
async fn ten_minutes_without_a_disk_lose_no_transition() {
    let Scene { journal, counters, queue, writer } = Scene::new(true);
    for _ in 0..600 {
        queue.push(transitions(8));
        sleep(Duration::from_secs(1)).await;
    }
    assert!(counters.journal_errors.get() <= 1_200, "{} attempts", counters.journal_errors.get());
    journal.away.store(false, Ordering::Relaxed);
    sleep(Duration::from_secs(2)).await;
    assert_eq!(counters.records_kept.get(), 4_800);
    queue.close();
    writer.await.expect("no panic");
    assert_eq!(journal.transitions().len(), 4_800);
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_refuses_events_and_drops_the_newest_of_the_rest() {
    let (store, counters) = (Arc::<MemoryJournal>::default(), Arc::<Counters>::default());
    let (queue, writer) = journal(4, Arc::clone(&counters));
    let (answer, _answers) = mpsc::channel(8);
    queue.push(transitions(6));
    assert_eq!((counters.records_queued.get(), counters.records_lost.get()), (6, 2));
    assert!(queue.push_event(event(1), receipt(1, &answer)).is_err());
    drop(queue);
    writer.run(Arc::clone(&store)).await;
    assert_eq!(store.transitions().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn stopping_waits_a_second_for_the_disk() {
    for (returns_after_ms, lost) in [(400, 0), (1_400, 10)] {
        let Scene { journal, counters, queue, writer } = Scene::new(true);
        queue.push(transitions(10));
        sleep(Duration::from_secs(20)).await;
        let closed_at = tokio::time::Instant::now();
        queue.close();
        sleep(Duration::from_millis(returns_after_ms)).await;
        journal.away.store(false, Ordering::Relaxed);
        writer.await.expect("no panic");
        assert!(closed_at.elapsed() <= Duration::from_millis(1_400));
        assert_eq!(counters.records_lost.get(), lost, "back after {returns_after_ms} ms");
    }
}
