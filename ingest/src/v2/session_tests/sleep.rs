use super::*;
use crate::BoardState;
use crate::testing::START_AT;
use domain::BoothStatus;

const HOUR_S: u32 = 3_600;

/// Served from nine to nine on weekdays; it is a Monday, so many seconds after midnight.
fn office(day_s: u32) -> Stage {
    let hours = ServiceHours::new(0b1_1111, 9 * 60, 21 * 60).expect("office hours");
    Stage::with(hours, day_s, &registry(&[(1, false)], 0, None))
}

fn sleep_for(seconds: u32) -> ServerLine {
    ServerLine::Command { k: 1, command: Command::Sleep { seconds } }
}

/// Where the board is, and until when if it sleeps: seconds after the start.
fn state(stage: &Stage) -> (BoardState, Option<u64>) {
    let report = &stage.boards.list(stage.live.now().mono)[0];
    (report.state, report.asleep_until.map(|until_at| until_at.since(START_AT) / 1_000))
}

#[tokio::test(start_paused = true)]
async fn never_longer_than_a_board_can_sleep() {
    const MORNING_S: u32 = 9 * HOUR_S;
    let cases =
        [(MORNING_S - 601, 601), (MORNING_S - 1, 1), (0, 10_800), (MORNING_S - 10_801, 10_800), (23 * HOUR_S, 10_800)];
    for (day_s, seconds) in cases {
        let mut board = TestBoard::open(&office(day_s)).await;
        board.tell_and_hear(1, "0000").await;
        assert_eq!(board.hear().await, sleep_for(seconds), "at {day_s} s");
        // At once, when it has said what woke it up.
        assert!(board.peer.at_ms() < 100);
    }
    let never = ServiceHours::new(0, 0, 1).expect("no day");
    let mut board = TestBoard::open(&Stage::with(never, 0, &registry(&[(1, false)], 0, None))).await;
    assert_eq!(board.hear().await, sleep_for(10_800));
    // It has said nothing.
    assert_eq!(board.peer.at_ms(), 2_000);
}

#[tokio::test(start_paused = true)]
async fn not_before_all_that_it_has_said_is_kept() {
    let stage = office(0);
    stage.journal.slow.store(true, std::sync::atomic::Ordering::Relaxed);
    let mut board = TestBoard::open(&stage).await;
    board.peer.wait_until(1_999).await;
    let reports: Vec<_> = (1..=3).map(|n| board.report(n, "0000")).collect();
    for report in &reports {
        board.tell_exactly(report).await;
    }
    for Report { seq, event, .. } in reports {
        assert_eq!(board.hear().await, ServerLine::Stored { seq, event });
    }
    assert_eq!(board.hear().await, sleep_for(10_800));
}

#[tokio::test(start_paused = true)]
async fn asleep_until_then_and_late_some_time_after() {
    let stage = office(9 * HOUR_S - 100);
    let mut board = TestBoard::open(&stage).await;
    board.tell_and_hear(1, "0000").await;
    assert_eq!(board.hear().await, sleep_for(100));
    board.reply(1, None, Some(100)).await;
    let asleep_at = Instant::now();
    board.peer.close().await;
    assert_eq!((state(&stage), ends(&stage).await), ((BoardState::Asleep, Some(100)), vec!["asleep".to_owned()]));
    assert_eq!(stage.statuses(), [BoothStatus::Off; 4]);
    // The hours have begun, and it has not come back.
    sleep_until(asleep_at + Duration::from_secs(101)).await;
    stage.live.tick();
    assert_eq!((stage.statuses(), state(&stage).0), (vec![BoothStatus::Asleep; 4], BoardState::Asleep));
    let until_at = stage.live.states()[0].until_at.map(|until_at| until_at.since(START_AT) / 1_000);
    assert_eq!(until_at, Some(100));
    // 100 s x 1.25 + 60 s.
    let late_at = asleep_at + Duration::from_secs(185);
    sleep_until(late_at - Duration::from_millis(5)).await;
    stage.live.tick();
    assert_eq!((stage.statuses(), state(&stage).0), (vec![BoothStatus::Asleep; 4], BoardState::Asleep));
    sleep_until(late_at + Duration::from_millis(5)).await;
    stage.live.tick();
    assert_eq!((stage.statuses(), state(&stage)), (vec![BoothStatus::Late; 4], (BoardState::Late, None)));
    let mut board = TestBoard::open(&stage).await;
    board.tell_and_hear(2, "0001").await;
    assert_eq!(state(&stage), (BoardState::Online, None));
    assert_eq!(stage.statuses()[3], BoothStatus::Occupied);
}

#[tokio::test(start_paused = true)]
async fn how_long_it_says_that_it_will_sleep() {
    for (says, seconds) in [(None, 601), (Some(601), 601), (Some(300), 300), (Some(100_000), 601)] {
        let stage = office(9 * HOUR_S - 601);
        let mut board = TestBoard::open(&stage).await;
        board.tell_and_hear(1, "0000").await;
        assert_eq!(board.hear().await, sleep_for(601));
        board.reply(1, None, says).await;
        board.peer.close().await;
        assert_eq!(state(&stage), (BoardState::Asleep, Some(seconds)), "{says:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_board_that_refuses_is_not_asked_again() {
    let stage = office(0);
    let mut board = TestBoard::open(&stage).await;
    board.tell_and_hear(1, "0000").await;
    assert_eq!(board.hear().await, sleep_for(10_800));
    board.reply(1, Some("update"), None).await;
    for n in 2..=20 {
        assert!(board.hears_nothing_for(30_000).await);
        stage.live.tick();
        board.tell_and_hear(n, "0001").await;
    }
    board.peer.close().await;
    assert_eq!((state(&stage).0, ends(&stage).await), (BoardState::Late, vec!["closed".to_owned()]));
}

#[tokio::test(start_paused = true)]
async fn a_board_that_stays_awake_is_closed_and_not_called_asleep() {
    // It does not answer; it says yes and stays; it says yes and reports.
    for (answers, reports, closes_after_ms) in [(false, false, 5_000), (true, false, 5_000), (true, true, 0)] {
        let stage = office(9 * HOUR_S - 1_000);
        let mut board = TestBoard::open(&stage).await;
        board.tell_and_hear(1, "0000").await;
        assert_eq!(board.hear().await, sleep_for(1_000));
        let asked_ms = board.peer.at_ms();
        if answers {
            board.reply(1, None, None).await;
        }
        if reports {
            board.tell(2, "0001").await;
        }
        assert_eq!(board.peer.rest().await, "");
        assert_eq!(board.peer.at_ms() - asked_ms, closes_after_ms);
        assert_eq!(ends(&stage).await, ["stays_awake"]);
        assert_eq!(state(&stage), (BoardState::Late, None));
        assert_eq!(stage.journal.events().len(), 1);
    }
}

/// It may have something to say between the command and its answer.
#[tokio::test(start_paused = true)]
async fn a_report_before_the_answer_is_taken() {
    let stage = office(0);
    let mut board = TestBoard::open(&stage).await;
    board.tell_and_hear(1, "0000").await;
    assert_eq!(board.hear().await, sleep_for(10_800));
    board.tell_and_hear(2, "0001").await;
    board.reply(1, None, None).await;
    board.peer.close().await;
    assert_eq!(state(&stage).0, BoardState::Asleep);
}

#[tokio::test(start_paused = true)]
async fn when_the_hours_end_boards_are_told() {
    let stage = office(21 * HOUR_S - 60);
    let mut board = TestBoard::open(&stage).await;
    board.tell_and_hear(1, "0000").await;
    assert!(board.hears_nothing_for(59_000).await);
    board.tell_and_hear(2, "0000").await;
    board.peer.wait_until(60_000).await;
    stage.live.tick();
    assert_eq!(board.hear().await, sleep_for(10_800));
    assert_eq!(board.peer.at_ms(), 60_000);
}

#[tokio::test(start_paused = true)]
async fn within_the_hours_nobody_sleeps() {
    let mut board = TestBoard::open(&Stage::guarded()).await;
    board.tell_and_hear(1, "0000").await;
    assert!(board.hears_nothing_for(74_000).await);
}

#[tokio::test(start_paused = true)]
async fn an_operator_may_send_a_board_to_sleep() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    board.tell_and_hear(1, "0000").await;
    assert!(stage.boards.send(&board.hello.board, Command::Sleep { seconds: 20_000 }));
    assert_eq!(board.hear().await, sleep_for(10_800));
    board.reply(1, None, Some(10_800)).await;
    board.peer.close().await;
    assert_eq!(state(&stage), (BoardState::Asleep, Some(10_800)));
    assert_eq!(stage.statuses(), [BoothStatus::Asleep; 4]);
}
