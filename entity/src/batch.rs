//! From records to the rows that keep them.

use crate::events::encode_event;
use crate::ids::Ids;
use crate::models::{board_event, board_session, transition};
use crate::observation::encode_transition;
use crate::sessions::encode_session;
use domain::{BoardId, BoardSessionEnd, BoothNumber, EventId, Record, UtcMs};
use std::collections::BTreeSet;

/// What a record was about that cannot be kept; the record is passed over, so that it holds up no other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Skipped {
    /// There is no such booth.
    #[error("unknown booth {0}")]
    Booth(BoothNumber),
    /// There is no such board.
    #[error("unknown board {0}")]
    Board(BoardId),
    /// An event has more channels than a board can have.
    #[error("event {id} of board {board} has {channels} channels")]
    Channels {
        /// The board.
        board: BoardId,
        /// The event.
        id: EventId,
        /// How many.
        channels: usize,
    },
}

/// Rows by table.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) events: Vec<board_event::ActiveModel>,
    pub(crate) transitions: Vec<transition::ActiveModel>,
    pub(crate) sessions: Vec<board_session::ActiveModel>,
    pub(crate) ends: Vec<(i32, BoardSessionEnd)>,
    pub(crate) skipped: BTreeSet<Skipped>,
}

impl Batch {
    pub(crate) fn new(records: &[Record], ids: &Ids) -> Self {
        let mut batch = Self::default();
        for record in records {
            if let Err(skipped) = batch.add(record, ids) {
                batch.skipped.insert(skipped);
            }
        }
        batch
    }

    fn add(&mut self, record: &Record, ids: &Ids) -> Result<(), Skipped> {
        let board_id = |board| ids.boards.get(board).copied().ok_or_else(|| Skipped::Board(BoardId::clone(board)));
        match record {
            Record::Event(event) => self.events.push(encode_event(board_id(&event.board)?, event)?),
            Record::Transition(line) => {
                let booth_id = ids.find_booth(line.booth, line.at).ok_or(Skipped::Booth(line.booth))?;
                self.transitions.push(encode_transition(booth_id, line.at, line.observation));
            }
            Record::SessionStarted(session) => self.sessions.push(encode_session(board_id(&session.board)?, session)),
            Record::SessionEnded(end) => self.ends.push((board_id(&end.board)?, end.clone())),
            Record::Started { .. } | Record::Alive { .. } => {}
        }
        Ok(())
    }
}

/// When the server was last alive, as far as these records tell.
pub(crate) fn find_alive_at(records: &[Record]) -> Option<UtcMs> {
    let at = |record: &Record| match record {
        Record::Event(event) => event.received_at,
        Record::Transition(line) => line.at,
        Record::SessionStarted(session) => session.started_at,
        Record::SessionEnded(end) => end.ended_at,
        Record::Started { at } | Record::Alive { at } => *at,
    };
    records.iter().map(at).max()
}
