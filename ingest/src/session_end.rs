use crate::{HandshakeRefusal, LineRefusal, Refusal};
use std::io::ErrorKind;

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SessionEnd {
    /// The peer has closed the connection.
    #[error("closed by the peer")]
    PeerClosed,
    /// The connection broke.
    #[error("broken: {0}")]
    Broken(ErrorKind),
    /// No answer, or none that could be used, for too long.
    #[error("no usable answer for 5 s")]
    NoAnswer,
    /// A v2 board has sent no valid line for two and a half heartbeats.
    #[error("no valid line for two and a half heartbeats")]
    Quiet,
    /// The peer does not read what it is sent.
    #[error("the peer does not read")]
    Stalled,
    /// The board was told to sleep, and does.
    #[error("asleep for {seconds} s")]
    Asleep {
        /// What it was told.
        seconds: u32,
    },
    /// The board was told to sleep, but goes on.
    #[error("told to sleep for {seconds} s, but stays awake")]
    StaysAwake {
        /// What it was told.
        seconds: u32,
    },
    /// The peer said nothing, and may not be polled.
    #[error("silent, and v1 is not allowed for this address")]
    Silent,
    /// The peer speaks, but neither v2 nor with permission.
    #[error("not a v2 board, and v1 is not allowed for this address")]
    NotAllowed,
    /// The peer began like a v2 board, and then fell silent.
    #[error("an incomplete first line")]
    Incomplete,
    /// A board of v1 answers, but there are too many.
    #[error("refused: {}", .0.as_str())]
    TooMany(Refusal),
    /// A board of v2 was refused.
    #[error("refused: {}", .0.as_str())]
    Refused(HandshakeRefusal),
    /// A line of v2 was refused.
    #[error("a line was refused: {}", .0.as_str())]
    LineRefused(LineRefusal),
    /// A newer session of the same board is open.
    #[error("replaced by a newer session of the same board")]
    Replaced,
    /// It had proven nothing, and others needed its place.
    #[error("made room for others")]
    Evicted,
    /// The system has no random numbers for a challenge.
    #[error("the system gives no random numbers")]
    NoRandomness,
    /// The server stops.
    #[error("the server stops")]
    Shutdown,
}

impl SessionEnd {
    /// The code of the protocol's error line. A v1 board gets none: the old sketch makes a number of whatever it is sent.
    pub(crate) const fn code(self) -> Option<u16> {
        match self {
            Self::NotAllowed
            | Self::Incomplete
            | Self::Refused(HandshakeRefusal::Malformed | HandshakeRefusal::TooSlow)
            | Self::LineRefused(LineRefusal::Malformed | LineRefusal::Order) => Some(400),
            Self::Refused(HandshakeRefusal::Auth) | Self::LineRefused(LineRefusal::Mac) => Some(401),
            Self::Refused(HandshakeRefusal::BootWentBack) | Self::Replaced => Some(409),
            Self::LineRefused(LineRefusal::TooLong) => Some(413),
            Self::Refused(HandshakeRefusal::Quarantine) => Some(429),
            Self::NoRandomness => Some(503),
            _ => None,
        }
    }

    /// A word for it, of 16 characters at most, that history keeps.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::PeerClosed => "closed",
            Self::Broken(_) => "broken",
            Self::NoAnswer | Self::Quiet | Self::Silent => "silent",
            Self::Stalled => "stalled",
            Self::Asleep { .. } => "asleep",
            Self::StaysAwake { .. } => "stays_awake",
            Self::NotAllowed | Self::TooMany(_) | Self::Refused(_) => "refused",
            Self::Incomplete | Self::LineRefused(_) => "line_refused",
            Self::Replaced => "replaced",
            Self::Evicted => "evicted",
            Self::NoRandomness => "no_randomness",
            Self::Shutdown => "server_stopped",
        }
    }

    /// Whether this is how sessions of boards usually end.
    pub(crate) const fn is_ordinary(self) -> bool {
        matches!(self, Self::PeerClosed | Self::Asleep { .. } | Self::Shutdown)
    }
}
