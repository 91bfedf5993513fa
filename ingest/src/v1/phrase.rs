//! The two phrases that a board says beside its answers, told apart byte by byte so that no cut can hide them.

const SLEEP: &[u8] = b"Je vais dormir pendant : ";
const SLEEP_END: &[u8] = b" secondes";
const STRANGE: &[u8] = b"Etrange, j'ai recu : ";
/// The digits of the longest time that a board can hold.
const SECONDS_DIGITS_MAX: usize = 10;

/// What one byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// A digit outside the phrases.
    Digit(u8),
    /// Part of a phrase, or an end of line.
    Noise,
    /// The last byte of "Je vais dormir pendant : ".
    Sleeps,
    /// The last byte of "Etrange, j'ai recu : ".
    Strange,
    /// A digit of what the board says it got.
    Echo,
    /// Nothing that a board says.
    Garbage,
}

/// How far into a phrase the bytes are.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Phrase {
    #[default]
    None,
    Sleep(usize),
    Seconds(usize),
    SleepEnd(usize),
    Strange(usize),
    /// Whatever the board got follows, to the end of the answer.
    Echo,
}

impl Phrase {
    /// Takes the next byte.
    pub(crate) fn push(&mut self, byte: u8) -> Token {
        match *self {
            Self::None => self.begin(byte),
            Self::Sleep(at) => self.go_on(byte, SLEEP, at, Self::Sleep, (Self::Seconds(0), Token::Sleeps)),
            Self::Seconds(digits) if byte.is_ascii_digit() && digits < SECONDS_DIGITS_MAX => {
                self.turn(Self::Seconds(digits + 1), Token::Noise)
            }
            Self::Seconds(_) => self.go_on(byte, SLEEP_END, 0, Self::SleepEnd, (Self::None, Token::Noise)),
            Self::SleepEnd(at) => self.go_on(byte, SLEEP_END, at, Self::SleepEnd, (Self::None, Token::Noise)),
            Self::Strange(at) => self.go_on(byte, STRANGE, at, Self::Strange, (Self::Echo, Token::Strange)),
            Self::Echo => self.echo(byte),
        }
    }

    /// The answer ends here, and with it what the board says it got. A phrase may go on in the next one.
    pub(crate) fn end_answer(&mut self) {
        if matches!(self, Self::Echo) {
            *self = Self::None;
        }
    }

    fn begin(&mut self, byte: u8) -> Token {
        match byte {
            b'0'..=b'9' => Token::Digit(byte),
            b'\r' | b'\n' => Token::Noise,
            b'J' => self.turn(Self::Sleep(1), Token::Noise),
            b'E' => self.turn(Self::Strange(1), Token::Noise),
            _ => Token::Garbage,
        }
    }

    fn echo(&mut self, byte: u8) -> Token {
        match byte {
            b'J' | b'E' => self.begin(byte),
            b'0'..=b'9' => Token::Echo,
            _ => Token::Noise,
        }
    }

    fn go_on(&mut self, byte: u8, text: &[u8], at: usize, part: fn(usize) -> Self, end: (Self, Token)) -> Token {
        if text.get(at) != Some(&byte) {
            *self = Self::None;
            self.begin(byte);
            return Token::Garbage;
        }
        if at + 1 == text.len() { self.turn(end.0, end.1) } else { self.turn(part(at + 1), Token::Noise) }
    }

    fn turn(&mut self, next: Self, token: Token) -> Token {
        *self = next;
        token
    }
}
