//! What a board can be told by somebody who looks after it, and what comes of it.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A command. As a text the way the wire has it: `id`, `reboot`, `sleep=600`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum BoardCommand {
    /// Show which board it is, by its light.
    Identify,
    /// Start anew.
    Reboot,
    /// Sleep for so many seconds.
    Sleep {
        /// 1 to [`BoardCommand::SLEEP_S_MAX`].
        seconds: u32,
    },
}

/// A text that is no command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a command is id, reboot, or sleep= and 1 to 10800")]
pub struct BoardCommandError;

impl BoardCommand {
    /// The longest sleep that a board takes at once.
    pub const SLEEP_S_MAX: u32 = 10_800;
}

impl fmt::Display for BoardCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identify => f.write_str("id"),
            Self::Reboot => f.write_str("reboot"),
            Self::Sleep { seconds } => write!(f, "sleep={seconds}"),
        }
    }
}

impl FromStr for BoardCommand {
    type Err = BoardCommandError;

    fn from_str(text: &str) -> Result<Self, BoardCommandError> {
        match text {
            "id" => Ok(Self::Identify),
            "reboot" => Ok(Self::Reboot),
            other => {
                let seconds = other.strip_prefix("sleep=").and_then(|seconds| seconds.parse().ok());
                let seconds = seconds.filter(|seconds| (1..=Self::SLEEP_S_MAX).contains(seconds));
                seconds.map(|seconds| Self::Sleep { seconds }).ok_or(BoardCommandError)
            }
        }
    }
}

impl TryFrom<String> for BoardCommand {
    type Error = BoardCommandError;

    fn try_from(text: String) -> Result<Self, BoardCommandError> {
        text.parse()
    }
}

impl From<BoardCommand> for String {
    fn from(command: BoardCommand) -> Self {
        command.to_string()
    }
}

/// What has come of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandState {
    /// The board is not here, or has not been told yet.
    Waiting,
    /// It was told, and has not answered.
    Sent,
    /// It has done it, or is about to.
    Done,
    /// It will not.
    Refused {
        /// Its word for why: `noled`, `range`, `busy`; at most 16 characters.
        word: String,
    },
    /// It was told, and went without an answer.
    Unanswered,
    /// Somebody did not want it any more.
    TakenBack,
}

impl CommandState {
    /// Whether anything can still come of it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Waiting | Self::Sent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        for text in ["id", "reboot", "sleep=1", "sleep=10800"] {
            assert_eq!(text.parse::<BoardCommand>().map(|command| command.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "ID", "sleep", "sleep=", "sleep=0", "sleep=10801", "sleep=-1", "ota", "sleep=4294967297"] {
            assert_eq!(text.parse::<BoardCommand>(), Err(BoardCommandError), "{text}");
        }
    }
}
