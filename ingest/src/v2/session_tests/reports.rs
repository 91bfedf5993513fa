use super::*;
use crate::testing::START_AT;
use std::sync::atomic::Ordering;

fn log(stage: &Stage) -> String {
    stage.recorder.log()
}

fn ids(ns: impl IntoIterator<Item = u32>) -> Vec<EventId> {
    ns.into_iter().map(|n| EventId { boot: 7, n }).collect()
}

#[tokio::test(start_paused = true)]
async fn shown_at_once_and_acknowledged_once_it_is_kept() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    sleep(Duration::from_millis(100)).await;
    stage.journal.slow.store(true, Ordering::Relaxed);
    let told_at = Instant::now();
    board.tell(1, "0001").await;
    sleep(Duration::from_millis(1)).await;
    assert_eq!(log(&stage), "41:free 42:free 43:free 44:occupied");
    assert!(board.hears_nothing_for(990).await);
    assert!(stage.journal.events().is_empty());
    assert_eq!(board.hear().await, ServerLine::Stored { seq: 1, event: EventId { boot: 7, n: 1 } });
    assert!((1_000..1_050).contains(&told_at.elapsed().as_millis()), "{:?}", told_at.elapsed());
    assert_eq!(stage.journal.events(), ids([1]));
    assert_eq!((stage.counters.acknowledged.get(), stage.counters.frames(DialectName::V2)), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_kept_is_to_be_sent_again() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    stage.journal.away.store(true, Ordering::Relaxed);
    for seq in 1..=3 {
        board.tell(1, "0001").await;
        assert_eq!(board.hear().await, ServerLine::NotStored { seq, retry_ms: RETRY_MS });
    }
    assert_eq!(log(&stage), "41:free 42:free 43:free 44:occupied");
    stage.journal.away.store(false, Ordering::Relaxed);
    board.tell_and_hear(1, "0001").await;
    assert_eq!(stage.journal.events(), ids([1]));
    assert_eq!((stage.counters.acknowledged.get(), stage.counters.not_acknowledged.get()), (1, 3));
}

#[tokio::test(start_paused = true)]
async fn many_reports_in_one_segment() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    stage.journal.slow.store(true, Ordering::Relaxed);
    // More than may wait for the disk.
    let reports: Vec<_> = (1..=400).map(|n| board.report(n, "0000")).collect();
    let segment: String = reports.iter().map(|report| board.signed(report)).collect();
    board.peer.send(segment).await;
    for Report { seq, event, .. } in reports {
        assert_eq!(board.hear().await, ServerLine::Stored { seq, event });
    }
    assert_eq!(stage.journal.events(), ids(1..=400));
}

#[tokio::test(start_paused = true)]
async fn an_event_that_comes_again_is_acknowledged_again() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    for n in [1, 1, 2, 1] {
        board.tell_and_hear(n, "0001").await;
    }
    board.peer.close().await;
    let mut board = TestBoard::open(&stage).await;
    assert!(matches!(board.ok, ServerLine::Ok { last: EventId { boot: 7, n: 2 }, .. }), "{:?}", board.ok);
    board.tell_and_hear(2, "0001").await;
    assert_eq!(stage.counters.events_repeated.get(), 3);
}

/// Reports with their ages, and what the audience has heard after each.
#[tokio::test(start_paused = true)]
async fn only_what_is_new_colours() {
    let stage = Stage::guarded();
    // Long after the start, so that what is old can be older than that.
    sleep(Duration::from_secs(200)).await;
    let mut board = TestBoard::open(&stage).await;
    let first = "41:free 42:free 43:free 44:occupied";
    let steps = [
        (74_250, "1111", ""),
        (u32::MAX, "1111", ""),
        (74_249, "0001", first),
        (80_000, "1110", first),
        (74_240, "0001", first),
        (75_000, "1110", first),
        (0, "1001", "41:free 42:free 43:free 44:occupied 41:occupied"),
        (5_000, "0000", "41:free 42:free 43:free 44:occupied 41:occupied"),
    ];
    for (n, (age_ms, states, expect)) in (1..).zip(steps) {
        let report = Report { age_ms, ..board.report(n, states) };
        board.tell_exactly(&report).await;
        let sent_at = stage.live.now().at;
        assert_eq!(board.hear().await, ServerLine::Stored { seq: n, event: report.event });
        assert_eq!(log(&stage), expect, "{n}");
        let records = stage.journal.records.lock().expect("not poisoned");
        let Some(Record::Event(kept)) = records.iter().rfind(|record| matches!(record, Record::Event(_))) else {
            panic!("no event")
        };
        assert_eq!((kept.received_at, kept.at), (sent_at, sent_at.minus(u64::from(age_ms))));
    }
}

#[tokio::test(start_paused = true)]
async fn what_history_keeps_of_a_session() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    let report = Report { gap: 3, ..board.report(1, "0001") };
    board.tell_exactly(&report).await;
    board.hear().await;
    board.peer.close().await;
    sleep(Duration::from_millis(20)).await;
    let records = stage.journal.records.lock().expect("not poisoned");
    let Hello { board, key_version, boot, channels, firmware, reset_reason, .. } = hello();
    let peer = "10.0.0.1".to_owned();
    let name = board.clone();
    let start = BoardSession { board, started_at: START_AT, boot, key_version, firmware, reset_reason, channels, peer };
    assert_eq!(records.first(), Some(&Record::SessionStarted(start)));
    let Some(Record::SessionEnded(end)) = records.last() else { panic!("{records:?}") };
    assert_eq!((&end.board, end.started_at, end.reason.as_str()), (&name, START_AT, "closed"));
    let Some(Record::Event(event)) = records.iter().find(|record| matches!(record, Record::Event(_))) else {
        panic!("{records:?}")
    };
    assert_eq!((&event.board, event.era, event.id, event.gap), (&name, 0, report.event, 3));
    assert_eq!((event.battery_mv, event.rssi_dbm, event.up_s), (3_700, -67, 600));
    assert_eq!(event.channels, report.channels);
    assert_eq!(stage.counters.events_missing.get(), 3);
    assert_eq!(records.len(), 7, "four booths have become known");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_stops_says_so_in_history() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    board.peer.admission.close();
    board.peer.forgotten().await;
    assert_eq!(ends(&stage).await, ["server_stopped"]);
}

#[tokio::test(start_paused = true)]
async fn silence_ends_a_session_and_greys_its_booths() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    board.peer.wait_until(1_000).await;
    board.tell_and_hear(1, "0000").await;
    board.peer.wait_until(1_000 + 74_249).await;
    stage.live.tick();
    assert_eq!(log(&stage), "41:free 42:free 43:free 44:free");
    board.peer.wait_until(1_000 + 74_250).await;
    stage.live.tick();
    assert_eq!(log(&stage), "41:free 42:free 43:free 44:free 41:late 42:late 43:late 44:late");
    assert_eq!((board.peer.rest().await.as_str(), board.peer.at_ms()), ("", 76_000));
    assert_eq!(ends(&stage).await, ["silent"]);
}

/// A board that is taken from the mains goes on where it was, within its heartbeat.
#[tokio::test(start_paused = true)]
async fn a_heartbeat_keeps_booths_as_they_are() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    for n in 1..=20 {
        board.tell_and_hear(n, "0001").await;
        sleep(Duration::from_secs(u64::from(HEARTBEAT_S) * 2)).await;
        stage.live.tick();
    }
    assert_eq!(log(&stage), "41:free 42:free 43:free 44:occupied");
}

#[tokio::test(start_paused = true)]
async fn a_board_that_has_only_just_woken_up_has_seen_little() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    let few = |high_samples| ChannelReport { high: false, high_samples };
    let channels = vec![few(0), few(3), few(6), few(1)];
    // Two seconds are four samples: too few to say that nobody is there, unless nothing has moved at all.
    let report = Report { up_s: 2, channels: channels.clone(), ..board.report(1, "0000") };
    board.tell_exactly(&report).await;
    board.hear().await;
    assert_eq!(log(&stage), "41:free 43:occupied");
    let report = Report { up_s: 3, channels, ..board.report(2, "0000") };
    board.tell_exactly(&report).await;
    board.hear().await;
    assert_eq!(log(&stage), "41:free 43:occupied 44:free");
}

#[tokio::test(start_paused = true)]
async fn channels_without_a_wire_are_kept_and_colour_nothing() {
    for (channels, states, expect) in
        [(2, "01", "41:free 42:occupied"), (6, "100011", "41:occupied 42:free 43:free 44:free")]
    {
        let stage = Stage::guarded();
        let mut board = TestBoard::open_as(&stage, Hello { channels, ..hello() }).await.expect("a session");
        board.tell_and_hear(1, states).await;
        assert_eq!(log(&stage), expect);
    }
}

#[tokio::test(start_paused = true)]
async fn a_board_that_does_not_read_is_ended() {
    let stage = Stage::guarded();
    let wire = Peer::connect_over(&stage, 128);
    let mut board = TestBoard::open_over(wire, hello()).await.expect("a session");
    let reports: Vec<_> = (1..=8).map(|n| board.report(n, "0000")).collect();
    for report in &reports {
        let line = board.signed(report);
        if board.peer.try_send(line).await.is_err() {
            break;
        }
    }
    board.peer.forgotten().await;
    assert!((2_000..2_100).contains(&board.peer.at_ms()), "{}", board.peer.at_ms());
    assert_eq!(ends(&stage).await, ["stalled"]);
}
