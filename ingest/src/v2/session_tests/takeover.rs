use super::*;
use crate::admission::{Admission, CLAIMS_MAX, Limits};
use crate::boards::QUARANTINE_MS;
use crate::{Alert, BoardState};

fn state(stage: &Stage) -> BoardState {
    stage.boards.list(stage.live.now().mono)[0].state
}

fn alerts(stage: &Stage) -> Vec<Alert> {
    stage.boards.alerts().list(stage.live.now().mono)
}

#[tokio::test(start_paused = true)]
async fn the_newest_session_wins() {
    let stage = Stage::guarded();
    let mut older = TestBoard::open(&stage).await;
    older.tell_and_hear(1, "0000").await;
    let mut newer = TestBoard::open(&stage).await;
    assert_eq!(older.end().await, "DB2 E 409\n");
    assert_eq!((state(&stage), ends(&stage).await), (BoardState::Online, vec!["replaced".to_owned()]));
    newer.tell_and_hear(2, "0001").await;
    assert_eq!(stage.counters.sessions_replaced.get(), 1);
}

/// Whoever names a board, but does not have its key, displaces nobody.
#[tokio::test(start_paused = true)]
async fn without_the_key_nobody_is_displaced() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    let wrong = crate::v2::MasterSecret::new([8; 32]);
    for _ in 0..40 {
        let mut peer = Peer::connect(&stage, false);
        let keys = knock(&mut peer, &hello(), &wrong).await;
        peer.send(auth_line(&keys)).await;
        assert_eq!(peer.rest().await, "DB2 E 401\n");
    }
    board.tell_and_hear(1, "0001").await;
    assert!(alerts(&stage).is_empty());
}

#[tokio::test(start_paused = true)]
async fn two_boards_of_one_name_are_both_kept_out() {
    let stage = Stage::guarded();
    let refused = async || TestBoard::open_as(&stage, hello()).await.err();
    let mut boards = Vec::new();
    for _ in 0..16 {
        boards.push(TestBoard::open(&stage).await);
    }
    // The sixteenth time within a minute that one displaces another.
    assert_eq!(refused().await.as_deref(), Some("DB2 E 429"));
    let quarantined_at = Instant::now();
    let last = boards.pop().expect("sixteen");
    assert_eq!(last.end().await, "DB2 E 429\n");
    for board in boards {
        assert_eq!(board.end().await, "DB2 E 409\n");
    }
    assert_eq!(stage.counters.sessions_replaced.get(), 15);
    let ends_at = quarantined_at + Duration::from_millis(QUARANTINE_MS);
    sleep_until(ends_at - Duration::from_millis(1)).await;
    assert_eq!((state(&stage), alerts(&stage)), (BoardState::Quarantined, vec![Alert::Quarantine { board: board() }]));
    assert_eq!(refused().await.as_deref(), Some("DB2 E 429"));
    sleep_until(ends_at).await;
    assert_eq!((state(&stage), alerts(&stage)), (BoardState::Late, Vec::new()));
    TestBoard::open(&stage).await.tell_and_hear(1, "0001").await;
    assert_eq!(state(&stage), BoardState::Online);
}

#[tokio::test(start_paused = true)]
async fn revoking_a_key_ends_its_session_and_no_other() {
    for (keys, expect) in [(&[(1, true), (2, false)][..], Some("DB2 E 401\n")), (&[(1, false), (2, true)], None)] {
        let stage = stage(&registry(&[(1, false), (2, false)], 0, None));
        let mut board = TestBoard::open(&stage).await;
        board.tell_and_hear(1, "0000").await;
        stage.boards.update(&registry(keys, 0, None));
        match expect {
            Some(code) => assert_eq!(board.end().await, code),
            None => board.tell_and_hear(2, "0001").await,
        }
    }
}

#[tokio::test(start_paused = true)]
async fn removing_a_board_ends_its_session() {
    let stage = Stage::guarded();
    let board = TestBoard::open(&stage).await;
    stage.boards.update(&Registry::default());
    assert_eq!(board.end().await, "DB2 E 401\n");
    assert_eq!(TestBoard::open_as(&stage, hello()).await.err().as_deref(), Some("DB2 E 401"));
}

#[tokio::test(start_paused = true)]
async fn what_others_say_of_its_booths_is_passed_over() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    board.tell_and_hear(1, "0000").await;
    let before = stage.recorder.log();
    let mut old = Peer::connect(&stage, true);
    for _ in 0..10 {
        old.expect("datas#").await;
        old.send("411421431441").await;
    }
    old.expect("datas#").await;
    assert_eq!(stage.recorder.log(), before);
    assert_eq!((stage.counters.readings.get(), stage.counters.readings_downgraded.get()), (4, 40));
    assert_eq!(alerts(&stage), [41, 42, 43, 44].map(|booth| Alert::Downgrade { booth: BoothNumber(booth) }));
}

/// A flood from the board's own address displaces itself: neither a session, nor a handshake that names a board.
#[tokio::test(start_paused = true)]
async fn a_flood_of_strangers_displaces_no_board() {
    let stage = Stage::guarded();
    let admission = Admission::new(Limits { total_max: 64, per_address_max: 2 });
    let permit = || admission.admit([10, 0, 0, 1].into()).expect("room").0;
    let flood = || (0..5).map(|_| Peer::connect_with(&stage, permit())).collect::<Vec<_>>();

    let mut peer = Peer::connect_with(&stage, permit());
    let keys = knock(&mut peer, &hello(), &master()).await;
    let mut strangers = flood();
    // The oldest are ended without a word, and at once.
    for stranger in &mut strangers[..3] {
        assert_eq!((stranger.rest().await.as_str(), stranger.at_ms()), ("", 0));
    }
    peer.send(auth_line(&keys)).await;
    let ok = peer.line().await.expect("a session");
    assert!(ok.starts_with("DB2 OK "), "{ok}");

    strangers.extend(flood());
    // Those who name it displace each other.
    let mut liars = Vec::new();
    for _ in 0..CLAIMS_MAX + 3 {
        let mut liar = Peer::connect_with(&stage, permit());
        knock(&mut liar, &hello(), &master()).await;
        liars.push(liar);
    }
    for liar in &mut liars[..3] {
        assert_eq!((liar.rest().await.as_str(), liar.at_ms()), ("", 0));
    }
    let mut board = TestBoard { peer, hello: hello(), keys, seq: 0, ok: ServerLine::Refused { code: 0 } };
    board.tell_and_hear(1, "0001").await;
}
