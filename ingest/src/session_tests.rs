use super::*;
use crate::testing::Stage;
use std::sync::Arc;
use tokio::io::duplex;

struct Heard {
    text: String,
    at_ms: u128,
}

/// A session with a peer that says each of `lines` (after so many milliseconds) and then listens until the end.
async fn play(v1_allowed: bool, lines: &[(u64, &str)]) -> (Heard, Stage) {
    let stage = Stage::open();
    let (mut board, server) = duplex(64 * 1024);
    let started_at = Instant::now();
    let live = Arc::clone(&stage.live);
    let peer = SocketAddr::from(([10, 0, 0, 1], 1));
    let session = tokio::spawn(async move { run(server, peer, v1_allowed, &live, &CancellationToken::new()).await });
    for (after_ms, line) in lines {
        tokio::time::sleep(Duration::from_millis(*after_ms)).await;
        board.write_all(line.as_bytes()).await.expect("an open connection");
    }
    let mut text = String::new();
    board.read_to_string(&mut text).await.expect("text");
    let at_ms = started_at.elapsed().as_millis();
    drop(board);
    session.await.expect("no panic");
    (Heard { text, at_ms }, stage)
}

async fn check(v1_allowed: bool, lines: &[(u64, &str)], expect: &str, expect_at_ms: u128) {
    let (heard, _) = play(v1_allowed, lines).await;
    assert_eq!((heard.text.as_str(), heard.at_ms), (expect, expect_at_ms), "{lines:?}");
}

#[tokio::test(start_paused = true)]
async fn telling_the_dialects_apart() {
    let polls = "datas#".repeat(6);
    check(false, &[], "", 750).await;
    check(true, &[], &polls, 5_750).await;
    check(false, &[(10, "GET / HTTP/1.1\r\n\r\n")], "DB2 E 400\n", 10).await;
    check(false, &[(10, "410421430441")], "DB2 E 400\n", 10).await;
    check(true, &[(10, "DB2 HELLO id=b-4a")], "DB2 E 503\n", 10).await;
    check(false, &[(10, "DB"), (2_000, "2 HELLO")], "DB2 E 503\n", 2_010).await;
    check(false, &[(10, "DB")], "DB2 E 400\n", 3_000).await;
    check(true, &[(10, "DB"), (100, "x")], &polls, 5_110).await;
    check(true, &[(100, "Etrange, j'ai recu : ")], &polls, 5_100).await;
}

#[tokio::test(start_paused = true)]
async fn refusals_are_counted() {
    for lines in [&[][..], &[(0, "GET /")]] {
        let (_, stage) = play(false, lines).await;
        assert_eq!(stage.counters.connections_refused(Refusal::NotAllowed), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn shutdown_ends_a_session_at_once() {
    let stage = Stage::open();
    let (mut board, server) = duplex(64);
    let shutdown = CancellationToken::new();
    let (live, token) = (Arc::clone(&stage.live), shutdown.clone());
    let peer = SocketAddr::from(([10, 0, 0, 1], 1));
    let session = tokio::spawn(async move { run(server, peer, true, &live, &token).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let asked_at = Instant::now();
    shutdown.cancel();
    session.await.expect("no panic");
    assert_eq!(asked_at.elapsed(), Duration::ZERO);
    assert_eq!(board.read_u8().await.expect_err("closed").kind(), ErrorKind::UnexpectedEof);
}
