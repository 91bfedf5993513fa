//! Where operators look after boards: what is known of them in memory and in the database, and what they do about it.

use super::trends::Trends;
use crate::accounts::OncePerSession;
use crate::backend::MemoryBackend;
use crate::clock::utc_now;
use app::admin::{BoardRefusal, BoardTold, NewKeyView};
use domain::{BoardCommand, BoardId, BoardLabel, Holds, OperateBoards};
use entity::{Storage, StorageError};
use ingest::v2::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The operators' side of the server.
pub(crate) struct FleetDesk {
    pub(super) backend: Arc<MemoryBackend>,
    pub(super) storage: Storage,
    pub(super) trends: Trends,
    /// Keys that were made and not shown yet.
    pub(crate) new_keys: OncePerSession<NewKeyView>,
    /// Where boards connect to.
    pub(super) boards_port: u16,
    /// Whether what the last run has left is known; before, nothing can be asked.
    pub(super) has_resumed: AtomicBool,
}

/// What to change about a board.
#[derive(Debug, Clone)]
pub(crate) enum BoardChange {
    /// What it is called, and how often it reports.
    Settings { label: BoardLabel, heartbeat_s: Option<u16> },
    /// It was replaced, or wiped.
    Confirm,
    /// It is used no more.
    Retire,
    /// A version of its key is refused.
    Revoke { version: u8 },
}

impl FleetDesk {
    pub(crate) fn new(backend: Arc<MemoryBackend>, storage: Storage, boards_port: u16) -> Self {
        let (trends, new_keys) = (Trends::default(), OncePerSession::default());
        Self { backend, storage, trends, new_keys, boards_port, has_resumed: AtomicBool::new(false) }
    }

    /// Changes something about a board. The server has followed when this returns, mostly.
    pub(crate) async fn change(
        &self,
        by: &Holds<OperateBoards>,
        board: &BoardId,
        change: BoardChange,
    ) -> Result<BoardTold, BoardRefusal> {
        let now = utc_now();
        let told = match change {
            BoardChange::Settings { label, heartbeat_s } => {
                self.storage.set_board_label(by, board, &label, now).await.map_err(explain)?;
                self.storage.set_board_heartbeat(by, board, heartbeat_s, now).await.map_err(explain)?;
                BoardTold::Saved
            }
            BoardChange::Confirm => {
                self.storage.confirm_restart(by, board, now).await.map_err(explain)?;
                BoardTold::Confirmed
            }
            BoardChange::Retire => {
                self.storage.retire_board(by, board, now).await.map_err(explain)?;
                BoardTold::Retired
            }
            BoardChange::Revoke { version } => {
                self.storage.revoke_key(by, board, Some(version), now).await.map_err(explain)?;
                BoardTold::Revoked
            }
        };
        // Sessions of a key that was revoked end now, not within a second.
        self.backend.live.boards().look_again().await;
        Ok(told)
    }

    /// Has a board told something, now or when it is back.
    pub(crate) async fn tell(
        &self,
        by: &Holds<OperateBoards>,
        board: &BoardId,
        command: BoardCommand,
    ) -> Result<BoardTold, BoardRefusal> {
        let boards = self.backend.live.boards();
        let reports = boards.list(self.backend.live.now().mono);
        let report = reports.into_iter().find(|report| report.id == *board).ok_or(BoardRefusal::NoKey)?;
        if !self.has_resumed.load(Ordering::Acquire) {
            return Err(BoardRefusal::Away);
        }
        let id = self.storage.create_command(by, board, command, utc_now()).await.map_err(explain)?;
        if !boards.ask(board, id, to_wire(command)) {
            tracing::error!(%board, "a command waits for the next start of the server: too many do already");
        }
        Ok(if report.state == ingest::BoardState::Online { BoardTold::Asked } else { BoardTold::Queued })
    }

    /// Tells it to the board no more, if that is not too late.
    pub(crate) async fn take_back(
        &self,
        by: &Holds<OperateBoards>,
        board: &BoardId,
        id: i32,
    ) -> Result<BoardTold, BoardRefusal> {
        // Whoever of the two takes it first has it: the session that tells it, or this.
        let boards = self.backend.live.boards();
        let Some(command) = boards.take_back(board, id) else { return Ok(BoardTold::TooLate) };
        let taken = self.storage.take_command_back(by, board, id, utc_now()).await.map_err(|error| {
            // It is still kept, so it still counts, and can be taken back once more.
            if !boards.ask(board, id, command) {
                tracing::error!(%board, "a command waits for the next start of the server: too many do already");
            }
            explain(error)
        })?;
        Ok(if taken { BoardTold::TakenBack } else { BoardTold::TooLate })
    }
}

/// A command as the protocol has it.
pub(super) fn to_wire(command: BoardCommand) -> Command {
    match command {
        BoardCommand::Identify => Command::Identify,
        BoardCommand::Reboot => Command::Reboot,
        BoardCommand::Sleep { seconds } => Command::Sleep { seconds },
    }
}

/// What a page may know of an error; the log has the rest.
pub(super) fn explain(error: StorageError) -> BoardRefusal {
    match error {
        StorageError::UnknownBoard { .. } => BoardRefusal::Unknown,
        StorageError::UnknownKey { .. } => BoardRefusal::UnknownKey,
        StorageError::BoardTaken { .. } => BoardRefusal::Taken,
        StorageError::BoardWired { .. } => BoardRefusal::Wired,
        StorageError::CommandsWaiting { .. } => BoardRefusal::Waiting,
        StorageError::KeysExhausted { .. } => BoardRefusal::Exhausted,
        error => {
            tracing::error!(%error, "a board could not be changed");
            BoardRefusal::Away
        }
    }
}
