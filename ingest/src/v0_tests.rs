use super::*;
use crate::testing::{Peer, Stage, registry};
use domain::{BoothNumber, Registry, ServiceHours, V0Wire};

fn pushes(bytes: &str) -> String {
    let mut decoder = Decoder::default();
    let show = |push: Push| format!("{}={}", push.number, u8::from(push.high));
    bytes.bytes().filter_map(|byte| decoder.push(byte)).map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn pushes_in_a_stream() {
    let cases = [
        ("01;0", "1=0"),
        ("01;001;102;0", "1=0 1=1 2=0"),
        ("01;0\r\n01;1\r\n", "1=0 1=1"),
        ("01;0ok01;1", "1=0 1=1"),
        ("1;0", ""),
        ("01;2", ""),
        ("01;x01;1", "1=1"),
        ("x1;0", ""),
        ("01:0", ""),
        ("9901;0", "1=0"),
        ("410421430441", ""),
    ];
    for (bytes, expect) in cases {
        assert_eq!(pushes(bytes), expect, "{bytes}");
    }
}

#[test]
fn how_it_answers_a_question() {
    for (bytes, expect) in [
        ("ok", true),
        ("ok\r\n", true),
        ("01;0ok", true),
        ("ok01;101;0", true),
        ("", false),
        ("okay", false),
        ("01;0", false),
        ("410421430441", false),
        ("okok", false),
    ] {
        assert_eq!(is_answer(bytes.as_bytes()), expect, "{bytes}");
    }
}

proptest::proptest! {
    /// No push comes out that did not go in.
    #[test]
    fn any_bytes(bytes in "[0-9;okx\r\n]{0,80}|.{0,80}") {
        let mut decoder = Decoder::default();
        for (at, byte) in bytes.bytes().enumerate() {
            if let Some(Push { number, high }) = decoder.push(byte) {
                assert_eq!(&bytes.as_bytes()[at - 3..=at], format!("{number:02};{}", u8::from(high)).as_bytes());
            }
        }
        is_answer(bytes.as_bytes());
    }
}

/// A server on which number 1 of this address means booth 42, and number 2 means none.
fn stage(guarded: bool) -> Stage {
    let wire = V0Wire { address: [10, 0, 0, 1].into(), number: 1, booth: BoothNumber(42) };
    let elsewhere = V0Wire { address: [10, 0, 0, 2].into(), number: 2, booth: BoothNumber(43) };
    let boards = if guarded { registry(&[1]).boards } else { Vec::new() };
    let registry = Registry { boards, v0_wires: vec![wire, elsewhere] };
    Stage::with(ServiceHours::ALWAYS, 12 * 3_600, &registry)
}

/// The first question comes after 750 ms, and its answer ends with 50 ms of silence.
const RECOGNISED_AT_MS: u64 = 800;

/// A board that has answered the first question.
async fn recognised(stage: &Stage, answer: &str) -> Peer {
    let mut board = Peer::connect(stage, true);
    board.expect("datas#").await;
    board.send(answer).await;
    board.wait_until(RECOGNISED_AT_MS + 10).await;
    board
}

#[tokio::test(start_paused = true)]
async fn is_listened_to_and_never_asked_again() {
    let stage = stage(false);
    let mut board = recognised(&stage, "ok\r\n").await;
    for push in ["01;1\r\n", "02;1\r\n", "01;", "1\r\n"] {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        board.send(push).await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(stage.recorder.log(), "42:occupied");
    let counters = &stage.counters;
    assert_eq!((counters.frames(DialectName::V0), counters.frames(DialectName::V1)), (3, 0));
    assert_eq!((counters.readings.get(), counters.readings_unwatched.get()), (6, 1));
    let heard_ms = board.at_ms() - 100;
    assert_eq!((board.rest().await.as_str(), board.at_ms() - heard_ms), ("", 5_000));
}

#[tokio::test(start_paused = true)]
async fn speaks_before_it_is_asked() {
    let stage = stage(false);
    let mut board = Peer::connect(&stage, true);
    board.send("01;0").await;
    board.expect("datas#").await;
    board.send("01;0ok").await;
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        board.send("01;1").await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(stage.recorder.log(), "42:occupied");
}

#[tokio::test(start_paused = true)]
async fn speaks_for_no_booth_whose_board_has_a_key() {
    let stage = stage(true);
    let mut board = recognised(&stage, "ok").await;
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        board.send("01;1").await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!((stage.recorder.log().as_str(), stage.counters.readings_downgraded.get()), ("", 9));
    let alerts = stage.boards.alerts().list(stage.live.now().mono);
    assert_eq!(alerts, [crate::Alert::Downgrade { booth: BoothNumber(42) }]);
}

#[tokio::test(start_paused = true)]
async fn goes_on_for_hours_with_line_ends() {
    let stage = stage(false);
    let mut board = recognised(&stage, "ok\r\n").await;
    for _ in 0..5_000 {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        board.send("01;0\r\n").await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(stage.counters.frames(DialectName::V0), 5_000);
}

#[tokio::test(start_paused = true)]
async fn noise_ends_it() {
    let stage = stage(false);
    let mut board = recognised(&stage, "ok").await;
    board.send("x".repeat(GARBAGE_MAX + 1)).await;
    let asked_ms = board.at_ms();
    assert_eq!((board.rest().await.as_str(), board.at_ms()), ("", asked_ms));
    // Digits alone are no reading either.
    let mut board = recognised(&stage, "ok").await;
    for _ in 0..5 {
        board.send("0".repeat(1_000)).await;
        tokio::time::sleep(Duration::from_millis(990)).await;
    }
    assert_eq!((board.rest().await.as_str(), board.at_ms()), ("", u128::from(RECOGNISED_AT_MS) + 5_000));
}
