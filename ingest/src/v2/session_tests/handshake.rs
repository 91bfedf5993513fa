use super::*;
use crate::Alert;
use crate::testing::START_AT;
use crate::v2::MasterSecret;

#[tokio::test(start_paused = true)]
async fn what_a_session_begins_with() {
    let last = EventId { boot: 7, n: 41 };
    for (stored, last) in [(None, EventId::NONE), (Some(last), last)] {
        let stage = stage(&registry(&[(1, false)], 0, stored));
        sleep(Duration::from_millis(1_234)).await;
        let board = TestBoard::open(&stage).await;
        assert_eq!(
            board.ok,
            ServerLine::Ok { now: START_AT.plus(1_234), heartbeat_s: HEARTBEAT_S, window_s: 30, last }
        );
        assert_eq!(stage.counters.handshakes.get(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn proof_and_first_report_in_one_segment() {
    let stage = Stage::guarded();
    let mut peer = Peer::connect(&stage, false);
    let keys = knock(&mut peer, &hello(), &master()).await;
    let mut board = TestBoard { peer, hello: hello(), keys, seq: 0, ok: ServerLine::Refused { code: 0 } };
    let report = board.report(1, "0001");
    let segment = auth_line(&board.keys) + &board.signed(&report);
    board.peer.send(segment).await;
    assert!(matches!(board.hear().await, ServerLine::Ok { .. }));
    assert_eq!(board.hear().await, ServerLine::Stored { seq: 1, event: report.event });
}

#[tokio::test(start_paused = true)]
async fn any_cut_of_the_first_lines() {
    let line = hello_line(&hello());
    for cut in 1..line.len() {
        let mut peer = Peer::connect(&Stage::guarded(), false);
        peer.send(&line[..cut]).await;
        sleep(Duration::from_millis(10)).await;
        peer.send(&line[cut..]).await;
        assert!(peer.line().await.expect("a challenge").starts_with("DB2 CHAL sn="), "cut at {cut}");
    }
}

#[tokio::test(start_paused = true)]
async fn challenges_differ() {
    let stage = Stage::guarded();
    let mut challenges = std::collections::HashSet::new();
    for _ in 0..100 {
        let mut peer = Peer::connect(&stage, false);
        peer.send(hello_line(&hello())).await;
        challenges.insert(peer.line().await.expect("a challenge"));
    }
    assert_eq!(challenges.len(), 100);
}

/// Dripping bytes gain no time.
#[tokio::test(start_paused = true)]
async fn the_deadlines_of_the_handshake_are_absolute() {
    let stage = Stage::guarded();
    let mut peer = Peer::connect(&stage, false);
    for byte in hello_line(&hello()).bytes().take(30) {
        peer.send([byte]).await;
        sleep(Duration::from_millis(99)).await;
    }
    assert_eq!((peer.rest().await.as_str(), peer.at_ms()), ("DB2 E 400\n", 3_000));

    let mut peer = Peer::connect(&stage, false);
    peer.wait_until(700).await;
    let line = hello_line(&hello());
    peer.send(&line[..20]).await;
    peer.wait_until(2_900).await;
    peer.send(&line[20..]).await;
    peer.line().await.expect("a challenge");
    for byte in b"DB2 AUTH mac=00000000" {
        peer.send([*byte]).await;
        sleep(Duration::from_millis(99)).await;
    }
    assert_eq!((peer.rest().await.as_str(), peer.at_ms()), ("DB2 E 400\n", 5_000));
    assert_eq!(stage.counters.handshakes_refused(HandshakeRefusal::TooSlow), 2);
}

#[tokio::test(start_paused = true)]
async fn first_lines_that_are_refused() {
    let vectors = include_str!("../../../../docs/protocol-vectors.txt");
    let refused = vectors.lines().filter_map(|line| line.strip_prefix("hello "));
    let long = format!("DB2 HELLO {}", "x".repeat(300));
    let cases = refused.map(|line| (line, 400)).chain([("DB2 HELLO id=b\t4", 400), ("DB2 \u{7f}", 400), (&*long, 413)]);
    for (line, code) in cases {
        let stage = Stage::guarded();
        let mut peer = Peer::connect(&stage, false);
        peer.send(format!("{line}\n")).await;
        assert_eq!((peer.rest().await, peer.at_ms()), (format!("DB2 E {code}\n"), 0), "{line}");
        let refusal = stage.counters.handshakes_refused(HandshakeRefusal::Malformed);
        assert_eq!(refusal, u64::from(code == 400), "{line}");
        assert_eq!(stage.counters.handshakes.get(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn second_lines_that_are_refused() {
    let stage = Stage::guarded();
    for line in ["DB2 AUTH", "DB2 AUTH mac=00", "DB2 HELLO mac=00112233445566778899aabbccddeeff", "AUTH"] {
        let mut peer = Peer::connect(&stage, false);
        knock(&mut peer, &hello(), &master()).await;
        peer.send(format!("{line}\n")).await;
        assert_eq!(peer.rest().await, "DB2 E 400\n", "{line}");
    }
    let mut peer = Peer::connect(&stage, false);
    let keys = knock(&mut peer, &hello(), &master()).await;
    peer.send(auth_line(&keys).replace("mac=", "mac=A")).await;
    assert_eq!(peer.rest().await, "DB2 E 400\n");
}

/// Whoever asks does not learn which boards there are: neither from the code nor from the time, however long it waits
/// with its second line.
#[tokio::test(start_paused = true)]
async fn unknown_wrong_and_revoked_look_alike() {
    let stranger = BoardSecretOf { id: "nobody", version: 1, master: [7; 32] };
    let wrong_key = BoardSecretOf { id: "b-4a", version: 1, master: [8; 32] };
    let revoked = BoardSecretOf { id: "b-4a", version: 2, master: [7; 32] };
    let never_made = BoardSecretOf { id: "b-4a", version: 3, master: [7; 32] };
    for after_ms in [0, 1_000] {
        for of in [stranger, wrong_key, revoked, never_made] {
            let stage = stage(&registry(&[(1, false), (2, true)], 0, None));
            let mut peer = Peer::connect(&stage, false);
            let board = domain::BoardId::new(of.id).expect("a name");
            let hello = Hello { board, key_version: of.version, ..hello() };
            let keys = knock(&mut peer, &hello, &MasterSecret::new(of.master)).await;
            sleep(Duration::from_millis(after_ms)).await;
            peer.send(auth_line(&keys)).await;
            let refused = (peer.rest().await, peer.at_ms());
            assert_eq!(refused, ("DB2 E 401\n".to_owned(), u128::from(after_ms) + 400), "{of:?}");
            assert_eq!(stage.counters.handshakes_refused(HandshakeRefusal::Auth), 1);
            // Who has shown a key that may not be used is worth a look; who has shown none could be anybody.
            let alerts = stage.boards.alerts().list(stage.live.now().mono);
            let shown = of.id == "b-4a" && of.version > 1;
            assert_eq!(alerts, if shown { vec![Alert::KeyRevoked { board: hello.board }] } else { Vec::new() });
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct BoardSecretOf {
    id: &'static str,
    version: u8,
    master: [u8; 32],
}

#[tokio::test(start_paused = true)]
async fn a_board_that_was_just_registered_gets_in() {
    let stage = stage(&Registry::default());
    let boards = std::sync::Arc::clone(&stage.boards);
    let looking = tokio::spawn(async move {
        boards.wanted().await;
        sleep(Duration::from_millis(100)).await;
        boards.update(&registry(&[(1, false)], 0, None));
    });
    let board = TestBoard::open(&stage).await;
    assert_eq!(board.peer.at_ms(), 100);
    looking.await.expect("no panic");
}

#[tokio::test(start_paused = true)]
async fn a_board_that_counts_its_starts_anew_is_kept_out_until_that_is_confirmed() {
    let last = Some(EventId { boot: 7, n: 41 });
    let stage = stage(&registry(&[(1, false)], 0, last));
    let alerts = || stage.boards.alerts().list(stage.live.now().mono);
    let anew = || Hello { boot: 1, ..hello() };
    assert_eq!(TestBoard::open_as(&stage, anew()).await.err().as_deref(), Some("DB2 E 409"));
    sleep(Duration::from_secs(100_000)).await;
    assert_eq!(alerts(), [Alert::BootWentBack { board: board() }]);
    assert_eq!(stage.counters.handshakes_refused(HandshakeRefusal::BootWentBack), 1);
    // The same start and a later one are what is to be expected.
    TestBoard::open(&stage).await.peer.close().await;
    TestBoard::open_as(&stage, Hello { boot: 9, ..hello() }).await.expect("a session").peer.close().await;
    assert_eq!(TestBoard::open_as(&stage, hello()).await.err().as_deref(), Some("DB2 E 409"));
    stage.boards.update(&registry(&[(1, false)], 1, None));
    assert!(alerts().is_empty());
    let board = TestBoard::open_as(&stage, anew()).await.expect("a session");
    assert!(matches!(board.ok, ServerLine::Ok { last: EventId::NONE, .. }), "{:?}", board.ok);
}
