//! The fields of a line.
//!
//! Numbers are decimal without sign or leading zeros; fields stand in their order with one space between them; fields
//! that a later version adds come after the known ones, are covered by the MAC, and are passed over.

use super::keys::decode_hex;
use super::message::{Command, MessageError};
use domain::{ChannelReport, EventId};
use std::str::{FromStr, Split};

const WORD_BYTES_MAX: usize = 16;

/// The fields of a line that are still to be read.
pub(super) struct Fields<'a>(pub(super) Split<'a, char>);

impl<'a> Fields<'a> {
    pub(super) fn after(line: &'a [u8], verb: &'static str) -> Result<Self, MessageError> {
        let text = std::str::from_utf8(line).map_err(|_| MessageError::Malformed("text"))?;
        let rest = text.strip_prefix(verb).ok_or(MessageError::Malformed("verb"))?;
        Ok(Self(rest.split(' ')))
    }

    pub(super) fn next(&mut self) -> Option<&'a str> {
        self.0.next()
    }

    pub(super) fn value(&mut self, key: &str) -> Option<&'a str> {
        self.next()?.strip_prefix(key)?.strip_prefix('=')
    }

    pub(super) fn number<T: FromStr>(&mut self, key: &'static str) -> Result<T, MessageError> {
        self.value(key).and_then(number).ok_or(MessageError::Malformed(key))
    }

    pub(super) fn sequence(&mut self) -> Result<u32, MessageError> {
        self.next().and_then(number).ok_or(MessageError::Malformed("number"))
    }

    pub(super) fn word(&mut self, key: &'static str) -> Result<String, MessageError> {
        self.value(key).and_then(word).ok_or(MessageError::Malformed(key))
    }

    pub(super) fn bytes<const N: usize>(&mut self, key: &'static str) -> Result<[u8; N], MessageError> {
        let mut bytes = [0; N];
        let read = self.value(key).and_then(|text| decode_hex(text.as_bytes(), &mut bytes));
        read.map(|()| bytes).ok_or(MessageError::Malformed(key))
    }

    pub(super) fn event(&mut self, key: &'static str) -> Result<EventId, MessageError> {
        let read = self.value(key).and_then(|text| text.split_once('.'));
        let read = read.and_then(|(boot, n)| Some(EventId { boot: number(boot)?, n: number(n)? }));
        read.ok_or(MessageError::Malformed(key))
    }

    pub(super) fn channels(&mut self, channels: u8) -> Result<Vec<ChannelReport>, MessageError> {
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

    pub(super) fn command(&mut self) -> Result<Command, MessageError> {
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

pub(super) fn number<T: FromStr>(text: &str) -> Option<T> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = text.len() == 1 || !text.starts_with('0');
    if digits && canonical { text.parse().ok() } else { None }
}

pub(super) fn signed<T: FromStr>(text: &str) -> Option<T> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    number::<u64>(digits)?;
    if text == "-0" { None } else { text.parse().ok() }
}

pub(super) fn word(text: &str) -> Option<String> {
    let fits = (1..=WORD_BYTES_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| text.to_owned())
}

pub(super) fn in_range(value: u8, min: u8, max: u8, what: &'static str) -> Result<u8, MessageError> {
    if (min..=max).contains(&value) { Ok(value) } else { Err(MessageError::Malformed(what)) }
}
