use super::*;
use crate::testing::{Stage, permit};
use domain::{BoothStatus, Registry, ServiceHours};
use tokio::io::{AsyncWriteExt, DuplexStream, duplex};

const A: &[u8] = b"410421430441";
const HOUR_S: u32 = 3_600;

/// A connection whose far end the test holds: it plays the board.
struct Scene {
    stage: Stage,
    board: DuplexStream,
    session: tokio::task::JoinHandle<(Leave, Tally)>,
    started_at: Instant,
}

impl Scene {
    fn new(stage: Stage, first: &'static [u8]) -> Self {
        let (board, mut server) = duplex(64 * 1024);
        let live = std::sync::Arc::clone(&stage.live);
        let session = tokio::spawn(async move {
            let (permit, mut tally) = (permit(), Tally::default());
            let leave = Poller::new(&mut server, &live, &permit, &mut tally, first).run().await;
            (leave, tally)
        });
        Self { stage, board, session, started_at: Instant::now() }
    }

    /// Reads one request; says when it came, in milliseconds after the start.
    async fn request(&mut self) -> (String, u128) {
        let mut request = String::new();
        while !request.ends_with('#') {
            request.push(char::from(self.board.read_u8().await.expect("a request")));
        }
        (request, self.started_at.elapsed().as_millis())
    }

    async fn send(&mut self, bytes: &[u8]) {
        self.board.write_all(bytes).await.expect("an open connection");
    }

    /// Answers the next polls, each with one of `answers`.
    async fn answer(&mut self, answers: &[&[u8]]) {
        for answer in answers {
            assert_eq!(self.request().await.0, "datas#");
            self.send(answer).await;
        }
    }

    async fn end(self) -> (SessionEnd, Tally, Stage, u128) {
        let (leave, tally) = self.session.await.expect("no panic");
        let Leave::End(end) = leave else { panic!("{leave:?}") };
        (end, tally, self.stage, self.started_at.elapsed().as_millis())
    }
}

/// Served from nine to nine on weekdays; it is a Monday.
fn office(day_s: u32) -> Stage {
    let hours = ServiceHours::new(0b1_1111, 9 * 60, 21 * 60).expect("office hours");
    Stage::with(hours, day_s, &Registry::default())
}

/// Served on no day.
fn closed() -> Stage {
    Stage::with(ServiceHours::new(0, 0, 1).expect("no day"), 0, &Registry::default())
}

#[tokio::test(start_paused = true)]
async fn polls_twice_a_second_and_counts_samples() {
    let mut scene = Scene::new(Stage::open(), b"");
    let mut times = Vec::new();
    for _ in 0..6 {
        let (request, at_ms) = scene.request().await;
        assert_eq!(request, "datas#");
        times.push(at_ms);
        scene.send(A).await;
    }
    assert_eq!(times, [0, 500, 1_000, 1_500, 2_000, 2_500]);
    scene.request().await;
    assert_eq!(scene.stage.recorder.log(), "41:free 42:occupied 43:free 44:occupied");
    assert_eq!(scene.stage.counters.frames(DialectName::V1), 5);
    assert_eq!(scene.stage.counters.readings.get(), 24);
}

#[tokio::test(start_paused = true)]
async fn one_poll_is_outstanding_until_it_counts_as_lost() {
    let mut scene = Scene::new(Stage::open(), b"");
    scene.request().await;
    sleep(Duration::from_millis(700)).await;
    scene.send(A).await;
    assert_eq!(scene.request().await.1, 750);
    assert_eq!(scene.request().await.1, 1_650);
    scene.send(&A.repeat(2)).await;
    scene.request().await;
    assert_eq!(scene.stage.counters.frames(DialectName::V1), 1);
}

#[tokio::test(start_paused = true)]
async fn no_answer_for_five_seconds_closes() {
    let (end, _, _, at_ms) = Scene::new(Stage::open(), b"").end().await;
    assert_eq!((end, at_ms), (SessionEnd::NoAnswer, 5_000));

    let mut scene = Scene::new(Stage::open(), b"");
    scene.answer(&[A, A]).await;
    let (end, tally, stage, at_ms) = scene.end().await;
    assert_eq!((end, at_ms, tally.answers_good), (SessionEnd::NoAnswer, 5_550, 1));
    // The booths stay as they are until their deadline, and the ticker sees to it.
    stage.live.tick();
    assert!(!stage.statuses().contains(&BoothStatus::Late));
    sleep(Duration::from_millis(FRESH_FOR_MS - 5_000)).await;
    stage.live.tick();
    assert_eq!(stage.statuses(), [BoothStatus::Late; 4]);
}

#[tokio::test(start_paused = true)]
async fn only_good_answers_count_as_heard() {
    let mut scene = Scene::new(Stage::open(), b"");
    scene.answer(&[&b"hello"[..]; 10]).await;
    let (end, tally, stage, at_ms) = scene.end().await;
    assert_eq!((end, at_ms), (SessionEnd::NoAnswer, 5_000));
    assert_eq!(tally.first_dropped, Some((FrameError::Garbage, b"hello".to_vec())));
    assert_eq!(stage.counters.answers_dropped(FrameError::Garbage), 10);
}

#[tokio::test(start_paused = true)]
async fn halves_within_the_window_are_one_answer() {
    for cut in 1..A.len() {
        let mut scene = Scene::new(Stage::open(), b"");
        for _ in 0..2 {
            scene.request().await;
            scene.send(&A[..cut]).await;
            sleep(Duration::from_millis(40)).await;
            scene.send(&A[cut..]).await;
        }
        scene.request().await;
        assert_eq!(scene.stage.counters.readings.get(), 8, "cut at {cut}");
    }
}

#[tokio::test(start_paused = true)]
async fn halves_of_different_windows_are_dropped() {
    for cut in 1..A.len() {
        let mut scene = Scene::new(Stage::open(), b"");
        scene.answer(&[A, A, &A[..cut]]).await;
        sleep(Duration::from_millis(60)).await;
        scene.send(&A[cut..]).await;
        scene.answer(&[A, b""]).await;
        assert_eq!(scene.stage.counters.readings.get(), 8 + 4, "cut at {cut}");
        assert_eq!(scene.stage.counters.frames(DialectName::V1), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_dribble_is_cut_off_after_400_ms() {
    let mut scene = Scene::new(Stage::open(), b"");
    scene.answer(&[A, A]).await;
    scene.request().await;
    for byte in A {
        scene.send(&[*byte]).await;
        sleep(Duration::from_millis(45)).await;
    }
    scene.request().await;
    assert_eq!(scene.stage.counters.frames(DialectName::V1), 1);
    assert_eq!(scene.stage.counters.answers_dropped(FrameError::OtherBooths), 1);
}

#[tokio::test(start_paused = true)]
async fn an_answer_before_the_connection_dies_counts() {
    let mut scene = Scene::new(Stage::open(), b"");
    scene.answer(&[A, A]).await;
    scene.board.shutdown().await.expect("closes");
    let (end, tally, ..) = scene.end().await;
    assert_eq!((end, tally.answers_good), (SessionEnd::PeerClosed, 1));
}

#[tokio::test(start_paused = true)]
async fn outside_the_service_hours_boards_sleep_in_links() {
    for (day_s, seconds) in [(2 * HOUR_S, 2_100), (9 * HOUR_S - 601, 600), (9 * HOUR_S - 2, 1), (23 * HOUR_S, 2_100)] {
        let mut scene = Scene::new(office(day_s), b"");
        scene.answer(&[A, A]).await;
        assert_eq!(scene.request().await.0, format!("{seconds}#"), "at {day_s} s");
        scene.send(format!("Je vais dormir pendant : {seconds} secondes").as_bytes()).await;
        let (end, ..) = scene.end().await;
        assert_eq!(end, SessionEnd::Asleep { seconds });
    }
}

#[tokio::test(start_paused = true)]
async fn hours_that_never_come_are_the_longest_sleep() {
    let mut scene = Scene::new(closed(), b"");
    scene.answer(&[b"", b"4", b"", b"41", b""]).await;
    let (request, at_ms) = scene.request().await;
    assert_eq!((request.as_str(), at_ms), ("2100#", 3_700));
    drop(scene.board);
    assert_eq!(scene.session.await.expect("no panic").0, SessionEnd::Asleep { seconds: 2_100 }.into());
}

#[tokio::test(start_paused = true)]
async fn a_board_that_stays_awake_is_closed() {
    let mut scene = Scene::new(closed(), b"");
    scene.answer(&[A, A]).await;
    scene.request().await;
    for _ in 0..4 {
        sleep(Duration::from_secs(1)).await;
        scene.send(b"Etrange, j'ai recu : ").await;
    }
    let (end, _, _, at_ms) = scene.end().await;
    assert_eq!((end, at_ms), (SessionEnd::StaysAwake { seconds: 2_100 }, 6_000));
}

#[tokio::test(start_paused = true)]
async fn sleeping_booths_are_shown_asleep_once_the_hours_begin() {
    let mut scene = Scene::new(office(9 * HOUR_S - 100), b"");
    scene.answer(&[A, A]).await;
    let (_, asleep_ms) = scene.request().await;
    scene.send(b"Je vais dormir pendant : 99 secondes").await;
    let (.., stage, _) = scene.end().await;
    assert_eq!(stage.statuses(), [BoothStatus::Off; 4]);
    sleep(Duration::from_secs(101)).await;
    stage.live.tick();
    assert_eq!((stage.statuses(), asleep_ms), (vec![BoothStatus::Asleep; 4], 1_000));
    // 99 s x 1.25 + 60 s after it was told.
    sleep(Duration::from_secs(184 - 101)).await;
    stage.live.tick();
    assert_eq!(stage.statuses(), [BoothStatus::Late; 4]);
}

#[tokio::test(start_paused = true)]
async fn a_slow_v2_board_is_recognised_until_the_first_good_answer() {
    let mut scene = Scene::new(Stage::open(), b"");
    scene.request().await;
    scene.send(b"DB").await;
    sleep(Duration::from_millis(300)).await;
    scene.send(b"2 HELLO").await;
    let (leave, _) = scene.session.await.expect("no panic");
    assert_eq!(leave, Leave::SpeaksV2 { first: b"DB2 HELLO".to_vec() });

    let mut scene = Scene::new(Stage::open(), b"");
    scene.answer(&[A, A, b"\nDB2 HELLO", A]).await;
    scene.request().await;
    assert!(!scene.session.is_finished());
}

#[tokio::test(start_paused = true)]
async fn ok_to_the_first_question_is_v0_and_later_it_is_noise() {
    let mut scene = Scene::new(Stage::open(), b"01;0");
    scene.answer(&[b"01;1ok"]).await;
    assert_eq!(scene.session.await.expect("no panic").0, Leave::SpeaksV0);

    let mut scene = Scene::new(Stage::open(), b"");
    scene.answer(&[b"", b"ok", b"ok"]).await;
    assert_eq!(scene.end().await.0, SessionEnd::NoAnswer);
}

#[tokio::test(start_paused = true)]
async fn an_address_has_only_so_many_boards() {
    let stage = Stage::open();
    let admission = crate::admission::Admission::new(crate::admission::Limits { total_max: 16, per_address_max: 1 });
    let admit = || admission.admit([10, 0, 0, 1].into()).expect("room").0;
    let first = admit();
    first.answers().expect("room for one");
    let second = admit();
    let (mut board, mut server) = duplex(1_024);
    let mut tally = Tally::default();
    let feed = tokio::spawn(async move {
        for _ in 0..2 {
            sleep(Duration::from_millis(10)).await;
            board.write_all(A).await.expect("an open connection");
            sleep(Duration::from_millis(490)).await;
        }
        board
    });
    let leave = Poller::new(&mut server, &stage.live, &second, &mut tally, b"").run().await;
    assert_eq!(leave, SessionEnd::TooMany(crate::Refusal::Address).into());
    assert_eq!(stage.counters.readings.get(), 0);
    feed.await.expect("no panic");
}

#[tokio::test(start_paused = true)]
async fn booths_of_no_floor_are_counted() {
    let mut scene = Scene::new(Stage::open(), b"Etrange, j'ai recu : ");
    scene.answer(&[b"410990", b"410990", b""]).await;
    assert_eq!(scene.stage.counters.readings.get(), 2);
    assert_eq!(scene.stage.counters.readings_unwatched.get(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_does_not_read_is_closed() {
    let stage = Stage::open();
    let (mut board, mut server) = duplex(16);
    let live = std::sync::Arc::clone(&stage.live);
    let feed = tokio::spawn(async move {
        while board.write_all(A).await.is_ok() {
            sleep(Duration::from_millis(500)).await;
        }
    });
    let (permit, mut tally) = (permit(), Tally::default());
    let leave = Poller::new(&mut server, &live, &permit, &mut tally, b"").run().await;
    assert_eq!(leave, SessionEnd::Stalled.into());
    drop(server);
    feed.await.expect("no panic");
}
