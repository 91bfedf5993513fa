//! From lines to meaning, for both ends of the wire.

use super::fields::{Fields, in_range, number, signed, word};
use super::keys::{MacKey, SessionKeys, WireMac, decode_hex};
use super::message::{BoardLine, CHANNELS_MAX, Hello, MessageError, Reply, Report, ServerLine};
use domain::{BoardId, UtcMs};

/// The body of a signed line, if its MAC is right.
///
/// # Errors
/// `NoMac`, `WrongMac`.
pub fn verify<'a>(line: &'a [u8], key: &MacKey) -> Result<&'a str, MessageError> {
    let (body, mac) = split_mac(line)?;
    if key.verify(body, &mac) {
        std::str::from_utf8(body).map_err(|_| MessageError::NoMac)
    } else {
        Err(MessageError::WrongMac)
    }
}

fn split_mac(line: &[u8]) -> Result<(&[u8], WireMac), MessageError> {
    const MARK: &[u8] = b" mac=";
    let body_end = line.len().checked_sub(MARK.len() + 32).ok_or(MessageError::NoMac)?;
    let (body, tail) = line.split_at(body_end);
    let digits = tail.strip_prefix(MARK).ok_or(MessageError::NoMac)?;
    let mut mac = WireMac::default();
    decode_hex(digits, &mut mac).ok_or(MessageError::NoMac)?;
    Ok((body, mac))
}

/// Reads a `HELLO`.
///
/// # Errors
/// `Malformed`.
pub fn decode_hello(line: &[u8]) -> Result<Hello, MessageError> {
    let mut fields = Fields::after(line, "DB2 HELLO ")?;
    Ok(Hello {
        board: fields.value("id").and_then(BoardId::new).ok_or(MessageError::Malformed("id"))?,
        key_version: fields.number("kv")?,
        nonce: fields.bytes("bn")?,
        boot: fields.number("boot")?,
        channels: fields.number("n").and_then(|n| in_range(n, 1, CHANNELS_MAX, "n"))?,
        firmware: fields.word("fw")?,
        reset_reason: fields.word("rst")?,
    })
}

/// Whether this is the `AUTH` of a board that has the key. Takes the same time whatever is wrong with the MAC.
///
/// # Errors
/// `NoMac` when it is no `AUTH` at all; `WrongMac`.
pub fn decode_auth(line: &[u8], keys: &SessionKeys) -> Result<(), MessageError> {
    let (body, mac) = split_mac(line)?;
    if body != b"DB2 AUTH" {
        return Err(MessageError::Malformed("AUTH"));
    }
    if keys.from_board.verify(b"AUTH", &mac) { Ok(()) } else { Err(MessageError::WrongMac) }
}

/// Reads the body of a line of an open session; a board has as many `channels` as it said.
///
/// # Errors
/// `Malformed`.
pub fn decode_board_line(body: &str, channels: u8) -> Result<BoardLine, MessageError> {
    if body.starts_with("DB2 D ") {
        decode_report(body, channels).map(BoardLine::Report)
    } else {
        decode_reply(body).map(BoardLine::Reply)
    }
}

fn decode_report(body: &str, channels: u8) -> Result<Report, MessageError> {
    let mut fields = Fields::after(body.as_bytes(), "DB2 D ")?;
    let mut report = Report {
        seq: fields.next().and_then(number).ok_or(MessageError::Malformed("seq"))?,
        event: fields.event("ev")?,
        age_ms: fields.number("age")?,
        channels: fields.channels(channels)?,
        battery_mv: fields.number("bat")?,
        rssi_dbm: fields.value("rssi").and_then(signed).ok_or(MessageError::Malformed("rssi"))?,
        up_s: fields.number("up")?,
        gap: 0,
    };
    for field in fields.0 {
        if let Some(gap) = field.strip_prefix("gap=") {
            report.gap = number(gap).ok_or(MessageError::Malformed("gap"))?;
        }
    }
    Ok(report)
}

fn decode_reply(body: &str) -> Result<Reply, MessageError> {
    let mut fields = Fields::after(body.as_bytes(), "DB2 R ")?;
    let k = fields.next().and_then(number).ok_or(MessageError::Malformed("k"))?;
    let outcome = fields.next().ok_or(MessageError::Malformed("outcome"))?;
    let error = match outcome.strip_prefix("err=") {
        Some(refusal) => Some(word(refusal).ok_or(MessageError::Malformed("err"))?),
        None if outcome == "ok" => None,
        None => return Err(MessageError::Malformed("outcome")),
    };
    let mut reply = Reply { k, error, sleep_s: None, battery_mv: None };
    for field in fields.0 {
        match field.split_once('=') {
            Some(("sleep", value)) => reply.sleep_s = Some(number(value).ok_or(MessageError::Malformed("sleep"))?),
            Some(("bat", value)) => reply.battery_mv = Some(number(value).ok_or(MessageError::Malformed("bat"))?),
            Some(_) => {}
            None => return Err(MessageError::Malformed("field")),
        }
    }
    Ok(reply)
}

/// Reads what the server writes. `CHAL` and `E` are unsigned; everything else is believed only with a right MAC.
///
/// # Errors
/// `NoMac`, `WrongMac`, `Malformed`.
pub fn decode_server_line(line: &[u8], keys: Option<&SessionKeys>) -> Result<ServerLine, MessageError> {
    if line.starts_with(b"DB2 CHAL ") {
        return Ok(ServerLine::Challenge { nonce: Fields::after(line, "DB2 CHAL ")?.bytes("sn")? });
    }
    if line.starts_with(b"DB2 E ") {
        let code = Fields::after(line, "DB2 E ")?.next().and_then(number).ok_or(MessageError::Malformed("code"))?;
        return Ok(ServerLine::Refused { code });
    }
    let body = verify(line, &keys.ok_or(MessageError::WrongMac)?.from_server)?;
    let mut fields = Fields::after(body.as_bytes(), "DB2 ")?;
    match fields.next() {
        Some("OK") => Ok(ServerLine::Ok {
            now: fields.value("now").and_then(signed).map(UtcMs).ok_or(MessageError::Malformed("now"))?,
            heartbeat_s: fields.number("hb")?,
            window_s: fields.number("win")?,
            last: fields.event("last")?,
        }),
        Some("A") => Ok(ServerLine::Stored { seq: fields.sequence()?, event: fields.event("ev")? }),
        Some("N") => Ok(ServerLine::NotStored { seq: fields.sequence()?, retry_ms: fields.number("retry")? }),
        Some("C") => Ok(ServerLine::Command { k: fields.sequence()?, command: fields.command()? }),
        _ => Err(MessageError::Malformed("verb")),
    }
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
