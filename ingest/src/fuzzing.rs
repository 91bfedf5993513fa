//! What holds whatever a peer sends, for the tests and for the programs in `fuzz/`. In no build that serves boards.

#![allow(clippy::expect_used, reason = "it is there to fail")]

use crate::v1::decoder::{Decoded, Decoder};
use crate::v2::{
    BoardLine, BoardSecret, LineCodec, Reply, Report, ServerLine, SessionKeys, decode_board_line, decode_hello,
    decode_server_line, encode_challenge, encode_command, encode_hello, encode_ok, encode_refusal, encode_reply,
    encode_report, encode_verdict, sign, verify,
};
use bytes::BytesMut;
use domain::EventId;
use std::sync::LazyLock;
use tokio_util::codec::Decoder as _;

/// Ends an answer in a script for [`v1_decoder`].
const ANSWER_ENDS: u8 = b'|';
/// Ends what has come too late to be an answer.
const LATE_ENDS: u8 = b'~';
const CHANNELS_MAX: u8 = 8;

static KEYS: LazyLock<SessionKeys> = LazyLock::new(|| BoardSecret::new([1; 32]).session_keys(b"HELLO", b"CHAL"));

/// Plays a script to the decoder of v1: `|` ends an answer, `~` what comes too late, and all else is what the board sends.
/// How it is cut changes nothing, and no reading comes out that did not go in.
///
/// # Panics
/// When that is not so.
pub fn v1_decoder(script: &[u8]) {
    let (mut whole, mut by_bytes) = (Decoder::new(), Decoder::new());
    // The digits of the answer that is kept, if one is.
    let mut kept = Vec::new();
    for part in script.split_inclusive(|byte| matches!(*byte, ANSWER_ENDS | LATE_ENDS)) {
        let (sent, end) = match part.split_last() {
            Some((end @ (&ANSWER_ENDS | &LATE_ENDS), sent)) => (sent, *end),
            _ => (part, ANSWER_ENDS),
        };
        whole.push(sent);
        sent.iter().for_each(|byte| by_bytes.push(&[*byte]));
        if end == LATE_ENDS {
            whole.end_late();
            by_bytes.end_late();
            continue;
        }
        let decoded = whole.end_answer();
        assert_eq!(decoded, by_bytes.end_answer(), "at another cut of {}", sent.escape_ascii());
        let digits: Vec<u8> = sent.iter().copied().filter(u8::is_ascii_digit).collect();
        match decoded {
            Decoded::Readings(readings) => {
                assert!(readings.len() * 3 <= 2 * Decoder::DIGITS_MAX);
                for reading in readings {
                    let text = format!("{:02}{}", reading.booth.0, u8::from(reading.high));
                    let was_sent = |digits: &[u8]| digits.windows(3).any(|three| three == text.as_bytes());
                    assert!(was_sent(&digits) || was_sent(&kept), "{text} in {}", sent.escape_ascii());
                }
            }
            Decoded::Kept | Decoded::Dropped(crate::FrameError::OtherBooths) => kept = digits,
            Decoded::Nothing | Decoded::Dropped(_) => {}
        }
    }
}

/// Cuts bytes into lines of v2, and reads each as every kind of line. How they come changes nothing; what can be read is
/// what can be written, up to the fields of later versions; and nothing is signed that nobody has signed.
///
/// # Panics
/// When that is not so.
pub fn v2_lines(bytes: &[u8]) {
    let (lines, error) = cut(bytes, bytes.len().max(1));
    assert_eq!((&lines, &error), (&cut(bytes, 1).0, &cut(bytes, 1).1), "at another cut");
    for line in &lines {
        assert!(line.bytes().all(|byte| matches!(byte, b' '..=b'~')) && line.len() < crate::v2::LINE_BYTES_MAX);
        first_line(line);
        server_line(line);
        board_line(line);
    }
}

/// The lines in `bytes`, which come in pieces of this length, and the error that ends them.
fn cut(bytes: &[u8], piece: usize) -> (Vec<String>, Option<String>) {
    let (mut buffer, mut lines) = (BytesMut::new(), Vec::new());
    for piece in bytes.chunks(piece) {
        buffer.extend_from_slice(piece);
        loop {
            match LineCodec.decode(&mut buffer) {
                Ok(Some(line)) => lines.push(String::from_utf8(line.to_vec()).expect("text")),
                Ok(None) => break,
                Err(error) => return (lines, Some(error.to_string())),
            }
        }
        assert!(buffer.len() < crate::v2::LINE_BYTES_MAX, "an unbounded line");
    }
    (lines, None)
}

/// `line` is what was written, and perhaps fields of a later version.
fn assert_begins(line: &str, written: &str) {
    let later = line.strip_prefix(written.trim_end_matches('\n'));
    assert!(later.is_some_and(|later| later.is_empty() || later.starts_with(' ')), "{line:?} was read as {written:?}");
}

fn first_line(line: &str) {
    if let Ok(hello) = decode_hello(line.as_bytes()) {
        let mut written = String::new();
        encode_hello(&mut written, &hello);
        assert_begins(line, &written);
    }
}

fn server_line(line: &str) {
    let unsigned = line.starts_with("DB2 CHAL ") || line.starts_with("DB2 E ");
    let mut signed = line.to_owned();
    sign(&mut signed, 0, &KEYS.from_server);
    let signed = signed.trim_end_matches('\n');
    let decoded = decode_server_line(signed.as_bytes(), Some(&KEYS));
    assert!(unsigned || decode_server_line(line.as_bytes(), Some(&KEYS)).is_err(), "forged: {line:?}");
    assert!(unsigned || decode_server_line(signed.as_bytes(), None).is_err(), "believed without a key: {line:?}");
    let Ok(decoded) = decoded else { return };
    let written = write_server_line(&decoded);
    let body = if unsigned { written.as_str() } else { written.rsplit_once(" mac=").expect("a MAC").0 };
    assert_begins(line, body);
}

fn write_server_line(line: &ServerLine) -> String {
    let mut out = String::new();
    match line {
        ServerLine::Challenge { nonce } => encode_challenge(&mut out, nonce),
        ServerLine::Ok { now, heartbeat_s, window_s, last } => {
            encode_ok(&mut out, &KEYS, *now, *heartbeat_s, *window_s, *last);
        }
        ServerLine::Stored { seq, event } => encode_verdict(&mut out, &KEYS, *seq, *event, None),
        ServerLine::NotStored { seq, retry_ms } => {
            encode_verdict(&mut out, &KEYS, *seq, EventId::NONE, Some(*retry_ms));
        }
        ServerLine::Command { k, command } => encode_command(&mut out, &KEYS, *k, command),
        ServerLine::Refused { code } => encode_refusal(&mut out, *code),
    }
    out
}

fn board_line(line: &str) {
    assert!(verify(line.as_bytes(), &KEYS.from_board).is_err(), "forged: {line:?}");
    for channels in 1..=CHANNELS_MAX {
        let Ok(decoded) = decode_board_line(line, channels) else { continue };
        let mut written = String::new();
        write_board_line(&mut written, &decoded);
        let body = verify(written.trim_end().as_bytes(), &KEYS.from_board).expect("signed just now");
        assert_eq!(decode_board_line(body, channels).as_ref(), Ok(&decoded), "{line:?} was read as {body:?}");
        // What may stand in any order comes after all else.
        let known = match decoded {
            BoardLine::Report(report) => BoardLine::Report(Report { gap: 0, ..report }),
            BoardLine::Reply(reply) => BoardLine::Reply(Reply { sleep_s: None, battery_mv: None, ..reply }),
        };
        written.clear();
        write_board_line(&mut written, &known);
        assert_begins(line, written.rsplit_once(" mac=").expect("a MAC").0);
    }
}

fn write_board_line(out: &mut String, line: &BoardLine) {
    match line {
        BoardLine::Report(report) => encode_report(out, &KEYS, report),
        BoardLine::Reply(reply) => encode_reply(out, &KEYS, reply),
    }
}

#[cfg(test)]
#[path = "fuzzing_tests.rs"]
mod tests;
