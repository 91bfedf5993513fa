//! Lines of version 2 and their proof, written from docs/protocol.md and from nothing of the server's.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

pub(crate) type Key = [u8; 32];

/// Digits of a proof: 16 bytes.
const MAC_DIGITS: usize = 32;

/// Both keys of a session.
pub(crate) struct SessionKeys {
    pub(crate) to_server: Key,
    pub(crate) to_board: Key,
}

impl SessionKeys {
    /// From the board's own key and the first line of each side, without their line ends.
    pub(crate) fn derive(board: &Key, hello: &str, challenge: &str) -> Self {
        let transcript: Key = Sha256::digest(format!("{hello}\n{challenge}\n")).into();
        let session = hmac(board, &[b"DB2 session\0", &transcript]);
        Self { to_server: hmac(&session, &[b"c2s"]), to_board: hmac(&session, &[b"s2c"]) }
    }

    pub(crate) fn auth_line(&self) -> String {
        format!("DB2 AUTH mac={}", mac(&self.to_server, "AUTH"))
    }
}

fn hmac(key: &Key, parts: &[&[u8]]) -> Key {
    let mut hmac = Hmac::<Sha256>::new_from_slice(key).expect("any length will do");
    parts.iter().for_each(|part| hmac.update(part));
    hmac.finalize().into_bytes().into()
}

fn mac(key: &Key, text: &str) -> String {
    let mut digits = encode_hex(&hmac(key, &[text.as_bytes()]));
    digits.truncate(MAC_DIGITS);
    digits
}

/// The line with its proof.
pub(crate) fn sign(key: &Key, text: &str) -> String {
    format!("{text} mac={}", mac(key, text))
}

/// The line without its proof; none when the proof is none.
pub(crate) fn verify<'a>(key: &Key, line: &'a str) -> Option<&'a str> {
    let (text, digits) = line.rsplit_once(" mac=")?;
    (mac(key, text) == digits).then_some(text)
}

pub(crate) fn encode_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn decode_key(digits: &str) -> Key {
    assert_eq!(digits.len(), 64, "{digits:?}");
    std::array::from_fn(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).expect("hexadecimal digits"))
}

/// Which event of a board: its start, and the number since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EventName {
    pub(crate) boot: u32,
    pub(crate) n: u32,
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.boot, self.n)
    }
}

impl FromStr for EventName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (boot, n) = text.split_once('.').ok_or(())?;
        Ok(Self { boot: boot.parse().map_err(|_| ())?, n: n.parse().map_err(|_| ())? })
    }
}

/// What a server may say in an open session, and the line that ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    Ok { heartbeat_s: u64, window_s: u64, last: EventName },
    Stored { seq: u32, event: EventName },
    NotStored { seq: u32, retry_ms: u64 },
    Command { k: u32, order: String },
    Error { code: u16 },
}

impl Said {
    /// Reads a line without its end. None: a board must not believe it.
    pub(crate) fn read(line: &str, to_board: &Key) -> Option<Self> {
        if let Some(code) = line.strip_prefix("DB2 E ") {
            return Some(Self::Error { code: code.parse().ok()? });
        }
        let text = verify(to_board, line)?.strip_prefix("DB2 ")?;
        let (verb, rest) = text.split_once(' ')?;
        let (first, others) = rest.split_once(' ')?;
        match verb {
            "OK" => {
                let last = field(rest, "last")?.parse().ok()?;
                let seconds = |name| field(rest, name)?.parse().ok();
                Some(Self::Ok { heartbeat_s: seconds("hb")?, window_s: seconds("win")?, last })
            }
            "A" => Some(Self::Stored { seq: first.parse().ok()?, event: field(others, "ev")?.parse().ok()? }),
            "N" => Some(Self::NotStored { seq: first.parse().ok()?, retry_ms: field(others, "retry")?.parse().ok()? }),
            "C" => Some(Self::Command { k: first.parse().ok()?, order: others.to_owned() }),
            _ => None,
        }
    }
}

/// The value of `name=value` among words.
pub(crate) fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.split(' ').find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
}

#[test]
fn the_vectors_hold() {
    let vectors = include_str!("../../../docs/protocol-vectors.txt");
    let key = |name: &str| {
        let line = vectors.lines().find(|line| line.split(' ').next() == Some(name)).expect(name);
        decode_key(line.rsplit_once("= ").expect("a value").1)
    };
    let lines: Vec<(&str, usize, &str)> = vectors.lines().filter_map(session_line).collect();
    for (_, length, line) in &lines {
        assert_eq!(line.len() + 1, *length, "{line}");
    }
    let master = std::array::from_fn(|i| u8::try_from(i).expect("below 32"));
    assert_eq!(hmac(&master, &[b"dispobox board key v2\0b-4a\x001"]), key("K"));
    let keys = SessionKeys::derive(&key("K"), lines[0].2, lines[1].2);
    assert_eq!((keys.to_server, keys.to_board), (key("Kc"), key("Ks")));
    assert_eq!(keys.auth_line(), lines[2].2);
    for (side, _, line) in &lines[3..] {
        let (own, other) = match *side {
            "C" => (keys.to_server, keys.to_board),
            _ => (keys.to_board, keys.to_server),
        };
        let text = verify(&own, line).expect(line);
        assert_eq!(sign(&own, text), **line);
        assert_eq!(verify(&other, line), None, "{line}");
    }
    let said: Vec<Said> = lines[3..].iter().filter_map(|(_, _, line)| Said::read(line, &keys.to_board)).collect();
    let event = |n| EventName { boot: 7, n };
    let expect = [
        Said::Ok { heartbeat_s: 30, window_s: 30, last: event(41) },
        Said::Stored { seq: 1, event: event(42) },
        Said::NotStored { seq: 2, retry_ms: 5_000 },
        Said::Stored { seq: 3, event: event(43) },
        Said::Command { k: 1, order: "sleep=1800".to_owned() },
    ];
    assert_eq!(said, expect);
}

/// Who writes it, its length with the line end, and a line of the session among the vectors.
#[cfg(test)]
fn session_line(line: &str) -> Option<(&str, usize, &str)> {
    let (side, rest) = line.split_once(' ')?;
    let (length, line) = rest.split_once(' ')?;
    matches!(side, "C" | "S").then_some((side, length.parse().ok()?, line))
}
