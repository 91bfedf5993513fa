//! Real sockets: scripted boards against the whole of ingest.

#![allow(clippy::expect_used, reason = "a test that cannot go on should say so")]

mod support;

use domain::{BoothStatus, ChannelReport, EventId, Occupancy, Record};
use ingest::v2::{
    Hello, Report, ServerLine, SessionKeys, decode_server_line, encode_auth, encode_hello, encode_report,
};
use ingest::{DialectName, Refusal, Settings};
use std::io::ErrorKind;
use std::time::{Duration, Instant};
use support::{Server, board, connect, master, observations, poll, read_line, read_to_end, settings};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

#[tokio::test]
async fn six_high_samples_turn_a_booth_red() {
    let server = Server::start(settings()).await;
    let mut board = connect(&server).await;
    let started_at = Instant::now();
    for _ in 0..6 {
        poll(&mut board).await;
        board.write_all(b"410421430440").await.expect("answers");
    }
    server.wait_for(|server| server.status(42) == BoothStatus::Occupied).await;
    assert_eq!(server.status(41), BoothStatus::Free);
    // 750 ms of silence at first, then five pauses of 500 ms.
    assert!(started_at.elapsed() >= Duration::from_millis(3_200));
    assert!(started_at.elapsed() < Duration::from_millis(4_200), "{:?}", started_at.elapsed());
    let stored = observations(&server.stop().await);
    let sensed = |booth, occupancy| stored.contains(&(booth, domain::Observation::Sensed(occupancy)));
    assert!(sensed(42, Occupancy::Occupied) && sensed(41, Occupancy::Free));
    let stopped = domain::Observation::Unknown(domain::UnknownReason::Stopped);
    assert_eq!(stored.iter().filter(|(_, observation)| *observation == stopped).count(), 4);
}

#[tokio::test]
async fn a_panic_ends_only_its_own_session() {
    let server = Server::start_faulty(settings(), true).await;
    let mut sick = connect(&server).await;
    for _ in 0..6 {
        poll(&mut sick).await;
        sick.write_all(b"410").await.expect("answers");
    }
    assert_eq!(read_to_end(&mut sick).await, "");
    server.wait_for(|server| server.counters.sessions_panicked.get() == 1).await;
    assert_eq!(server.counters.connections_open(), 0);
    let mut board = connect(&server).await;
    for _ in 0..6 {
        poll(&mut board).await;
        board.write_all(b"421").await.expect("answers");
    }
    server.wait_for(|server| server.status(42) == BoothStatus::Occupied).await;
    server.stop().await;
}

#[tokio::test]
async fn who_may_not_speak_v1_is_refused() {
    let server = Server::start(Settings { v1_allow: "10.0.0.0/8".parse().expect("a range"), ..settings() }).await;
    let mut silent = connect(&server).await;
    let mut browser = connect(&server).await;
    browser.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("writes");
    assert_eq!(read_to_end(&mut browser).await, "DB2 E 400\n");
    assert_eq!(read_to_end(&mut silent).await, "");
    assert_eq!(server.counters.connections_refused(Refusal::NotAllowed), 2);
    let mut board = connect(&server).await;
    board.write_all(b"DB2 HELLO id=b-4a\n").await.expect("writes");
    assert_eq!(read_to_end(&mut board).await, "DB2 E 400\n");
    server.stop().await;
}

/// Says who it is, and proves it.
async fn open_session(board_io: &mut tokio::net::TcpStream) -> SessionKeys {
    let (firmware, reset_reason) = ("2.0.0".to_owned(), "power".to_owned());
    let hello = Hello { board: board(), key_version: 1, nonce: [9; 16], boot: 7, channels: 1, firmware, reset_reason };
    let mut out = String::new();
    encode_hello(&mut out, &hello);
    board_io.write_all(out.as_bytes()).await.expect("writes");
    let challenge = read_line(board_io).await;
    let keys = master().board_key(&board(), 1).session_keys(out.trim_end().as_bytes(), challenge.as_bytes());
    out.clear();
    encode_auth(&mut out, &keys);
    board_io.write_all(out.as_bytes()).await.expect("writes");
    let ok = decode_server_line(read_line(board_io).await.as_bytes(), Some(&keys));
    assert!(matches!(ok, Ok(ServerLine::Ok { heartbeat_s: 30, .. })), "{ok:?}");
    keys
}

#[tokio::test]
async fn an_event_of_v2_is_on_the_map_and_kept_when_it_is_acknowledged() {
    let server = Server::start(Settings::default()).await;
    let mut board = connect(&server).await;
    let keys = open_session(&mut board).await;
    let event = EventId { boot: 7, n: 1 };
    let channels = vec![ChannelReport { high: true, high_samples: 37 }];
    let report = Report { seq: 1, event, age_ms: 0, channels, battery_mv: 3_700, rssi_dbm: -60, up_s: 60, gap: 0 };
    let mut out = String::new();
    encode_report(&mut out, &keys, &report);
    board.write_all(out.as_bytes()).await.expect("writes");
    let verdict = decode_server_line(read_line(&mut board).await.as_bytes(), Some(&keys));
    assert_eq!(verdict, Ok(ServerLine::Stored { seq: 1, event }));
    assert_eq!(server.status(45), BoothStatus::Occupied);
    // Nobody is turned away for being of the same board, and the older one goes.
    let mut newer = connect(&server).await;
    open_session(&mut newer).await;
    assert_eq!(read_to_end(&mut board).await, "DB2 E 409\n");
    let kept = server.stop().await;
    assert!(kept.iter().any(|record| matches!(record, Record::Event(kept) if kept.id == event)));
    let ends = kept.iter().filter_map(|record| match record {
        Record::SessionEnded(end) => Some(end.reason.as_str()),
        _ => None,
    });
    assert_eq!(ends.collect::<Vec<_>>(), ["replaced", "server_stopped"]);
}

/// Too many connections: those that have proven nothing make room, the oldest first. Boards that answer stay.
#[tokio::test]
async fn connections_are_limited() {
    // A quarter of all may have proven nothing.
    for (total, per_address) in [(8, 64), (64, 2)] {
        let limits = Settings { connections_max: total, connections_per_address_max: per_address, ..settings() };
        let server = Server::start(limits).await;
        let mut oldest = connect(&server).await;
        let mut boards = [connect(&server).await, connect(&server).await];
        assert_eq!(read_to_end(&mut oldest).await, "");
        assert_eq!(server.counters.connections_evicted.get(), 1);
        for (board, answer) in boards.iter_mut().zip(["410", "420"]) {
            for _ in 0..2 {
                poll(board).await;
                board.write_all(answer.as_bytes()).await.expect("answers");
            }
        }
        server.wait_for(|server| server.counters.frames(DialectName::V1) == 2).await;
        let mut strangers = [connect(&server).await, connect(&server).await, connect(&server).await];
        assert_eq!(read_to_end(&mut strangers[0]).await, "");
        assert_eq!(server.counters.connections_evicted.get(), 2);
        for board in &mut boards {
            poll(board).await;
        }
        server.stop().await;
    }
}

#[tokio::test]
async fn shutdown_with_open_sessions_is_quick() {
    let server = Server::start(settings()).await;
    let mut boards = Vec::new();
    for _ in 0..50 {
        boards.push(connect(&server).await);
    }
    poll(&mut boards[0]).await;
    let asked_at = Instant::now();
    server.stop().await;
    assert!(asked_at.elapsed() < Duration::from_secs(1), "{:?}", asked_at.elapsed());
    for mut board in boards {
        let mut rest = Vec::new();
        match board.read_to_end(&mut rest).await {
            Ok(_) => {}
            Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
        }
    }
}

/// A peer that writes without a pause is closed after 5 s and keeps nobody else from being served. What it costs of
/// memory is measured where the server has a process of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_is_contained() {
    let server = Server::start(settings()).await;
    let mut flood = connect(&server).await;
    let flooding = tokio::spawn(async move {
        let chunk = vec![b'4'; 1 << 20];
        while flood.write_all(&chunk).await.is_ok() {}
    });
    let mut board = connect(&server).await;
    for _ in 0..8 {
        timeout(Duration::from_millis(1_500), poll(&mut board)).await.expect("polled in time");
        board.write_all(b"410421430440").await.expect("answers");
    }
    assert_eq!(server.status(42), BoothStatus::Occupied);
    timeout(Duration::from_secs(6), flooding).await.expect("closed").expect("no panic");
    server.stop().await;
}
