//! Which booths each simulated board watches.

use domain::BoardId;
use serde::Deserialize;
use std::str::FromStr;

/// The channels of a board.
const CHANNELS_MAX: usize = 8;
/// Booths of a board that is made up.
const BOOTHS_PER_BOARD: usize = 4;

/// A board and its booths, by channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wiring {
    /// What it is called in the log, and in v2.
    pub board: BoardId,
    /// Two digits each, as v1 writes them.
    pub booths: Vec<u8>,
    /// Whether the server expects it to prove who it is.
    pub has_keys: bool,
}

/// Why a board cannot be simulated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WiringError {
    /// Boards have short names.
    #[error("{0:?} is no name of a board: 1 to 24 characters of a-z, 0-9 and -")]
    Board(String),
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
    fn new(board: BoardId, booths: Vec<u8>) -> Result<Self, WiringError> {
        if !(1..=CHANNELS_MAX).contains(&booths.len()) {
            return Err(WiringError::Count(booths.len()));
        }
        match booths.iter().enumerate().find(|(at, booth)| booths[..*at].contains(booth)) {
            Some((_, twice)) => Err(WiringError::Twice(*twice)),
            None => Ok(Self { board, booths, has_keys: false }),
        }
    }

    /// Made-up boards of four booths each, numbered from 10 to 99 and then again.
    pub fn synthetic(count: usize) -> impl Iterator<Item = Self> {
        let mut numbers = (10..=99).cycle();
        (1..=count).filter_map(move |at| {
            let booths = numbers.by_ref().take(BOOTHS_PER_BOARD).collect();
            Some(Self { board: BoardId::new(format!("simulated-{at}"))?, booths, has_keys: false })
        })
    }
}

impl FromStr for Wiring {
    type Err = WiringError;

    /// Numbers separated by commas, `41,42,43,44`, after the board's name if it matters: `board-1=41,42,43,44`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, list) = text.split_once('=').map_or((None, text), |(name, list)| (Some(name), list));
        let booth = |part: &str| parse_booth(part.trim()).ok_or_else(|| WiringError::Booth(part.to_owned()));
        let booths = list.split(',').map(booth).collect::<Result<Vec<_>, _>>()?;
        let name = name.map_or_else(|| name_after(&booths), str::to_owned);
        // The names of boards with too many booths are too long, which is not what is wrong with them.
        let board = BoardId::new(name.as_str()).ok_or(WiringError::Board(name));
        if booths.len() > CHANNELS_MAX { Err(WiringError::Count(booths.len())) } else { Self::new(board?, booths) }
    }
}

fn name_after(booths: &[u8]) -> String {
    booths.iter().map(u8::to_string).collect::<Vec<_>>().join("-")
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
    id: BoardId,
    booths: Vec<u32>,
    #[serde(default)]
    key_versions: Vec<u8>,
}

impl BoardList {
    /// The boards that watch booths; those that a simulated board cannot watch are logged.
    pub fn into_wirings(self) -> Vec<Wiring> {
        let watching = self.boards.into_iter().filter(|board| !board.booths.is_empty());
        watching.filter_map(ListedBoard::into_wiring).collect()
    }
}

impl ListedBoard {
    fn into_wiring(self) -> Option<Wiring> {
        let booth = |booth: &u32| parse_booth(&booth.to_string()).ok_or_else(|| WiringError::Booth(booth.to_string()));
        let booths: Result<_, _> = self.booths.iter().map(booth).collect();
        match booths.and_then(|booths| Wiring::new(self.id.clone(), booths)) {
            Ok(wiring) => Some(Wiring { has_keys: !self.key_versions.is_empty(), ..wiring }),
            Err(error) => {
                tracing::warn!(board = %self.id, %error, "this board is not simulated");
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
        let check = |text: &str, board: &str, booths: &[u8]| {
            let wiring = text.parse::<Wiring>().expect(text);
            assert_eq!((wiring.board.as_str(), &wiring.booths[..]), (board, booths), "{text}");
        };
        check("41,42, 43", "41-42-43", &[41, 42, 43]);
        check("11,12,13,14,15,16,17,18", "11-12-13-14-15-16-17-18", &[11, 12, 13, 14, 15, 16, 17, 18]);
        check("board-2=45", "board-2", &[45]);
        let cases = [
            ("", WiringError::Booth(String::new())),
            ("41,100", WiringError::Booth("100".into())),
            ("41,42,41", WiringError::Twice(41)),
            ("1,2,3,4,5,6,7,8,9", WiringError::Count(9)),
            ("11,12,13,14,15,16,17,18,19", WiringError::Count(9)),
            ("Board 2=45", WiringError::Board("Board 2".into())),
            ("=45", WiringError::Board(String::new())),
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
        assert_eq!(boards[23].board.as_str(), "simulated-24");
    }

    #[test]
    fn the_server_s_list() {
        let json = r#"{"boards":[{"id":"board-1","booths":[41,42]},{"id":"big","booths":[100]},{"id":"none","booths":[]},
            {"id":"board-2","booths":[45],"state":"late","key_versions":[1,2]}]}"#;
        let wirings = serde_json::from_str::<BoardList>(json).expect("a list").into_wirings();
        let first = "board-1=41,42".parse().expect("booths");
        let second = Wiring { has_keys: true, .."board-2=45".parse().expect("a booth") };
        assert_eq!(wirings, [first, second]);
    }
}
