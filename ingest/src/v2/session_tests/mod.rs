//! A board over a wire in memory, with paused time, against whole connections.

use super::*;
use crate::testing::{HEARTBEAT_S, Peer, Stage, board, master};
use crate::v2::{ServerLine, decode_server_line, encode_auth, encode_hello, encode_reply, encode_report, sign};
use domain::{BoardKey, ChannelReport, RegisteredBoard, Registry, ServiceHours};
use tokio::time::sleep;
use tokio::time::timeout;

mod commands;
mod handshake;
mod reports;
mod sleep;
mod takeover;
mod violations;

/// A board whose session is open.
struct TestBoard {
    peer: Peer,
    hello: Hello,
    keys: SessionKeys,
    /// Of the line that it has written last.
    seq: u32,
    /// What the server opened its session with.
    ok: ServerLine,
}

/// Board `b-4a` at its seventh start.
fn hello() -> Hello {
    Hello {
        board: board(),
        key_version: 1,
        nonce: [9; 16],
        boot: 7,
        channels: 4,
        firmware: "2.0.0".into(),
        reset_reason: "deepsleep".into(),
    }
}

fn hello_line(hello: &Hello) -> String {
    let mut line = String::new();
    encode_hello(&mut line, hello);
    line
}

fn auth_line(keys: &SessionKeys) -> String {
    let mut line = String::new();
    encode_auth(&mut line, keys);
    line
}

/// Says who it is; the keys that follow from the server's challenge, if this is its master secret.
async fn knock(peer: &mut Peer, hello: &Hello, master: &crate::v2::MasterSecret) -> SessionKeys {
    let line = hello_line(hello);
    peer.send(&line).await;
    let challenge = peer.line().await.expect("a challenge");
    assert!(matches!(decode_server_line(challenge.as_bytes(), None), Ok(ServerLine::Challenge { .. })), "{challenge}");
    let key = master.board_key(&hello.board, hello.key_version);
    key.session_keys(line.trim_end().as_bytes(), challenge.as_bytes())
}

impl TestBoard {
    async fn open(stage: &Stage) -> Self {
        Self::open_as(stage, hello()).await.expect("a session")
    }

    /// A session, or what the server says instead.
    async fn open_as(stage: &Stage, hello: Hello) -> Result<Self, String> {
        Self::open_over(Peer::connect(stage, false), hello).await
    }

    async fn open_over(mut peer: Peer, hello: Hello) -> Result<Self, String> {
        let keys = knock(&mut peer, &hello, &master()).await;
        peer.send(auth_line(&keys)).await;
        let line = peer.line().await.unwrap_or_default();
        match decode_server_line(line.as_bytes(), Some(&keys)) {
            Ok(ok @ ServerLine::Ok { .. }) => Ok(Self { peer, hello, keys, seq: 0, ok }),
            _ => Err(line),
        }
    }

    /// Its next report: event `n`, with plenty of movement where `states` has a 1, made just now.
    fn report(&mut self, n: u32, states: &str) -> Report {
        self.seq += 1;
        let channel = |state| ChannelReport { high: state == '1', high_samples: if state == '1' { 37 } else { 0 } };
        Report {
            seq: self.seq,
            event: EventId { boot: self.hello.boot, n },
            age_ms: 0,
            channels: states.chars().map(channel).collect(),
            battery_mv: 3_700,
            rssi_dbm: -67,
            up_s: 600,
            gap: 0,
        }
    }

    fn signed(&self, report: &Report) -> String {
        let mut line = String::new();
        encode_report(&mut line, &self.keys, report);
        line
    }

    /// This line with its MAC.
    fn sign(&self, body: &str) -> String {
        let mut line = body.to_owned();
        sign(&mut line, 0, &self.keys.from_board);
        line
    }

    async fn tell(&mut self, n: u32, states: &str) {
        let report = self.report(n, states);
        self.tell_exactly(&report).await;
    }

    async fn tell_exactly(&mut self, report: &Report) {
        let line = self.signed(report);
        self.peer.send(line).await;
    }

    async fn reply(&mut self, k: u32, error: Option<&str>, sleep_s: Option<u32>) {
        let mut line = String::new();
        let reply = Reply { k, error: error.map(str::to_owned), sleep_s, battery_mv: Some(3_700) };
        encode_reply(&mut line, &self.keys, &reply);
        self.peer.send(line).await;
    }

    /// The next line of the server, which must be signed.
    async fn hear(&mut self) -> ServerLine {
        let line = self.peer.line().await.expect("a line");
        decode_server_line(line.as_bytes(), Some(&self.keys)).expect(&line)
    }

    /// Whether nothing comes for so long.
    async fn hears_nothing_for(&mut self, ms: u64) -> bool {
        timeout(Duration::from_millis(ms), self.peer.line()).await.is_err()
    }

    /// Reports, and waits until it is acknowledged.
    async fn tell_and_hear(&mut self, n: u32, states: &str) {
        self.tell(n, states).await;
        let (seq, boot) = (self.seq, self.hello.boot);
        assert_eq!(self.hear().await, ServerLine::Stored { seq, event: EventId { boot, n } });
    }

    /// All that the server still says, when it has closed.
    async fn end(mut self) -> String {
        let rest = self.peer.rest().await;
        self.peer.close().await;
        rest
    }
}

/// The reasons for which sessions ended, as history keeps them.
async fn ends(stage: &Stage) -> Vec<String> {
    sleep(Duration::from_millis(20)).await;
    let records = stage.journal.records.lock().expect("not poisoned");
    let end = |record: &Record| match record {
        Record::SessionEnded(end) => Some(end.reason.clone()),
        _ => None,
    };
    records.iter().filter_map(end).collect()
}

/// Board `b-4a` with these versions of its key, revoked or not.
fn registry(keys: &[(u8, bool)], era: u32, last: Option<EventId>) -> Registry {
    let keys = keys.iter().map(|(version, revoked)| BoardKey { version: *version, revoked: *revoked }).collect();
    Registry { boards: vec![RegisteredBoard { id: board(), era, keys, last, heartbeat_s: None }], v0_wires: Vec::new() }
}

/// Always served.
fn stage(registry: &Registry) -> Stage {
    Stage::with(ServiceHours::ALWAYS, 12 * 3_600, registry)
}
