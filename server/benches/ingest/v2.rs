//! Boards of version 2.

use crate::load::{Answers, Open, Talk, connect};
use anyhow::{Context, bail, ensure};
use bytes::{Buf, BytesMut};
use domain::{BoardId, ChannelReport, EventId};
use ingest::v2::{
    Hello, MasterSecret, Report, ServerLine, SessionKeys, decode_server_line, encode_auth, encode_hello, encode_report,
};
use std::net::SocketAddr;
use std::ops::Range;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) const CHANNELS: u8 = 3;
/// A booth looks different after so many frames of its board: an office's booths change far less often.
const FRAMES_PER_CHANGE: u32 = 100;
/// Of a window of 60: some samples are high while somebody is there.
const SAMPLES_PRESENT: u16 = 23;

/// The name of a board.
pub(crate) fn board_id(number: usize) -> anyhow::Result<BoardId> {
    BoardId::new(format!("bench-{number}")).context("a name for a board")
}

/// A board whose session is open.
pub(crate) struct Board {
    pub(crate) stream: TcpStream,
    pub(crate) talk: V2,
}

/// Opens the session of a board that has been started `boot` times.
pub(crate) async fn open(
    server: SocketAddr,
    number: usize,
    master: Arc<MasterSecret>,
    boot: u32,
) -> anyhow::Result<Board> {
    let mut stream = connect(server, number).await?;
    let keys = shake_hands(&mut stream, number, &master, boot).await?;
    let (turn, ready) = (u32::try_from(number)?, Ready::default());
    Ok(Board { stream, talk: V2 { keys, report: first_report(boot), turn, ready, checked: false } })
}

impl Board {
    /// Ready for the load, with so many frames signed beforehand.
    pub(crate) fn signed(mut self, frames: u32) -> Open {
        self.talk.sign_beforehand(frames);
        Open { stream: self.stream, talk: Box::new(self.talk) }
    }
}

/// A frame as a board sends it: its bytes are the payload of the peers as well.
pub(crate) fn sample_frame() -> anyhow::Result<Vec<u8>> {
    let keys = MasterSecret::new([0; 32]).board_key(&board_id(100)?, 1).session_keys(b"", b"");
    let mut text = String::new();
    let (seq, n) = (100, 100);
    encode_report(&mut text, &keys, &Report { seq, event: EventId { boot: 1, n }, ..first_report(1) });
    Ok(text.into_bytes())
}

async fn shake_hands(
    stream: &mut TcpStream,
    number: usize,
    master: &MasterSecret,
    boot: u32,
) -> anyhow::Result<SessionKeys> {
    let board = board_id(number)?;
    let secret = master.board_key(&board, 1);
    let hello = Hello {
        board,
        key_version: 1,
        nonce: [7; 16],
        boot,
        channels: CHANNELS,
        firmware: "bench".to_owned(),
        reset_reason: "power".to_owned(),
    };
    let (mut first, mut bytes) = (String::new(), BytesMut::new());
    encode_hello(&mut first, &hello);
    stream.write_all(first.as_bytes()).await?;
    let challenge = read_line(stream, &mut bytes).await?;
    let keys = secret.session_keys(first.trim_end().as_bytes(), &challenge);
    let mut auth = String::new();
    encode_auth(&mut auth, &keys);
    stream.write_all(auth.as_bytes()).await?;
    match decode_server_line(&read_line(stream, &mut bytes).await?, Some(&keys))? {
        ServerLine::Ok { .. } if bytes.is_empty() => Ok(keys),
        other => bail!("board {number} is told {other:?}"),
    }
}

async fn read_line(stream: &mut TcpStream, bytes: &mut BytesMut) -> anyhow::Result<BytesMut> {
    loop {
        if let Some(line) = take_line(bytes) {
            return Ok(line);
        }
        ensure!(stream.read_buf(bytes).await? > 0, "the server has closed a connection");
    }
}

fn take_line(bytes: &mut BytesMut) -> Option<BytesMut> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let line = bytes.split_to(end);
    bytes.advance(1);
    Some(line)
}

fn first_report(boot: u32) -> Report {
    Report {
        seq: 0,
        event: EventId { boot, n: 0 },
        age_ms: 12,
        channels: vec![ChannelReport { high: false, high_samples: 0 }; usize::from(CHANNELS)],
        battery_mv: 3_712,
        rssi_dbm: -67,
        up_s: 4_321,
        gap: 0,
    }
}

/// What the board says.
pub(crate) struct V2 {
    keys: SessionKeys,
    report: Report,
    /// So that boards do not change together.
    turn: u32,
    ready: Ready,
    checked: bool,
}

/// Frames that have been signed already: a saturated run measures the server, not how fast a load can sign.
#[derive(Default)]
struct Ready {
    bytes: String,
    frames: Vec<Range<usize>>,
    next: usize,
}

impl V2 {
    fn sign_beforehand(&mut self, frames: u32) {
        let mut ready = Ready::default();
        for _ in 0..frames {
            let start = ready.bytes.len();
            self.sign_next(&mut ready.bytes);
            ready.frames.push(start..ready.bytes.len());
        }
        self.ready = ready;
    }

    fn sign_next(&mut self, out: &mut String) {
        let report = &mut self.report;
        report.seq += 1;
        report.event.n = report.seq;
        for (at, channel) in (0..).zip(&mut report.channels) {
            let present = (self.turn + report.seq + at * FRAMES_PER_CHANGE / 3) / FRAMES_PER_CHANGE % 2 == 1;
            channel.high = present && report.seq.is_multiple_of(2);
            channel.high_samples = if present { SAMPLES_PRESENT } else { 0 };
        }
        encode_report(out, &self.keys, report);
    }
}

impl Talk for V2 {
    fn frame(&mut self, out: &mut Vec<u8>) {
        if let Some(range) = self.ready.frames.get(self.ready.next) {
            self.ready.next += 1;
            out.extend_from_slice(&self.ready.bytes.as_bytes()[range.clone()]);
            return;
        }
        let mut line = String::new();
        self.sign_next(&mut line);
        out.extend_from_slice(line.as_bytes());
    }

    fn answers(&mut self, bytes: &mut BytesMut) -> anyhow::Result<Answers> {
        let mut answers = Answers::default();
        while let Some(line) = take_line(bytes) {
            // Believing the rest saves the load work that a broker's client does not have either.
            if !std::mem::replace(&mut self.checked, true) {
                decode_server_line(&line, Some(&self.keys))?;
            }
            match line.get(..6) {
                Some(b"DB2 A ") => answers.acknowledged += 1,
                Some(b"DB2 N ") => answers.refused += 1,
                _ => bail!("a board is told {:?}", line.escape_ascii().to_string()),
            }
        }
        Ok(answers)
    }
}
