//! The server's side of v1: it asks, the board answers.

use super::FrameError;
use super::decoder::{Decoded, Decoder};
use crate::admission::Permit;
use crate::dialect::V2Watch;
use crate::write::write;
use crate::{DialectName, Live, SessionEnd, v0};
use domain::BoothNumber;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::time::{Instant, sleep, timeout_at};

/// How long a reading of a v1 board is good. A screen must be grey at most 10 s after the board's last answer. Of these,
/// 50 ms go by until the answer is known to have ended, 250 ms until the ticker looks, and 450 ms are left for the way
/// to the screen.
pub const FRESH_FOR_MS: u64 = 9_250;

/// The longest sleep, in seconds. The old sketch computes `seconds * 1000000` in 32 bits: 2148 would be without end.
pub const SLEEP_S_MAX: u32 = 2_100;

const POLL: &[u8] = b"datas#";
const POLL_EVERY: Duration = Duration::from_millis(500);
/// An unanswered poll counts as lost then, just before the board would miss a request and babble.
const POLL_LOST_AFTER: Duration = Duration::from_millis(900);
/// An answer has ended after this silence,
const ANSWER_SILENCE: Duration = Duration::from_millis(50);
/// or this long after its first byte.
const ANSWER_MAX: Duration = Duration::from_millis(400);
/// A connection without a good answer for so long is closed.
const GOOD_ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// How long the board may take to say that it goes to sleep, or just to go.
const SLEEP_ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// Polls after which a board is put to sleep though its booths are not known.
const POLLS_TO_LEARN_MAX: u32 = 5;
const READ_BYTES: usize = 2_048;
/// More bytes than this between two polls are a flood: it is read slowly, so that it takes nothing from others.
const FLOOD_BYTES: usize = 2 * Decoder::DIGITS_MAX;
const FLOOD_PAUSE: Duration = Duration::from_millis(10);
/// So many bytes of the first dropped answer are kept for the log.
const SAMPLE_BYTES_MAX: usize = 48;

/// What a session has come to, for the line in the log when it ends.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) answers_good: u64,
    pub(crate) answers_dropped: u64,
    /// The first answer that was dropped, and why.
    pub(crate) first_dropped: Option<(FrameError, Vec<u8>)>,
    unwatched_logged: bool,
}

/// Why a connection is not polled any more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Leave {
    /// It is over.
    End(SessionEnd),
    /// It is a board of the very first sketch, which does not answer but tells.
    SpeaksV0,
    /// It is a board of v2 after all.
    SpeaksV2 {
        /// What it has said of its first line.
        first: Vec<u8>,
    },
}

impl From<SessionEnd> for Leave {
    fn from(end: SessionEnd) -> Self {
        Self::End(end)
    }
}

/// One v1 connection.
pub(crate) struct Poller<'a, IO> {
    io: &'a mut IO,
    live: &'a Live,
    permit: &'a Permit,
    tally: &'a mut Tally,
    decoder: Decoder,
    v2: V2Watch,
    /// A line of v2 that has begun already, after something else.
    late_v2: Option<Vec<u8>>,
    buffer: Box<[u8; READ_BYTES]>,
    /// The first bytes since the last poll, and how many there were.
    sample: Vec<u8>,
    bytes_since_poll: usize,
    polls: u32,
    good_at: Instant,
    /// When the first byte since the last poll came.
    received_at: Instant,
}

impl<'a, IO: AsyncRead + AsyncWrite + Unpin> Poller<'a, IO> {
    /// Takes over a connection whose `first` bytes have been read.
    pub(crate) fn new(io: &'a mut IO, live: &'a Live, permit: &'a Permit, tally: &'a mut Tally, first: &[u8]) -> Self {
        let mut decoder = Decoder::new();
        decoder.push(first);
        decoder.end_late();
        let mut v2 = V2Watch::default();
        let late_v2 = v2.push(first);
        Self {
            io,
            live,
            permit,
            tally,
            decoder,
            v2,
            late_v2,
            buffer: Box::new([0; READ_BYTES]),
            sample: Vec::new(),
            bytes_since_poll: 0,
            polls: 0,
            good_at: Instant::now(),
            received_at: Instant::now(),
        }
    }

    /// Polls until the connection ends or turns out to speak something else.
    pub(crate) async fn run(&mut self) -> Leave {
        if let Some(first) = self.late_v2.take() {
            return Leave::SpeaksV2 { first };
        }
        loop {
            let round = if self.is_bedtime() { self.put_to_sleep().await } else { self.poll().await };
            if let Err(leave) = round {
                return leave;
            }
        }
    }

    fn is_bedtime(&self) -> bool {
        let asked_enough = self.decoder.booths().is_some() || self.polls >= POLLS_TO_LEARN_MAX;
        asked_enough && !self.live.is_open()
    }

    async fn poll(&mut self) -> Result<(), Leave> {
        write(self.io, POLL).await?;
        self.polls = self.polls.saturating_add(1);
        self.bytes_since_poll = 0;
        self.sample.clear();
        let polled_at = Instant::now();
        let connection = self.read_answer(polled_at).await;
        let decoded = self.decoder.end_answer();
        if self.polls == 1 && v0::is_answer(&self.sample) {
            return Err(Leave::SpeaksV0);
        }
        self.take(decoded)?;
        connection?;
        self.read_late(polled_at + POLL_EVERY).await
    }

    /// Reads until the answer has ended. It may have begun when the connection dies.
    async fn read_answer(&mut self, polled_at: Instant) -> Result<(), Leave> {
        let close_at = self.good_at + GOOD_ANSWER_WITHIN;
        if !self.read_until(close_at.min(polled_at + POLL_LOST_AFTER)).await? {
            return if Instant::now() < close_at { Ok(()) } else { Err(SessionEnd::NoAnswer.into()) };
        }
        let end_at = Instant::now() + ANSWER_MAX;
        while self.read_until(end_at.min(Instant::now() + ANSWER_SILENCE)).await? {}
        Ok(())
    }

    /// Waits for the time of the next poll; what comes meanwhile is no answer.
    async fn read_late(&mut self, until: Instant) -> Result<(), Leave> {
        let close_at = self.good_at + GOOD_ANSWER_WITHIN;
        while self.read_until(until.min(close_at)).await? {}
        self.decoder.end_late();
        if Instant::now() < close_at { Ok(()) } else { Err(SessionEnd::NoAnswer.into()) }
    }

    fn take(&mut self, decoded: Decoded) -> Result<(), SessionEnd> {
        let counters = self.live.counters();
        match decoded {
            Decoded::Nothing | Decoded::Kept => {}
            Decoded::Readings(readings) => {
                if self.tally.answers_good == 0 {
                    self.permit.answers().map_err(SessionEnd::TooMany)?;
                }
                self.good_at = Instant::now();
                self.tally.answers_good += 1;
                counters.count_frame(DialectName::V1);
                let unwatched = self.live.record(&readings, FRESH_FOR_MS, self.received_at.into_std());
                self.log_unwatched(&unwatched);
            }
            Decoded::Dropped(error) => {
                self.tally.answers_dropped += 1;
                self.tally.first_dropped.get_or_insert_with(|| (error, std::mem::take(&mut self.sample)));
                counters.count_dropped(error);
            }
        }
        Ok(())
    }

    fn log_unwatched(&mut self, booths: &[BoothNumber]) {
        if !booths.is_empty() && !std::mem::replace(&mut self.tally.unwatched_logged, true) {
            tracing::warn!(?booths, "a board reports booths that are on no floor; their readings are not used");
        }
    }

    async fn put_to_sleep(&mut self) -> Result<(), Leave> {
        let seconds = self.live.until_open_s().unwrap_or(SLEEP_S_MAX).clamp(1, SLEEP_S_MAX);
        write(self.io, format!("{seconds}#").as_bytes()).await?;
        if !self.falls_asleep().await {
            return Err(SessionEnd::StaysAwake { seconds }.into());
        }
        // Those of boards with keys listen to nobody else, also in this.
        let booths = self.decoder.booths().unwrap_or_default().iter().copied();
        let booths: Vec<_> = booths.filter(|booth| !self.live.boards().guards(*booth)).collect();
        self.live.sleep(&booths, seconds);
        Err(SessionEnd::Asleep { seconds }.into())
    }

    /// Whether the board says that it goes to sleep, or goes without a word.
    async fn falls_asleep(&mut self) -> bool {
        let until = Instant::now() + SLEEP_ANSWER_WITHIN;
        loop {
            match self.read_until(until).await {
                Ok(true) if !self.decoder.sleeps() => {}
                Ok(heard) => return heard,
                Err(end) => return matches!(end, Leave::End(SessionEnd::PeerClosed | SessionEnd::Broken(_))),
            }
        }
    }

    /// Reads once; `false` when `until` has come.
    async fn read_until(&mut self, until: Instant) -> Result<bool, Leave> {
        if self.bytes_since_poll > FLOOD_BYTES {
            sleep(FLOOD_PAUSE).await;
        }
        // A reader that is always ready would never time out.
        if Instant::now() >= until {
            return Ok(false);
        }
        match timeout_at(until, self.io.read(&mut self.buffer[..])).await {
            Err(_) => Ok(false),
            Ok(Ok(0)) => Err(SessionEnd::PeerClosed.into()),
            Ok(Ok(length)) => self.accept(length).map(|()| true),
            Ok(Err(error)) => Err(SessionEnd::Broken(error.kind()).into()),
        }
    }

    fn accept(&mut self, length: usize) -> Result<(), Leave> {
        let bytes = &self.buffer[..length];
        if self.bytes_since_poll == 0 {
            self.received_at = Instant::now();
        }
        self.bytes_since_poll = self.bytes_since_poll.saturating_add(length);
        let room = SAMPLE_BYTES_MAX - self.sample.len();
        self.sample.extend_from_slice(&bytes[..length.min(room)]);
        self.decoder.push(bytes);
        if self.tally.answers_good > 0 {
            return Ok(());
        }
        match self.v2.push(bytes) {
            Some(first) => Err(Leave::SpeaksV2 { first }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
#[path = "poller_tests.rs"]
mod tests;
