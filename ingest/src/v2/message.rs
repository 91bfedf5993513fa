//! From lines to meaning and back, for both ends of the wire.
//!
//! Numbers are decimal without sign or leading zeros; fields stand in their order with one space between them; fields
//! that a later version adds come after the known ones, are covered by the MAC, and are passed over.

use super::keys::{MacKey, SessionKeys, WireMac, decode_hex, encode_hex};
use domain::{BoardId, ChannelReport, EventId, UtcMs};
use std::fmt::{Display, Write};
use std::str::{FromStr, Split};

/// Why a line cannot be understood or believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// It does not end in a MAC of 32 lower-case hexadecimal digits.
    #[error("no MAC at its end")]
    NoMac,
    /// Its MAC is not the one of this line, in this direction of this session.
    #[error("a wrong MAC")]
    WrongMac,
    /// This part of it is missing, misplaced or malformed.
    #[error("no valid {0}")]
    Malformed(&'static str),
}

/// The most channels of a board.
pub const CHANNELS_MAX: u8 = 8;
const WORD_BYTES_MAX: usize = 16;

/// A board says who it claims to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// The board.
    pub board: BoardId,
    /// The version of the key that it will use.
    pub key_version: u8,
    /// Never the same twice.
    pub nonce: [u8; 16],
    /// Cold starts so far.
    pub boot: u32,
    /// Its channels, 1 to 8.
    pub channels: u8,
    /// Its firmware, 1 to 16 characters.
    pub firmware: String,
    /// Why it was last reset, in a word of 1 to 16 characters.
    pub reset_reason: String,
}

/// What a board writes once its session is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoardLine {
    /// `D`: an event.
    Report(Report),
    /// `R`: an answer to a command.
    Reply(Reply),
}

/// An event, as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Number of the line in its session, from 1.
    pub seq: u32,
    /// The event.
    pub event: EventId,
    /// How long ago it happened.
    pub age_ms: u32,
    /// What the channels sense, from channel 0.
    pub channels: Vec<ChannelReport>,
    /// Battery, in millivolts.
    pub battery_mv: u16,
    /// Strength of the radio signal, in dBm.
    pub rssi_dbm: i16,
    /// Seconds since it woke up.
    pub up_s: u32,
    /// Older events that it had to drop.
    pub gap: u32,
}

/// A board's answer to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Number of the command.
    pub k: u32,
    /// The word of its refusal, if it refuses.
    pub error: Option<String>,
    /// How long it will really sleep, if it says so.
    pub sleep_s: Option<u32>,
    /// Battery, in millivolts, if it says so.
    pub battery_mv: Option<u16>,
}

/// What a board can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Sleep for so many seconds.
    Sleep {
        /// At least 1.
        seconds: u32,
    },
    /// Report at least this often, and count over a window of this length.
    Configure {
        /// Seconds between reports.
        heartbeat_s: u16,
        /// Seconds of the window.
        window_s: u16,
    },
    /// Show which board it is, by its light.
    Identify,
    /// Start anew.
    Reboot,
    /// Take new firmware.
    Update {
        /// Where it lies.
        url: String,
        /// Its SHA-256.
        sha256: [u8; 32],
    },
}

/// What the server writes, as a board reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerLine {
    /// `CHAL`.
    Challenge {
        /// Never the same twice.
        nonce: [u8; 16],
    },
    /// `OK`: the session is open.
    Ok {
        /// The server's clock.
        now: UtcMs,
        /// Seconds between reports, at most.
        heartbeat_s: u16,
        /// Seconds of the window.
        window_s: u16,
        /// The newest event that is stored.
        last: EventId,
    },
    /// `A`: stored.
    Stored {
        /// The line.
        seq: u32,
        /// The event.
        event: EventId,
    },
    /// `N`: not stored.
    NotStored {
        /// The line.
        seq: u32,
        /// When to try again.
        retry_ms: u32,
    },
    /// `C`: do something.
    Command {
        /// Number of the command in its session, from 1.
        k: u32,
        /// What to do.
        command: Command,
    },
    /// `E`: the connection is closed. Unsigned.
    Refused {
        /// Why.
        code: u16,
    },
}

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

/// Ends the line that begins at `start` with its MAC.
pub fn sign(out: &mut String, start: usize, key: &MacKey) {
    let mac = key.sign(&out.as_bytes()[start..]);
    put(out, format_args!(" mac={}\n", encode_hex(&mac)));
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

/// The fields of a line that are still to be read.
struct Fields<'a>(Split<'a, char>);

impl<'a> Fields<'a> {
    fn after(line: &'a [u8], verb: &'static str) -> Result<Self, MessageError> {
        let text = std::str::from_utf8(line).map_err(|_| MessageError::Malformed("text"))?;
        let rest = text.strip_prefix(verb).ok_or(MessageError::Malformed("verb"))?;
        Ok(Self(rest.split(' ')))
    }

    fn next(&mut self) -> Option<&'a str> {
        self.0.next()
    }

    fn value(&mut self, key: &str) -> Option<&'a str> {
        self.next()?.strip_prefix(key)?.strip_prefix('=')
    }

    fn number<T: FromStr>(&mut self, key: &'static str) -> Result<T, MessageError> {
        self.value(key).and_then(number).ok_or(MessageError::Malformed(key))
    }

    fn sequence(&mut self) -> Result<u32, MessageError> {
        self.next().and_then(number).ok_or(MessageError::Malformed("number"))
    }

    fn word(&mut self, key: &'static str) -> Result<String, MessageError> {
        self.value(key).and_then(word).ok_or(MessageError::Malformed(key))
    }

    fn bytes<const N: usize>(&mut self, key: &'static str) -> Result<[u8; N], MessageError> {
        let mut bytes = [0; N];
        let read = self.value(key).and_then(|text| decode_hex(text.as_bytes(), &mut bytes));
        read.map(|()| bytes).ok_or(MessageError::Malformed(key))
    }

    fn event(&mut self, key: &'static str) -> Result<EventId, MessageError> {
        let read = self.value(key).and_then(|text| text.split_once('.'));
        let read = read.and_then(|(boot, n)| Some(EventId { boot: number(boot)?, n: number(n)? }));
        read.ok_or(MessageError::Malformed(key))
    }

    fn channels(&mut self, channels: u8) -> Result<Vec<ChannelReport>, MessageError> {
        let states = self.value("s").filter(|states| states.len() == usize::from(channels));
        let states = states.ok_or(MessageError::Malformed("s"))?;
        let counts = self.value("m").ok_or(MessageError::Malformed("m"))?;
        let mut counts = counts.split(',');
        let mut reports = Vec::with_capacity(states.len());
        for state in states.bytes() {
            let high = match state {
                b'0' => false,
                b'1' => true,
                _ => return Err(MessageError::Malformed("s")),
            };
            let high_samples = counts.next().and_then(number).ok_or(MessageError::Malformed("m"))?;
            reports.push(ChannelReport { high, high_samples });
        }
        if counts.next().is_none() { Ok(reports) } else { Err(MessageError::Malformed("m")) }
    }

    fn command(&mut self) -> Result<Command, MessageError> {
        let verb = self.next().ok_or(MessageError::Malformed("command"))?;
        if let Some(seconds) = verb.strip_prefix("sleep=") {
            return number(seconds).map(|seconds| Command::Sleep { seconds }).ok_or(MessageError::Malformed("sleep"));
        }
        match verb {
            "conf" => Ok(Command::Configure { heartbeat_s: self.number("hb")?, window_s: self.number("win")? }),
            "id" => Ok(Command::Identify),
            "reboot" => Ok(Command::Reboot),
            "ota" => {
                let url = self.value("url").ok_or(MessageError::Malformed("url"))?.to_owned();
                Ok(Command::Update { url, sha256: self.bytes("sha256")? })
            }
            _ => Err(MessageError::Malformed("command")),
        }
    }
}

fn number<T: FromStr>(text: &str) -> Option<T> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = text.len() == 1 || !text.starts_with('0');
    if digits && canonical { text.parse().ok() } else { None }
}

fn signed<T: FromStr>(text: &str) -> Option<T> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    number::<u64>(digits)?;
    if text == "-0" { None } else { text.parse().ok() }
}

fn word(text: &str) -> Option<String> {
    let fits = (1..=WORD_BYTES_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| text.to_owned())
}

fn in_range(value: u8, min: u8, max: u8, what: &'static str) -> Result<u8, MessageError> {
    if (min..=max).contains(&value) { Ok(value) } else { Err(MessageError::Malformed(what)) }
}

/// Writing into a text cannot fail.
fn put(out: &mut String, text: impl Display) {
    let _ = write!(out, "{text}");
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
