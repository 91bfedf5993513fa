use super::super::super::chance::Chance;
use super::super::super::presence::{Presence, Story};
use super::super::Credential;
use super::*;
use domain::{EventId, UtcMs};
use ingest::v2::{
    BoardLine, BoardSecret, Command, Report, decode_auth, decode_board_line, decode_hello, encode_challenge,
    encode_command, encode_ok, encode_refusal, encode_verdict, verify,
};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::Instant;

const BOOT: u32 = 1_000;

fn secret() -> BoardSecret {
    BoardSecret::new([7; 32])
}

/// Starts a board that was switched on ten seconds ago, so that it has something to say.
async fn start() -> (TcpListener, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let started_at = Instant::now().checked_sub(Duration::from_secs(10)).expect("the machine is older");
    let story = Story::Script("0s 42 occupied".parse().expect("a script"));
    let board = Board::new(
        "board-1=41,42".parse().expect("booths"),
        listener.local_addr().expect("bound").to_string(),
        Arc::new(Presence { story, started_at, speed: 1_000 }),
        Chance::new(1, 1),
        Credential { key_version: 3, secret: secret() },
        BOOT,
    );
    (listener, tokio::spawn(board.run()))
}

/// The server's end.
struct Peer {
    lines: Lines,
    writer: OwnedWriteHalf,
    keys: SessionKeys,
}

impl Peer {
    /// Takes a connection up to the board's `AUTH`; `first` goes before the challenge.
    async fn accept(listener: &TcpListener, first: &str) -> (Hello, Self) {
        let accepted = timeout(Duration::from_secs(20), listener.accept()).await.expect("in time");
        let (reader, mut writer) = accepted.expect("a connection").0.into_split();
        let mut lines = FramedRead::new(reader, LineCodec);
        let hello = next_line(&mut lines).await.expect("HELLO");
        let mut challenge = String::new();
        encode_challenge(&mut challenge, &[9; 16]);
        write(&mut writer, &format!("{first}{challenge}")).await.expect("written");
        let keys = secret().session_keys(&hello, challenge.trim_end().as_bytes());
        decode_auth(&next_line(&mut lines).await.expect("AUTH"), &keys).expect("its key");
        (decode_hello(&hello).expect("HELLO"), Self { lines, writer, keys })
    }

    async fn open(listener: &TcpListener) -> (Hello, Self) {
        let (hello, mut peer) = Self::accept(listener, "").await;
        peer.say(|out, keys| encode_ok(out, keys, UtcMs(0), 30, 30, EventId::NONE)).await;
        (hello, peer)
    }

    async fn say(&mut self, encode: impl FnOnce(&mut String, &SessionKeys)) {
        let mut out = String::new();
        encode(&mut out, &self.keys);
        write(&mut self.writer, &out).await.expect("written");
    }

    async fn hear(&mut self) -> BoardLine {
        let line = timeout(Duration::from_secs(10), next_line(&mut self.lines)).await.expect("in time");
        let line = line.expect("a line");
        decode_board_line(verify(&line, &self.keys.from_board).expect("signed"), 2).expect("a line of v2")
    }

    async fn hear_report(&mut self) -> Report {
        let BoardLine::Report(report) = self.hear().await else { panic!("no report") };
        report
    }

    /// Whether the board leaves without another word.
    async fn is_left(&mut self) -> bool {
        let line = timeout(Duration::from_secs(10), self.lines.next()).await.expect("in time");
        matches!(line, None | Some(Err(_)))
    }
}

#[tokio::test]
async fn a_night_and_the_morning() {
    let (listener, board) = start().await;
    let (hello, mut peer) = Peer::open(&listener).await;
    assert_eq!((hello.board.as_str(), hello.key_version, hello.boot, hello.channels), ("board-1", 3, BOOT, 2));
    assert_eq!((hello.firmware.as_str(), hello.reset_reason.as_str()), (FIRMWARE, "poweron"));
    let (first, second) = (peer.hear_report().await, peer.hear_report().await);
    let ids = [(1, EventId { boot: BOOT, n: 1 }), (2, EventId { boot: BOOT, n: 2 })];
    assert_eq!([(first.seq, first.event), (second.seq, second.event)], ids);
    assert_eq!(second.channels.iter().map(|channel| channel.high).collect::<Vec<_>>(), [false, true]);
    assert!((6_500..9_000).contains(&first.age_ms) && second.age_ms < 2_500, "{first:?} {second:?}");

    peer.say(|out, keys| encode_verdict(out, keys, 1, first.event, None)).await;
    peer.say(|out, keys| encode_verdict(out, keys, 2, second.event, Some(0))).await;
    let again = peer.hear_report().await;
    assert_eq!((again.seq, again.event), (3, second.event));

    peer.say(|out, keys| encode_command(out, keys, 1, &Command::Sleep { seconds: 3_000 })).await;
    let BoardLine::Reply(reply) = peer.hear().await else { panic!("no reply") };
    assert_eq!((reply.k, reply.error, reply.sleep_s), (1, None, Some(3_000)));
    assert!(peer.is_left().await);
    drop(peer);
    let asleep_at = Instant::now();

    let (hello, mut peer) = Peer::open(&listener).await;
    assert!(asleep_at.elapsed() >= Duration::from_millis(2_900), "{:?}", asleep_at.elapsed());
    assert_eq!((hello.boot, hello.reset_reason.as_str()), (BOOT, "deepsleep"));
    assert_eq!(peer.hear_report().await.event, second.event);
    assert_eq!(peer.hear_report().await.event.n, 3);
    board.abort();
}

#[tokio::test]
async fn obeys_nobody_without_the_key() {
    let (listener, board) = start().await;
    let other = BoardSecret::new([8; 32]).session_keys(b"DB2 HELLO", b"DB2 CHAL");
    // Who cannot sign `OK` hears nothing.
    let (_, mut peer) = Peer::accept(&listener, "").await;
    peer.say(|out, _| encode_ok(out, &other, UtcMs(0), 30, 30, EventId::NONE)).await;
    assert!(peer.is_left().await);
    // Nor is a command of somebody else obeyed, nor one that comes twice.
    type Forge<'a> = &'a dyn Fn(&mut String, &SessionKeys);
    let forged: [Forge<'_>; 3] = [
        &|out, _| encode_command(out, &other, 1, &Command::Reboot),
        &|out, keys| encode_command(out, keys, 2, &Command::Reboot),
        &|out, _| encode_refusal(out, 409),
    ];
    for forge in forged {
        let (hello, mut peer) = Peer::open(&listener).await;
        assert_eq!(hello.reset_reason, "poweron");
        peer.hear_report().await;
        peer.hear_report().await;
        peer.say(forge).await;
        while let Some(Ok(line)) = peer.lines.next().await {
            let body = verify(&line, &peer.keys.from_board).expect("signed");
            assert!(body.starts_with("DB2 D "), "{body}");
        }
    }
    board.abort();
}

#[tokio::test]
async fn passes_over_a_poll_and_knows_its_commands() {
    let (listener, board) = start().await;
    let (_, mut peer) = Peer::accept(&listener, "datas#").await;
    peer.say(|out, keys| encode_ok(out, keys, UtcMs(0), 30, 30, EventId::NONE)).await;
    for seq in 1..=2 {
        assert_eq!(peer.hear_report().await.seq, seq);
    }
    let commands = ["id", "dance to=music", "reboot"];
    for (k, (command, error)) in (1..).zip(commands.into_iter().zip([None, Some("unknown"), None])) {
        peer.say(|out, keys| {
            *out = format!("DB2 C {k} {command}");
            ingest::v2::sign(out, 0, &keys.from_server);
        })
        .await;
        let BoardLine::Reply(reply) = peer.hear().await else { panic!("no reply") };
        assert_eq!((reply.k, reply.error.as_deref()), (k, error), "{command}");
    }
    assert!(peer.is_left().await);
    drop(peer);
    let (hello, _) = Peer::open(&listener).await;
    assert_eq!((hello.boot, hello.reset_reason.as_str()), (BOOT, "reboot"));
    board.abort();
}

#[test]
fn polls_before_the_first_line() {
    let cases = [("DB2 CHAL sn=1", "DB2 CHAL sn=1"), ("datas#DB2 E 400", "DB2 E 400"), ("a#b#c", "c"), ("", "")];
    for (line, expect) in cases {
        assert_eq!(without_poll(line.as_bytes()), expect.as_bytes(), "{line}");
    }
}
