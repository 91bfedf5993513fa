use super::*;

/// Makes a line of a board whose first event is kept and which has the server's lines so far.
type Line = fn(&mut TestBoard, &Said) -> String;

/// What has gone over the wire before.
struct Said {
    report: String,
    verdict: String,
    /// A report of another session of the same board.
    elsewhere: String,
}

fn fresh(board: &mut TestBoard) -> String {
    let report = board.report(2, "1111");
    board.signed(&report)
}

const VIOLATIONS: &[(&str, Line, u16, LineRefusal)] = &[
    ("the same report twice", |_, said| said.report.clone(), 400, LineRefusal::Order),
    (
        "a number left out",
        |board, _| {
            fresh(board);
            fresh(board)
        },
        400,
        LineRefusal::Order,
    ),
    (
        "another start",
        |board, _| {
            let report = Report { event: EventId { boot: 6, n: 9 }, ..board.report(2, "1111") };
            board.signed(&report)
        },
        400,
        LineRefusal::Order,
    ),
    ("a reply to nothing", |board, _| board.sign("DB2 R 1 ok"), 400, LineRefusal::Order),
    ("the server's own line", |_, said| said.verdict.clone(), 401, LineRefusal::Mac),
    ("another session's line", |_, said| said.elsewhere.clone(), 401, LineRefusal::Mac),
    ("a bit changed", |board, _| fresh(board).replace("s=1111", "s=0111"), 401, LineRefusal::Mac),
    ("another age", |board, _| fresh(board).replace("age=0", "age=1"), 401, LineRefusal::Mac),
    ("another MAC", |board, _| fresh(board).replace(" mac=", " x=1 mac="), 401, LineRefusal::Mac),
    ("proof again", |board, _| auth_line(&board.keys), 401, LineRefusal::Mac),
    ("proof in its bare form", |board, _| auth_line(&board.keys).replace("DB2 ", ""), 400, LineRefusal::Malformed),
    (
        "upper-case hex",
        |board, _| {
            let line = fresh(board);
            let (body, mac) = line.split_once(" mac=").expect("a MAC");
            format!("{body} mac={}", mac.to_uppercase())
        },
        400,
        LineRefusal::Malformed,
    ),
    ("a tab for a space", |board, _| fresh(board).replacen(' ', "\t", 1), 400, LineRefusal::Malformed),
    (
        "two spaces",
        |board, _| board.sign("DB2 D 2  ev=7.2 age=0 s=1111 m=9,9,9,9 bat=1 rssi=-1 up=1"),
        400,
        LineRefusal::Malformed,
    ),
    ("no text", |board, _| fresh(board).replacen('D', "\u{e9}", 1), 400, LineRefusal::Malformed),
    ("no MAC", |_, _| "DB2 D 2 ev=7.2 age=0 s=1111 m=9,9,9,9 bat=1 rssi=-1 up=1\n".into(), 400, LineRefusal::Malformed),
    ("nothing", |_, _| "\n".into(), 400, LineRefusal::Malformed),
    ("HTTP", |_, _| "GET / HTTP/1.1\r\n\r\n".into(), 400, LineRefusal::Malformed),
    ("v1", |_, _| "411421431441\n".into(), 400, LineRefusal::Malformed),
    ("its first line again", |board, _| hello_line(&board.hello), 400, LineRefusal::Malformed),
    (
        "more channels than it said",
        |board, _| {
            let report = board.report(2, "11111");
            board.signed(&report)
        },
        400,
        LineRefusal::Malformed,
    ),
    ("a verdict", |board, _| board.sign("DB2 A 1 ev=7.1"), 400, LineRefusal::Malformed),
    ("257 bytes", |board, _| of_length(board, 257), 413, LineRefusal::TooLong),
    ("no end", |_, _| "x".repeat(256), 413, LineRefusal::TooLong),
];

/// A report of so many bytes, all right but for that.
fn of_length(board: &TestBoard, bytes: usize) -> String {
    let report = "DB2 D 2 ev=7.2 age=0 s=1111 m=9,9,9,9 bat=1 rssi=-1 up=1 later=";
    let padding = bytes - report.len() - " mac=".len() - 32 - "\n".len();
    board.sign(&format!("{report}{}", "x".repeat(padding)))
}

#[tokio::test(start_paused = true)]
async fn each_ends_the_session_and_changes_nothing() {
    for (name, line, code, refusal) in VIOLATIONS {
        let stage = Stage::guarded();
        let mut other = TestBoard::open(&stage).await;
        let elsewhere = fresh(&mut other);
        other.peer.close().await;

        let mut board = TestBoard::open(&stage).await;
        let report = board.report(1, "0000");
        let report = board.signed(&report);
        board.peer.send(&report).await;
        let verdict = board.peer.line().await.expect("a verdict") + "\n";
        let said = Said { report, verdict, elsewhere };
        let before = (stage.recorder.log(), stage.journal.events());

        let bad = line(&mut board, &said);
        board.peer.send(bad).await;
        assert_eq!(board.end().await, format!("DB2 E {code}\n"), "{name}");
        assert_eq!(ends(&stage).await, ["closed", "line_refused"], "{name}");
        assert_eq!((stage.recorder.log(), stage.journal.events()), before, "{name}");
        let refused = |refusal: &LineRefusal| stage.counters.lines_refused(*refusal);
        let counted: Vec<_> = LineRefusal::ALL.iter().filter(|refusal| refused(refusal) > 0).collect();
        assert_eq!((counted, refused(refusal)), (vec![refusal], 1), "{name}");
    }
}

/// What is right before the wrong line is still kept and acknowledged by the time it has to be: the board asks again.
#[tokio::test(start_paused = true)]
async fn what_came_before_in_the_same_segment_counts() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    let good = fresh(&mut board);
    board.peer.send(good.clone() + &good).await;
    assert_eq!(board.end().await, "DB2 E 400\n");
    sleep(Duration::from_millis(50)).await;
    assert_eq!(stage.journal.events(), [EventId { boot: 7, n: 2 }]);
}

#[tokio::test(start_paused = true)]
async fn what_later_versions_may_write() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    board.tell_and_hear(1, "0000").await;
    let longest = of_length(&board, 256);
    assert_eq!(longest.len(), 256);
    board.peer.send(longest).await;
    assert_eq!(board.hear().await, ServerLine::Stored { seq: 2, event: EventId { boot: 7, n: 2 } });
    let report = "DB2 D 3 ev=7.3 age=0 s=0000 m=0,0,0,0 bat=1 rssi=-1 up=1";
    let with_cr = board.sign(report).replace('\n', "\r\n");
    board.peer.send(with_cr).await;
    assert_eq!(board.hear().await, ServerLine::Stored { seq: 3, event: EventId { boot: 7, n: 3 } });
}
