//! What boards are told: kept before they are told it, so that it waits for them, also over a restart of the server.

use crate::Storage;
use crate::audit::AuditedChange;
use crate::building::decode_board_id;
use crate::error::{StorageError, corrupt};
use crate::keys::subject;
use crate::models::board;
use crate::models::board_command::{ActiveModel, Column, Entity, Model};
use crate::registry::find_board;
use crate::sessions::cut;
use domain::{BoardCommand, BoardId, CommandState, Holds, OperateBoards, ReadAdmin, UtcMs};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

/// Commands of one board that may wait.
const WAITING_MAX: u64 = 8;
/// Letters of the columns.
const OUTCOME_MAX: usize = 32;
const ACTOR_MAX: usize = 64;

/// A command as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCommand {
    /// Its row.
    pub id: i32,
    /// The board.
    pub board: BoardId,
    /// What it was told.
    pub command: BoardCommand,
    /// By whom.
    pub asked_by: String,
    /// When that was asked for.
    pub asked_at: UtcMs,
    /// When the board was told.
    pub sent_at: Option<UtcMs>,
    /// When it was over.
    pub ended_at: Option<UtcMs>,
    /// What came of it.
    pub state: CommandState,
}

/// A command as the log has it.
#[derive(Serialize)]
struct Told {
    command: BoardCommand,
}

impl Storage {
    /// Keeps a command that is to be told to a board: its row.
    ///
    /// # Errors
    /// `CommandsWaiting` when enough of them wait; `UnknownBoard`, `Corrupt`, `Timeout`, `Database`.
    pub async fn create_command(
        &self,
        by: &Holds<OperateBoards>,
        board: &BoardId,
        command: BoardCommand,
        now: UtcMs,
    ) -> Result<i32, StorageError> {
        self.within("keeping a command", async {
            let mut write = self.begin_audited(now).await?;
            let board_id = find_board(write.connection(), board).await?.id;
            let open = Entity::find().filter(Column::BoardId.eq(board_id)).filter(Column::EndedAt.is_null());
            let waiting = open.count(write.connection()).await?;
            if waiting >= WAITING_MAX {
                return Err(StorageError::CommandsWaiting { board: board.clone(), waiting }.into());
            }
            let row = ActiveModel {
                id: NotSet,
                board_id: Set(board_id),
                command: Set(command.to_string()),
                asked_by: Set(cut(&by.actor().name, ACTOR_MAX)),
                asked_at: Set(now.0),
                sent_at: Set(None),
                ended_at: Set(None),
                outcome: Set(None),
            };
            let id = Entity::insert(row).exec(write.connection()).await?.last_insert_id;
            let after = Told { command };
            let change =
                AuditedChange { action: "board.told", subject: subject(board), before: None, after: Some(&after) };
            write.note(by.actor(), change).await?;
            write.commit().await?;
            Ok(id)
        })
        .await
    }

    /// Takes a command back that the board has not been told yet; `false` when it is too late for that.
    ///
    /// # Errors
    /// `UnknownBoard`, `Corrupt`, `Timeout`, `Database`.
    pub async fn take_command_back(
        &self,
        by: &Holds<OperateBoards>,
        board: &BoardId,
        id: i32,
        now: UtcMs,
    ) -> Result<bool, StorageError> {
        self.within("taking a command back", async {
            let mut write = self.begin_audited(now).await?;
            let board_id = find_board(write.connection(), board).await?.id;
            let of_board = Entity::find_by_id(id).filter(Column::BoardId.eq(board_id));
            let waiting = of_board.filter(Column::SentAt.is_null()).filter(Column::EndedAt.is_null());
            let Some(row) = waiting.one(write.connection()).await? else { return Ok(false) };
            Entity::update_many()
                .col_expr(Column::EndedAt, Expr::value(now.0))
                .col_expr(Column::Outcome, Expr::value(encode(&CommandState::TakenBack)))
                .filter(Column::Id.eq(id))
                .exec(write.connection())
                .await?;
            let before = Told { command: decode_command(&row)? };
            let change = AuditedChange {
                action: "board.told_not_to",
                subject: subject(board),
                before: Some(&before),
                after: None,
            };
            write.note(by.actor(), change).await?;
            write.commit().await?;
            Ok(true)
        })
        .await
    }

    /// The newest commands of a board, newest first; at most `limit`.
    ///
    /// # Errors
    /// `UnknownBoard`, `Corrupt`, `Timeout`, `Database`.
    pub async fn list_commands(
        &self,
        _by: &Holds<ReadAdmin>,
        board: &BoardId,
        limit: u64,
    ) -> Result<Vec<KeptCommand>, StorageError> {
        self.within("listing commands", async {
            let read = self.begin_read().await?;
            let row = find_board(&read, board).await?;
            let of_board = Entity::find().filter(Column::BoardId.eq(row.id));
            let rows = of_board.order_by_desc(Column::Id).limit(limit).all(&read).await?;
            Ok(rows.into_iter().map(|row| decode(board, row)).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// What a run of the server has left: the commands that still wait, oldest first. Those that were told and not answered
    /// when it ended never will be.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn resume_commands(&self, now: UtcMs) -> Result<Vec<KeptCommand>, StorageError> {
        self.within("resuming commands", async {
            let write = self.begin_write().await?;
            Entity::update_many()
                .col_expr(Column::EndedAt, Expr::value(now.0))
                .col_expr(Column::Outcome, Expr::value(encode(&CommandState::Unanswered)))
                .filter(Column::SentAt.is_not_null())
                .filter(Column::EndedAt.is_null())
                .exec(&write)
                .await?;
            let open = Entity::find().filter(Column::EndedAt.is_null()).order_by_asc(Column::Id);
            let rows = open.find_also_related(board::Entity).all(&write).await?;
            write.commit().await?;
            let decode = |(row, board): (Model, Option<board::Model>)| {
                let board = board.ok_or_else(|| corrupt("board_command", &row.id, &"unknown board"))?;
                decode(&decode_board_id(board.id, &board.name)?, row)
            };
            Ok(rows.into_iter().map(decode).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Keeps what has come of a command.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn note_command(&self, id: i32, state: &CommandState, at: UtcMs) -> Result<(), StorageError> {
        self.within("keeping what came of a command", async {
            let write = self.begin_write().await?;
            let row = Entity::update_many().filter(Column::Id.eq(id)).filter(Column::EndedAt.is_null());
            let row = match state {
                CommandState::Waiting => row.col_expr(Column::SentAt, Expr::value(None::<i64>)),
                CommandState::Sent => row.col_expr(Column::SentAt, Expr::value(at.0)),
                over => row
                    .col_expr(Column::EndedAt, Expr::value(at.0))
                    .col_expr(Column::Outcome, Expr::value(encode(over))),
            };
            row.exec(&write).await?;
            Ok(write.commit().await?)
        })
        .await
    }
}

fn encode(state: &CommandState) -> Option<String> {
    match state {
        CommandState::Waiting | CommandState::Sent => None,
        CommandState::Done => Some("ok".to_owned()),
        CommandState::Refused { word } => Some(cut(&format!("err={word}"), OUTCOME_MAX)),
        CommandState::Unanswered => Some("unanswered".to_owned()),
        CommandState::TakenBack => Some("taken_back".to_owned()),
    }
}

fn decode_state(row: &Model) -> Result<CommandState, StorageError> {
    match (row.outcome.as_deref(), row.sent_at) {
        (None, None) => Ok(CommandState::Waiting),
        (None, Some(_)) => Ok(CommandState::Sent),
        (Some("ok"), _) => Ok(CommandState::Done),
        (Some("unanswered"), _) => Ok(CommandState::Unanswered),
        (Some("taken_back"), _) => Ok(CommandState::TakenBack),
        (Some(other), _) => match other.strip_prefix("err=") {
            Some(word) => Ok(CommandState::Refused { word: word.to_owned() }),
            None => Err(corrupt("board_command", &row.id, &format!("outcome {other:?}"))),
        },
    }
}

fn decode_command(row: &Model) -> Result<BoardCommand, StorageError> {
    row.command.parse().map_err(|error| corrupt("board_command", &row.id, &error))
}

fn decode(board: &BoardId, row: Model) -> Result<KeptCommand, StorageError> {
    Ok(KeptCommand {
        id: row.id,
        board: board.clone(),
        command: decode_command(&row)?,
        state: decode_state(&row)?,
        asked_at: UtcMs(row.asked_at),
        sent_at: row.sent_at.map(UtcMs),
        ended_at: row.ended_at.map(UtcMs),
        asked_by: row.asked_by,
    })
}
