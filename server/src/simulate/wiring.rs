//! Which booths each simulated board watches.

use serde::Deserialize;
use std::str::FromStr;

/// The channels of a board.
const CHANNELS_MAX: usize = 8;
/// Booths of a board that is made up.
const BOOTHS_PER_BOARD: usize = 4;

/// A board and its booths, by channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wiring {
    /// What it is called in the log.
    pub name: String,
    /// Two digits each, as v1 writes them.
    pub booths: Vec<u8>,
}

/// Why a board cannot be simulated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WiringError {
    /// v1 has two digits for a booth.
    #[error("{0:?} is no booth from 0 to 99")]
    Booth(String),
    /// A board has 1 to 8 channels.
    #[error("a board watches 1 to {CHANNELS_MAX} booths, not {0}")]
    Count(usize),
    /// Two channels of a board cannot watch the same booth.
    #[error("booth {0} twice")]
    Twice(u8),
}

impl Wiring {
    fn new(name: String, booths: Vec<u8>) -> Result<Self, WiringError> {
        if !(1..=CHANNELS_MAX).contains(&booths.len()) {
            return Err(WiringError::Count(booths.len()));
        }
        match booths.iter().enumerate().find(|(at, booth)| booths[..*at].contains(booth)) {
            Some((_, twice)) => Err(WiringError::Twice(*twice)),
            None => Ok(Self { name, booths }),
        }
    }

    /// Made-up boards of four booths each, numbered from 10 to 99 and then again.
    pub fn synthetic(count: usize) -> impl Iterator<Item = Self> {
        let mut numbers = (10..=99).cycle();
        (1..=count).map(move |at| {
            let booths = numbers.by_ref().take(BOOTHS_PER_BOARD).collect();
            Self { name: format!("simulated-{at}"), booths }
        })
    }
}

impl FromStr for Wiring {
    type Err = WiringError;

    /// Numbers separated by commas: `41,42,43,44`.
    fn from_str(list: &str) -> Result<Self, Self::Err> {
        let booth = |part: &str| parse_booth(part.trim()).ok_or_else(|| WiringError::Booth(part.to_owned()));
        Self::new(list.to_owned(), list.split(',').map(booth).collect::<Result<_, _>>()?)
    }
}

fn parse_booth(text: &str) -> Option<u8> {
    text.parse().ok().filter(|booth| *booth <= 99)
}

/// The server's list of boards.
#[derive(Debug, Deserialize)]
pub struct BoardList {
    boards: Vec<ListedBoard>,
}

#[derive(Debug, Deserialize)]
struct ListedBoard {
    id: String,
    booths: Vec<u32>,
}

impl BoardList {
    /// The boards that v1 can speak for; the others are logged.
    pub fn into_wirings(self) -> Vec<Wiring> {
        self.boards.into_iter().filter_map(ListedBoard::into_wiring).collect()
    }
}

impl ListedBoard {
    fn into_wiring(self) -> Option<Wiring> {
        let booth = |booth: &u32| parse_booth(&booth.to_string()).ok_or_else(|| WiringError::Booth(booth.to_string()));
        let booths: Result<_, _> = self.booths.iter().map(booth).collect();
        match booths.and_then(|booths| Wiring::new(self.id.clone(), booths)) {
            Ok(wiring) => Some(wiring),
            Err(error) => {
                tracing::warn!(board = self.id, %error, "this board is not simulated");
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_booths() {
        assert_eq!("41,42, 43".parse::<Wiring>().map(|wiring| wiring.booths), Ok(vec![41, 42, 43]));
        let cases = [
            ("", WiringError::Booth(String::new())),
            ("41,100", WiringError::Booth("100".into())),
            ("41,42,41", WiringError::Twice(41)),
            ("1,2,3,4,5,6,7,8,9", WiringError::Count(9)),
        ];
        for (list, expect) in cases {
            assert_eq!(list.parse::<Wiring>(), Err(expect), "{list}");
        }
    }

    #[test]
    fn made_up_boards() {
        let boards: Vec<_> = Wiring::synthetic(24).collect();
        assert_eq!(boards[0].booths, [10, 11, 12, 13]);
        assert_eq!(boards[22].booths, [98, 99, 10, 11]);
        assert_eq!(boards[23].name, "simulated-24");
    }

    #[test]
    fn the_server_s_list() {
        let json =
            r#"{"boards":[{"id":"board-1","booths":[41,42]},{"id":"big","booths":[100]},{"id":"none","booths":[]}]}"#;
        let wirings = serde_json::from_str::<BoardList>(json).expect("a list").into_wirings();
        assert_eq!(wirings, [Wiring { name: "board-1".into(), booths: vec![41, 42] }]);
    }
}
