//! Dialect v0, "push": what the very first sketch speaks. It sends `NN;S` by itself, about every 1.5 s; NN is a number of its
//! own, which an administrator has given a booth. The server only listens.

use crate::admission::Permit;
use crate::v1::FRESH_FOR_MS;
use crate::{DialectName, Live, SessionEnd};
use domain::Reading;
use std::net::IpAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::time::{Instant, timeout_at};

/// A connection without a reading for so long is closed.
const READING_WITHIN: Duration = Duration::from_secs(5);
/// A push stands for the samples that a board of 2016 would have taken in its time.
const SAMPLES_OF_A_PUSH: usize = 3;
const READ_BYTES: usize = 256;
/// So many bytes that are no reading end the connection.
const GARBAGE_MAX: usize = 256;

/// One push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Push {
    /// The board's own number, 0 to 99.
    pub(crate) number: u8,
    pub(crate) high: bool,
}

/// Reads pushes, whatever TCP does to them. After a byte that does not belong, everything is skipped up to the next
/// semicolon with two digits before it: the semicolon shows where a push begins.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    digits: [Option<u8>; 2],
    after_semicolon: bool,
    /// Bytes since the last push that belong to none.
    garbage: usize,
}

impl Decoder {
    pub(crate) fn push(&mut self, byte: u8) -> Option<Push> {
        if std::mem::take(&mut self.after_semicolon) {
            let [tens, units] = std::mem::take(&mut self.digits);
            if let (b'0' | b'1', Some(tens), Some(units)) = (byte, tens, units) {
                self.garbage = 0;
                return Some(Push { number: tens * 10 + units, high: byte == b'1' });
            }
        }
        match byte {
            b'0'..=b'9' => self.digits = [self.digits[1], Some(byte - b'0')],
            b';' if self.digits[0].is_some() => self.after_semicolon = true,
            _ => {
                self.digits = [None, None];
                self.garbage += 1;
            }
        }
        None
    }
}

/// Whether this is what a board of v0 answers to a question: `ok`, perhaps between its pushes.
pub(crate) fn is_answer(bytes: &[u8]) -> bool {
    let mut decoder = Decoder::default();
    let mut rest: Vec<u8> = Vec::new();
    for byte in bytes {
        if decoder.push(*byte).is_some() {
            rest.truncate(rest.len().saturating_sub(3));
        } else {
            rest.push(*byte);
        }
    }
    rest.trim_ascii() == b"ok"
}

/// Listens until the connection ends, and says why it did.
pub(crate) async fn listen<IO>(io: &mut IO, peer: IpAddr, live: &Live, permit: &Permit) -> SessionEnd
where
    IO: AsyncRead + Unpin,
{
    let mut session = Session { peer, live, permit, decoder: Decoder::default(), good: false, unmapped_logged: false };
    let mut buffer = [0; READ_BYTES];
    let mut read_at = Instant::now();
    loop {
        match timeout_at(read_at + READING_WITHIN, io.read(&mut buffer)).await {
            Err(_) => return SessionEnd::NoAnswer,
            Ok(Err(error)) => return SessionEnd::Broken(error.kind()),
            Ok(Ok(0)) => return SessionEnd::PeerClosed,
            Ok(Ok(length)) => match session.take(&buffer[..length]) {
                Err(end) => return end,
                Ok(true) => read_at = Instant::now(),
                Ok(false) => {}
            },
        }
        if session.decoder.garbage > GARBAGE_MAX {
            return SessionEnd::NoAnswer;
        }
    }
}

struct Session<'a> {
    peer: IpAddr,
    live: &'a Live,
    permit: &'a Permit,
    decoder: Decoder,
    good: bool,
    unmapped_logged: bool,
}

impl Session<'_> {
    /// Whether there was a push in these bytes.
    fn take(&mut self, bytes: &[u8]) -> Result<bool, SessionEnd> {
        let received = Instant::now().into_std();
        let pushes: Vec<Push> = bytes.iter().filter_map(|byte| self.decoder.push(*byte)).collect();
        if !pushes.is_empty() && !std::mem::replace(&mut self.good, true) {
            self.permit.answers().map_err(SessionEnd::TooMany)?;
        }
        for push in &pushes {
            self.live.counters().count_frame(DialectName::V0);
            match self.live.boards().find_v0_booth(self.peer, push.number) {
                Some(booth) => {
                    let readings = [Reading { booth, high: push.high }; SAMPLES_OF_A_PUSH];
                    self.live.record(&readings, FRESH_FOR_MS, received);
                }
                None => self.note_unmapped(push.number),
            }
        }
        Ok(!pushes.is_empty())
    }

    fn note_unmapped(&mut self, number: u8) {
        self.live.counters().readings_unwatched.increment();
        if !std::mem::replace(&mut self.unmapped_logged, true) {
            tracing::warn!(peer = %self.peer, number, "a board of the first sketch is mapped to no booth: dispobox boards map-v0");
        }
    }
}

#[cfg(test)]
#[path = "v0_tests.rs"]
mod tests;
