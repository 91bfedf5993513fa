//! Keys for boards, to be shown once.

use super::desk::{FleetDesk, explain};
use crate::clock::utc_now;
use crate::web::to_svg;
use app::admin::{BoardRefusal, NewKeyView};
use domain::{BoardId, Holds, OperateBoards, ReadAdmin, SessionId};

/// Whom a key is for: the board, where it finds the server, and how many detectors it has.
#[derive(Clone, Copy)]
pub(crate) struct KeyWish<'a> {
    pub(crate) board: &'a BoardId,
    pub(crate) host: &'a str,
    pub(crate) channels: u8,
}

impl FleetDesk {
    /// Makes a board and its first key, which the session's next page shows.
    pub(crate) async fn create(
        &self,
        by: &Holds<OperateBoards>,
        session: SessionId,
        wish: KeyWish<'_>,
    ) -> Result<(), BoardRefusal> {
        let version = self.storage.create_board(by, wish.board, utc_now()).await.map_err(explain)?;
        self.put_out(session, &wish, version).await
    }

    /// Gives a board another version of its key, or its first.
    pub(crate) async fn renew(
        &self,
        (by, reader): (&Holds<OperateBoards>, &Holds<ReadAdmin>),
        session: SessionId,
        wish: KeyWish<'_>,
    ) -> Result<(), BoardRefusal> {
        let found = self.storage.find_fleet_board(reader, wish.board).await.map_err(explain)?;
        let now = utc_now();
        let version = if found.keys.is_empty() {
            self.storage.create_board(by, wish.board, now).await
        } else {
            self.storage.rotate_key(by, wish.board, now).await
        };
        let channels = found.session.map_or(wish.channels, |kept| kept.session.channels);
        self.put_out(session, &KeyWish { channels, ..wish }, version.map_err(explain)?).await
    }

    async fn put_out(&self, session: SessionId, wish: &KeyWish<'_>, version: u8) -> Result<(), BoardRefusal> {
        let boards = self.backend.live.boards();
        // So that the board is let in at once.
        boards.look_again().await;
        let KeyWish { board, host, channels } = wish;
        let key = boards.board_key(board, version).to_hex().to_string();
        let port = self.boards_port;
        let line = format!("set id={board} kv={version} key={key} server={host}:{port} n={channels}");
        let code = to_svg(&line).map_err(|error| {
            tracing::error!(%error, %board, "the code of a key cannot be drawn");
            BoardRefusal::Away
        })?;
        self.new_keys.put(session, NewKeyView { id: (*board).clone(), version, key, line, code });
        Ok(())
    }
}
