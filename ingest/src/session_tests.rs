use super::*;
use crate::testing::{Peer, Stage};

/// Plays a peer that says each of `lines` (after so many milliseconds) and then listens until the end.
async fn check(v1_allowed: bool, lines: &[(u64, &str)], expect: &str, expect_at_ms: u128) -> Stage {
    let stage = Stage::open();
    let mut peer = Peer::connect(&stage, v1_allowed);
    for (after_ms, line) in lines {
        tokio::time::sleep(Duration::from_millis(*after_ms)).await;
        peer.send(line).await;
    }
    let heard = peer.rest().await;
    assert_eq!((heard.as_str(), peer.at_ms()), (expect, expect_at_ms), "{lines:?}");
    peer.close().await;
    stage
}

#[tokio::test(start_paused = true)]
async fn telling_the_dialects_apart() {
    let polls = "datas#".repeat(6);
    check(false, &[], "", 750).await;
    check(true, &[], &polls, 5_750).await;
    check(false, &[(10, "GET / HTTP/1.1\r\n\r\n")], "DB2 E 400\n", 10).await;
    check(false, &[(10, "410421430441")], "DB2 E 400\n", 10).await;
    check(true, &[(10, "DB2 HELLO id=b-4a")], "DB2 E 400\n", 3_000).await;
    check(true, &[(10, "DB2 HELLO id=b-4a\n")], "DB2 E 400\n", 10).await;
    check(false, &[(10, "DB"), (2_000, "2 HELLO")], "DB2 E 400\n", 3_000).await;
    check(false, &[(10, "DB"), (2_000, "2 HELLO\n")], "DB2 E 400\n", 2_010).await;
    check(false, &[(10, "DB")], "DB2 E 400\n", 3_000).await;
    check(true, &[(10, "DB"), (100, "x")], &polls, 5_110).await;
    check(true, &[(100, "Etrange, j'ai recu : ")], &polls, 5_100).await;
}

#[tokio::test(start_paused = true)]
async fn a_slow_board_of_v2_is_one_after_the_first_question() {
    check(true, &[(800, "DB2 HELLO id=b-4a\n")], "datas#DB2 E 400\n", 800).await;
    check(true, &[(800, "DB"), (10, "2 HELLO id=b-4a\n")], "datas#DB2 E 400\n", 810).await;
    // Its deadlines begin when it does.
    check(true, &[(800, "DB2 HELLO id=b-4a")], "datas#DB2 E 400\n", 3_800).await;
}

#[tokio::test(start_paused = true)]
async fn refusals_are_counted_once() {
    for (lines, at_ms) in [(&[][..], 750), (&[(0, "GET /")], 0)] {
        let heard = if lines.is_empty() { "" } else { "DB2 E 400\n" };
        let stage = check(false, lines, heard, at_ms).await;
        assert_eq!(stage.counters.connections_refused(Refusal::NotAllowed), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn shutdown_ends_a_session_at_once() {
    let mut peer = Peer::connect(&Stage::open(), true);
    peer.wait_until(100).await;
    peer.admission.close();
    assert_eq!((peer.rest().await.as_str(), peer.at_ms()), ("", 100));
    peer.close().await;
}
