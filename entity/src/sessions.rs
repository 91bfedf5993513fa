//! When boards were there.

use crate::Storage;
use crate::error::{Failure, StorageError, corrupt};
use crate::insert::insert_rows;
use crate::models::board_session::{ActiveModel, Column, Entity, Model};
use crate::registry::find_board;
use domain::{BoardId, BoardSession, BoardSessionEnd, UtcMs};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Characters of the columns for words.
const WORD_LENGTH_MAX: usize = 16;
/// Why a session ended that went on when the server was killed.
const SERVER_ENDED: &str = "server_ended";
/// Characters of the column for addresses.
const PEER_LENGTH_MAX: usize = 64;

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSession {
    /// How it began.
    pub session: BoardSession,
    /// How it ended. `None`: it goes on, or the server was killed while it did and has not been started since.
    pub end: Option<BoardSessionEnd>,
}

impl Storage {
    /// The sessions of a board, newest first; at most `limit`.
    ///
    /// # Errors
    /// `UnknownBoard`, `Corrupt`, `Timeout`, `Database`.
    pub async fn list_sessions(&self, board: &BoardId, limit: u64) -> Result<Vec<KeptSession>, StorageError> {
        self.within("listing sessions", async {
            let read = self.begin_read().await?;
            let row = find_board(&read, board).await?;
            let of_board = Entity::find().filter(Column::BoardId.eq(row.id));
            let rows = of_board.order_by_desc(Column::StartedAt).limit(limit).all(&read).await?;
            Ok(rows.into_iter().map(|row| decode_session(board, row)).collect::<Result<_, _>>()?)
        })
        .await
    }
}

/// Inserts the sessions that are not there yet.
pub(crate) async fn insert_sessions(connection: &impl ConnectionTrait, rows: Vec<ActiveModel>) -> Result<(), Failure> {
    let key = [Column::BoardId, Column::StartedAt];
    let leave_alone = OnConflict::columns(key).do_nothing_on(key).to_owned();
    insert_rows(connection, rows, Some(leave_alone)).await
}

pub(crate) async fn update_ends(
    connection: &impl ConnectionTrait,
    ends: Vec<(i32, BoardSessionEnd)>,
) -> Result<(), Failure> {
    for (board_id, end) in ends {
        Entity::update_many()
            .col_expr(Column::EndedAt, Expr::value(end.ended_at.0))
            .col_expr(Column::EndReason, Expr::value(cut(&end.reason, WORD_LENGTH_MAX)))
            .col_expr(Column::AsleepUntilAt, Expr::value(end.asleep_until_at.map(|until_at| until_at.0)))
            .filter(Column::BoardId.eq(board_id))
            .filter(Column::StartedAt.eq(end.started_at.0))
            .exec(connection)
            .await?;
    }
    Ok(())
}

/// Ends all sessions that have no end at `end_at`, or when they began should that be later; returns how many.
pub(crate) async fn end_open_sessions(connection: &impl ConnectionTrait, end_at: UtcMs) -> Result<usize, Failure> {
    let began_later = Column::StartedAt.gt(end_at.0);
    let ended_at = Expr::case(began_later, Expr::col(Column::StartedAt)).finally(end_at.0);
    let ended = Entity::update_many()
        .col_expr(Column::EndedAt, ended_at.into())
        .col_expr(Column::EndReason, Expr::value(SERVER_ENDED))
        .filter(Column::EndedAt.is_null())
        .exec(connection)
        .await?;
    Ok(usize::try_from(ended.rows_affected).unwrap_or(usize::MAX))
}

/// What is too long for its column is cut: one odd board must not hold up what the others say.
pub(crate) fn encode_session(board_id: i32, session: &BoardSession) -> ActiveModel {
    ActiveModel {
        board_id: Set(board_id),
        started_at: Set(session.started_at.0),
        boot: Set(session.boot.into()),
        key_version: Set(session.key_version.into()),
        firmware: Set(cut(&session.firmware, WORD_LENGTH_MAX)),
        reset_reason: Set(cut(&session.reset_reason, WORD_LENGTH_MAX)),
        channels: Set(session.channels.into()),
        peer: Set(cut(&session.peer, PEER_LENGTH_MAX)),
        ended_at: Set(None),
        end_reason: Set(None),
        asleep_until_at: Set(None),
    }
}

pub(crate) fn decode_session(board: &BoardId, row: Model) -> Result<KeptSession, StorageError> {
    let broken = |reason| corrupt("board_session", &format!("{board} at {}", row.started_at), &reason);
    let started_at = UtcMs(row.started_at);
    let session = BoardSession {
        board: board.clone(),
        started_at,
        boot: row.boot.try_into().map_err(broken)?,
        key_version: row.key_version.try_into().map_err(broken)?,
        firmware: row.firmware,
        reset_reason: row.reset_reason,
        channels: row.channels.try_into().map_err(broken)?,
        peer: row.peer,
    };
    let end = row.ended_at.map(|ended_at| BoardSessionEnd {
        board: board.clone(),
        started_at,
        ended_at: UtcMs(ended_at),
        reason: row.end_reason.unwrap_or_default(),
        asleep_until_at: row.asleep_until_at.map(UtcMs),
        // It is with the samples.
        battery_mv: None,
    });
    Ok(KeptSession { session, end })
}

pub(crate) fn cut(text: &str, length_max: usize) -> String {
    text.chars().take(length_max).collect()
}
