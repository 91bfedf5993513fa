//! The digits of one answer: two of booth number and one of state for each channel, nothing between them.

use crate::counters::reasons;
use domain::{BoothNumber, Reading};

reasons! {
    /// Why an answer was dropped.
    FrameError {
        /// More bytes than any board sends.
        TooLong = "too_long",
        /// Bytes that are neither digits nor one of the two phrases.
        Garbage = "garbage",
        /// Digits that are not whole readings.
        NotReadings = "not_readings",
        /// A booth twice, though the answer as a whole does not repeat.
        BoothTwice = "booth_twice",
        /// Other booths than those of this connection.
        OtherBooths = "other_booths",
        /// It may begin in the middle of a reading.
        Misaligned = "misaligned",
        /// Digits after "Etrange, j'ai recu : ": what the board got, not what it senses.
        Echo = "echo",
    }
}

/// Bytes of one reading.
pub(crate) const READING_BYTES: usize = 3;

/// A well-formed answer: one round of the booths, or several that TCP has joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The booths of one round, in order.
    pub(crate) booths: Vec<BoothNumber>,
    /// The readings of all rounds, in order.
    pub(crate) readings: Vec<Reading>,
}

/// Reads `digits` (ASCII digits only) as whole rounds of readings.
pub(crate) fn decode_answer(digits: &[u8]) -> Result<Answer, FrameError> {
    let (triples, []) = digits.as_chunks::<READING_BYTES>() else {
        return Err(FrameError::NotReadings);
    };
    let readings: Vec<_> = triples.iter().map(decode_reading).collect::<Option<_>>().ok_or(FrameError::NotReadings)?;
    let first = readings.first().ok_or(FrameError::NotReadings)?.booth;
    let round = readings.iter().skip(1).position(|reading| reading.booth == first).map_or(readings.len(), |at| at + 1);
    let booths: Vec<_> = readings[..round].iter().map(|reading| reading.booth).collect();
    let distinct = (1..round).all(|at| !booths[..at].contains(&booths[at]));
    let repeats = readings.len() % round == 0;
    let same_order = readings.iter().zip(booths.iter().cycle()).all(|(reading, booth)| reading.booth == *booth);
    if distinct && repeats && same_order { Ok(Answer { booths, readings }) } else { Err(FrameError::BoothTwice) }
}

fn decode_reading(&[tens, units, state]: &[u8; READING_BYTES]) -> Option<Reading> {
    let booth = BoothNumber(u32::from(tens - b'0') * 10 + u32::from(units - b'0'));
    is_state(state).then_some(Reading { booth, high: state == b'1' })
}

fn is_state(digit: u8) -> bool {
    matches!(digit, b'0' | b'1')
}

/// Whether `digits` could be cut out of readings of any booths, `phase` bytes after the start of one.
pub(crate) fn could_be_readings(digits: &[u8], phase: usize) -> bool {
    digits.iter().enumerate().all(|(at, digit)| (phase + at) % READING_BYTES != 2 || is_state(*digit))
}

/// Whether `digits` could be cut out of answers of these booths, `phase` bytes after the start of one.
pub(crate) fn could_be_answers(digits: &[u8], phase: usize, booths: &[BoothNumber]) -> bool {
    digits.iter().enumerate().all(|(at, digit)| {
        let at = phase + at;
        let BoothNumber(booth) = booths[at / READING_BYTES % booths.len()];
        match at % READING_BYTES {
            0 => u32::from(digit - b'0') == booth / 10,
            1 => u32::from(digit - b'0') == booth % 10,
            _ => is_state(*digit),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(digits: &str) -> String {
        match decode_answer(digits.as_bytes()) {
            Ok(answer) => {
                let show = |reading: &Reading| format!("{}={}", reading.booth, u8::from(reading.high));
                answer.readings.iter().map(show).collect::<Vec<_>>().join(" ")
            }
            Err(error) => error.as_str().to_owned(),
        }
    }

    #[test]
    fn answers() {
        let cases = [
            ("410421430441", "41=0 42=1 43=0 44=1"),
            ("450461470", "45=0 46=1 47=0"),
            ("010", "1=0"),
            ("410421430441410421430440", "41=0 42=1 43=0 44=1 41=0 42=1 43=0 44=0"),
            ("410411", "41=0 41=1"),
            ("", "not_readings"),
            ("41", "not_readings"),
            ("4104214", "not_readings"),
            ("412", "not_readings"),
            ("041042104", "not_readings"),
            ("410421410", "booth_twice"),
            ("410421421410", "booth_twice"),
            ("410421430410431420", "booth_twice"),
            ("410421421", "booth_twice"),
        ];
        for (digits, expect) in cases {
            assert_eq!(show(digits), expect, "{digits}");
        }
    }
}
