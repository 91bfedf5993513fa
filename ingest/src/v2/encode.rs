//! From meaning to lines, for both ends of the wire.

use super::keys::{MacKey, SessionKeys, encode_hex};
use super::message::{Command, Hello, Reply, Report};
use domain::{EventId, UtcMs};
use std::fmt::{Display, Write};

/// Writes a `HELLO`.
pub fn encode_hello(out: &mut String, hello: &Hello) {
    let Hello { board, key_version, nonce, boot, channels, firmware, reset_reason } = hello;
    let nonce = encode_hex(nonce);
    put(
        out,
        format_args!(
            "DB2 HELLO id={board} kv={key_version} bn={nonce} boot={boot} n={channels} fw={firmware} rst={reset_reason}\n"
        ),
    );
}

/// Writes a `CHAL`.
pub fn encode_challenge(out: &mut String, nonce: &[u8; 16]) {
    put(out, format_args!("DB2 CHAL sn={}\n", encode_hex(nonce)));
}

/// Writes an `AUTH`.
pub fn encode_auth(out: &mut String, keys: &SessionKeys) {
    put(out, format_args!("DB2 AUTH mac={}\n", encode_hex(&keys.from_board.sign(b"AUTH"))));
}

/// Writes an `OK`.
pub fn encode_ok(out: &mut String, keys: &SessionKeys, now: UtcMs, heartbeat_s: u16, window_s: u16, last: EventId) {
    let start = out.len();
    put(out, format_args!("DB2 OK now={} hb={heartbeat_s} win={window_s} last={last}", now.0));
    sign(out, start, &keys.from_server);
}

/// Writes a `D`.
pub fn encode_report(out: &mut String, keys: &SessionKeys, report: &Report) {
    let start = out.len();
    let Report { seq, event, age_ms, channels, battery_mv, rssi_dbm, up_s, gap } = report;
    put(out, format_args!("DB2 D {seq} ev={event} age={age_ms} s="));
    out.extend(channels.iter().map(|channel| if channel.high { '1' } else { '0' }));
    for (at, channel) in channels.iter().enumerate() {
        put(out, format_args!("{}{}", if at == 0 { " m=" } else { "," }, channel.high_samples));
    }
    put(out, format_args!(" bat={battery_mv} rssi={rssi_dbm} up={up_s}"));
    if *gap > 0 {
        put(out, format_args!(" gap={gap}"));
    }
    sign(out, start, &keys.from_board);
}

/// Writes an `R`.
pub fn encode_reply(out: &mut String, keys: &SessionKeys, reply: &Reply) {
    let start = out.len();
    put(out, format_args!("DB2 R {} ", reply.k));
    match &reply.error {
        Some(word) => put(out, format_args!("err={word}")),
        None => out.push_str("ok"),
    }
    if let Some(seconds) = reply.sleep_s {
        put(out, format_args!(" sleep={seconds}"));
    }
    if let Some(battery_mv) = reply.battery_mv {
        put(out, format_args!(" bat={battery_mv}"));
    }
    sign(out, start, &keys.from_board);
}

/// Writes an `A`, or an `N` when the event is to be sent again after so many milliseconds.
pub fn encode_verdict(out: &mut String, keys: &SessionKeys, seq: u32, event: EventId, retry_ms: Option<u32>) {
    let start = out.len();
    match retry_ms {
        None => put(out, format_args!("DB2 A {seq} ev={event}")),
        Some(retry_ms) => put(out, format_args!("DB2 N {seq} retry={retry_ms}")),
    }
    sign(out, start, &keys.from_server);
}

/// Writes a `C`.
pub fn encode_command(out: &mut String, keys: &SessionKeys, k: u32, command: &Command) {
    let start = out.len();
    put(out, format_args!("DB2 C {k} "));
    match command {
        Command::Sleep { seconds } => put(out, format_args!("sleep={seconds}")),
        Command::Configure { heartbeat_s, window_s } => put(out, format_args!("conf hb={heartbeat_s} win={window_s}")),
        Command::Identify => out.push_str("id"),
        Command::Reboot => out.push_str("reboot"),
        Command::Update { url, sha256 } => put(out, format_args!("ota url={url} sha256={}", encode_hex(sha256))),
    }
    sign(out, start, &keys.from_server);
}

/// Writes an `E`.
pub fn encode_refusal(out: &mut String, code: u16) {
    put(out, format_args!("DB2 E {code}\n"));
}

/// Ends the line that begins at `start` with its MAC.
pub fn sign(out: &mut String, start: usize, key: &MacKey) {
    let mac = key.sign(&out.as_bytes()[start..]);
    put(out, format_args!(" mac={}\n", encode_hex(&mac)));
}

/// Writing into a text cannot fail.
fn put(out: &mut String, text: impl Display) {
    let _ = write!(out, "{text}");
}
