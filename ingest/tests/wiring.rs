//! Real sockets: a scripted v1 board against the whole of ingest.

#![allow(clippy::expect_used, reason = "a test that cannot go on should say so")]

mod support;

use domain::{BoothStatus, Occupancy};
use ingest::{Refusal, Settings};
use std::io::ErrorKind;
use std::time::{Duration, Instant};
use support::{Server, connect, poll, read_to_end, settings};
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
    let stored = server.stop().await;
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
    assert_eq!(read_to_end(&mut board).await, "DB2 E 503\n");
    server.stop().await;
}

#[tokio::test]
async fn connections_are_limited() {
    for (total, per_address, reason) in [(2, 64, Refusal::Total), (64, 2, Refusal::Address)] {
        let limits = Settings { connections_max: total, connections_per_address_max: per_address, ..settings() };
        let server = Server::start(limits).await;
        let mut first = connect(&server).await;
        let mut second = connect(&server).await;
        let mut third = connect(&server).await;
        assert_eq!(read_to_end(&mut third).await, "");
        assert_eq!(server.counters.connections_refused(reason), 1);
        poll(&mut first).await;
        drop(first);
        server.wait_for(|server| server.counters.connections_open() == 1).await;
        let mut fourth = connect(&server).await;
        poll(&mut fourth).await;
        poll(&mut second).await;
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
