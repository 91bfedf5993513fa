//! From the bytes of a connection to readings, whatever TCP does to them. No input or output, no clock.
//!
//! What arrives between one poll and the next, up to a short silence, is one answer. The phrases are taken out first,
//! then the digits must be whole readings of the booths of this connection, in their order.
//!
//! **The booths** are learned from two successive answers that agree, and learned anew when two successive answers
//! agree on others. The first of two that agree is kept and counts with the second. So two equal beginnings of cut
//! answers would teach a list that is too short, if the board had lost their ends; where the ends only come late, they
//! are seen, and such an answer teaches nothing. Either way its readings are true.
//!
//! **Alignment.** TCP loses and reorders nothing, so counting every digit, also those that come too late to be an
//! answer, tells where the next answer begins ([`Decoder::phase`]). When it should begin inside a reading, either the
//! end of a cut answer is still on its way, or the board never sent it. Then an answer is taken only if its digits
//! cannot be the first; booths 10 to 19, whose numbers look like states, need this. What stays in doubt is dropped, and
//! a connection that stays in doubt is closed, which settles it. What no reader of v1 can tell is a board that loses
//! the ends of two answers which TCP then joins to just one round: nothing in v1 covers the digits.

use super::answer::{Answer, FrameError, READING_BYTES, could_be_answers, could_be_readings, decode_answer};
use super::phrase::{Phrase, Token};
use domain::{BoothNumber, Reading};

/// What an answer was worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decoded {
    /// Nothing came, or only phrases.
    Nothing,
    /// The first answer that names these booths; kept until another agrees.
    Kept,
    /// Readings to count.
    Readings(Vec<Reading>),
    /// Not to be used.
    Dropped(FrameError),
}

/// Decodes one connection.
#[derive(Debug)]
pub(crate) struct Decoder {
    phrase: Phrase,
    window: Window,
    /// Digits since an answer certainly began; `None` when that is unknown.
    phase: Option<usize>,
    booths: Option<Vec<BoothNumber>>,
    kept: Option<Answer>,
    sleeps: bool,
}

/// What has come of the present answer.
#[derive(Debug, Default)]
struct Window {
    digits: Vec<u8>,
    error: Option<FrameError>,
    strange: bool,
}

impl Decoder {
    /// The longest answer in digits: 21 rounds of 8 channels.
    pub(crate) const DIGITS_MAX: usize = 512;

    pub(crate) fn new() -> Self {
        let window = Window::default();
        Self { phrase: Phrase::default(), window, phase: Some(0), booths: None, kept: None, sleeps: false }
    }

    /// Takes bytes of the present answer. Memory stays bounded, whatever comes.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let token = self.phrase.push(*byte);
            self.window.push(token);
            self.sleeps |= token == Token::Sleeps;
        }
    }

    /// The present answer has ended.
    pub(crate) fn end_answer(&mut self) -> Decoded {
        self.phrase.end_answer();
        let window = std::mem::take(&mut self.window);
        if let Some(error) = window.error {
            (self.phase, self.kept) = (None, None);
            return Decoded::Dropped(error);
        }
        if window.strange && window.digits.is_empty() {
            self.phase = Some(0);
        }
        if window.digits.is_empty() {
            return Decoded::Nothing;
        }
        self.judge(&window.digits).unwrap_or_else(|error| {
            self.skip(window.digits.len());
            Decoded::Dropped(error)
        })
    }

    /// What has come since the last answer ended came too late to be one: it is counted, not read.
    pub(crate) fn end_late(&mut self) {
        self.phrase.end_answer();
        let window = std::mem::take(&mut self.window);
        if window.error.is_some() {
            self.phase = None;
        }
        if !window.digits.is_empty() {
            self.skip(window.digits.len());
        }
    }

    /// The booths of this connection, once they are learned.
    pub(crate) fn booths(&self) -> Option<&[BoothNumber]> {
        self.booths.as_deref()
    }

    /// Whether the board has said that it goes to sleep.
    pub(crate) fn sleeps(&self) -> bool {
        self.sleeps
    }

    fn judge(&mut self, digits: &[u8]) -> Result<Decoded, FrameError> {
        let answer = decode_answer(digits)?;
        if self.booths.as_ref() == Some(&answer.booths) {
            self.ensure_aligned(digits)?;
            (self.phase, self.kept) = (Some(0), None);
            return Ok(Decoded::Readings(answer.readings));
        }
        self.ensure_aligned_anew(digits)?;
        Ok(self.learn(answer))
    }

    /// Takes an answer whose booths are not those of the list: the first one is kept, the second one teaches.
    fn learn(&mut self, answer: Answer) -> Decoded {
        if let Some(first) = self.kept.take_if(|kept| kept.booths == answer.booths) {
            (self.phase, self.booths) = (Some(0), Some(answer.booths));
            return Decoded::Readings([first.readings, answer.readings].concat());
        }
        let decoded = if self.booths.is_none() { Decoded::Kept } else { Decoded::Dropped(FrameError::OtherBooths) };
        self.skip(answer.readings.len() * READING_BYTES);
        self.kept = Some(answer);
        decoded
    }

    fn ensure_aligned(&self, digits: &[u8]) -> Result<(), FrameError> {
        let booths = self.booths.as_deref().unwrap_or_default();
        self.ensure_no_phase(booths.len() * READING_BYTES, |phase| could_be_answers(digits, phase, booths))
    }

    fn ensure_aligned_anew(&self, digits: &[u8]) -> Result<(), FrameError> {
        self.ensure_no_phase(READING_BYTES, |phase| could_be_readings(digits, phase))
    }

    /// An error if the digits fit a phase other than 0 that the count does not exclude.
    fn ensure_no_phase(&self, round: usize, fits: impl Fn(usize) -> bool) -> Result<(), FrameError> {
        let doubtful = match self.phase {
            Some(phase) if phase % round == 0 => false,
            Some(phase) => fits(phase % round),
            None => (1..round).any(fits),
        };
        if doubtful { Err(FrameError::Misaligned) } else { Ok(()) }
    }

    /// Counts digits that are not used. They end what the kept answer began, or they are another answer than it.
    fn skip(&mut self, digits: usize) {
        self.phase = self.phase.map(|phase| phase.saturating_add(digits));
        self.kept = None;
    }
}

impl Window {
    fn push(&mut self, token: Token) {
        match token {
            Token::Digit(_) if self.digits.len() == Decoder::DIGITS_MAX => self.fail(FrameError::TooLong),
            Token::Digit(digit) => self.digits.push(digit),
            Token::Strange => self.strange = true,
            Token::Echo => self.fail(FrameError::Echo),
            Token::Garbage => self.fail(FrameError::Garbage),
            Token::Noise | Token::Sleeps => {}
        }
    }

    fn fail(&mut self, error: FrameError) {
        self.error.get_or_insert(error);
    }
}

#[cfg(test)]
#[path = "decoder_tests.rs"]
mod tests;
