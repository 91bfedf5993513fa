//! The boards as those who look after them arrange them.

use crate::Storage;
use crate::audit::AuditedChange;
use crate::building::decode_board_id;
use crate::error::{Failure, StorageError, corrupt};
use crate::keys::{IssuedKey, list_keys_of, list_revocable, revoke, subject};
use crate::models::{board, board_key, board_sample, board_session, wire};
use crate::registry::{decode_version, find_board, raise_version};
use crate::samples;
use crate::sessions::{KeptSession, decode_session};
use domain::{BoardId, BoardLabel, BoardSample, Holds, OperateBoards, ReadAdmin, UtcMs};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use std::collections::HashMap;

/// A board as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetBoard {
    /// Its name.
    pub id: BoardId,
    /// What people call it.
    pub label: BoardLabel,
    /// Seconds between its reports, where that is not as for all.
    pub heartbeat_s: Option<u16>,
    /// Since when it is not used any more.
    pub retired_at: Option<UtcMs>,
    /// The versions of its key, by version.
    pub keys: Vec<IssuedKey>,
    /// Its newest session.
    pub session: Option<KeptSession>,
    /// Its newest sample.
    pub sample: Option<BoardSample>,
}

/// What the log says of a board.
#[derive(Serialize)]
struct Settings<'a> {
    label: &'a str,
    heartbeat_s: Option<i32>,
    retired: bool,
}

impl<'a> Settings<'a> {
    fn of(row: &'a board::Model) -> Self {
        Self { label: &row.label, heartbeat_s: row.heartbeat_s, retired: row.retired_at.is_some() }
    }
}

impl Storage {
    /// All boards by name, retired ones too.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_fleet(&self, _by: &Holds<ReadAdmin>) -> Result<Vec<FleetBoard>, StorageError> {
        self.within("listing the boards", async {
            let read = self.begin_read().await?;
            let rows = board::Entity::find().order_by_asc(board::Column::Name).all(&read).await?;
            read_fleet(&read, rows, None).await
        })
        .await
    }

    /// One of them.
    ///
    /// # Errors
    /// `UnknownBoard`, `Corrupt`, `Timeout`, `Database`.
    pub async fn find_fleet_board(&self, _by: &Holds<ReadAdmin>, board: &BoardId) -> Result<FleetBoard, StorageError> {
        self.within("looking up a board", async {
            let read = self.begin_read().await?;
            let row = find_board(&read, board).await?;
            let id = row.id;
            let found = read_fleet(&read, vec![row], Some(id)).await?.pop();
            Ok(found.ok_or_else(|| StorageError::UnknownBoard { board: board.clone() })?)
        })
        .await
    }

    /// Calls a board something else.
    ///
    /// # Errors
    /// `UnknownBoard`, `Corrupt`, `Timeout`, `Database`.
    pub async fn set_board_label(
        &self,
        by: &Holds<OperateBoards>,
        board: &BoardId,
        label: &BoardLabel,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        let set = (board::Column::Label, Expr::value(label.as_str()));
        self.change_board(by, (board, "board.renamed"), set, now).await
    }

    /// Lets a board report at least so often; `None`: as all do. The server follows.
    ///
    /// # Errors
    /// `UnknownBoard`, `Corrupt`, `Timeout`, `Database`.
    pub async fn set_board_heartbeat(
        &self,
        by: &Holds<OperateBoards>,
        board: &BoardId,
        heartbeat_s: Option<u16>,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        let set = (board::Column::HeartbeatS, Expr::value(heartbeat_s.map(i32::from)));
        self.change_board(by, (board, "board.configured"), set, now).await
    }

    /// Uses a board no more: its keys are refused from now on. Nothing of what it has said is lost, and a new key brings it back.
    ///
    /// # Errors
    /// `BoardWired` while it watches booths; `UnknownBoard`, `Corrupt`, `Timeout`, `Database`.
    pub async fn retire_board(
        &self,
        by: &Holds<OperateBoards>,
        board: &BoardId,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        self.within("retiring a board", async {
            let mut write = self.begin_audited(now).await?;
            let row = find_board(write.connection(), board).await?;
            let wires = wire::Entity::find().filter(wire::Column::BoardId.eq(row.id)).count(write.connection()).await?;
            if wires > 0 {
                return Err(StorageError::BoardWired { board: board.clone() }.into());
            }
            let keys = list_keys_of(write.connection(), row.id).await?;
            let good = if keys.is_empty() { Vec::new() } else { list_revocable(board, &keys, None)? };
            if !good.is_empty() {
                revoke(&mut write, by.actor(), (board, row.id), &good, now).await?;
            }
            let set = (board::Column::RetiredAt, Expr::value(Some(now.0)));
            apply(&mut write, by, (board, "board.retired"), &row, set).await?;
            write.commit().await
        })
        .await
    }

    async fn change_board(
        &self,
        by: &Holds<OperateBoards>,
        (board, action): (&BoardId, &'static str),
        set: (board::Column, SimpleExpr),
        now: UtcMs,
    ) -> Result<(), StorageError> {
        self.within("changing a board", async {
            let mut write = self.begin_audited(now).await?;
            let row = find_board(write.connection(), board).await?;
            apply(&mut write, by, (board, action), &row, set).await?;
            write.commit().await
        })
        .await
    }
}

/// Sets a column and says so in the log, unless it was so before.
async fn apply(
    write: &mut crate::audit::Audited,
    by: &Holds<OperateBoards>,
    (board, action): (&BoardId, &'static str),
    before: &board::Model,
    (column, value): (board::Column, SimpleExpr),
) -> Result<(), Failure> {
    raise_version(write.connection()).await?;
    board::Entity::update_many()
        .col_expr(column, value)
        .filter(board::Column::Id.eq(before.id))
        .exec(write.connection())
        .await?;
    let after = find_board(write.connection(), board).await?;
    if after == *before {
        return Ok(());
    }
    let (before, after) = (Settings::of(before), Settings::of(&after));
    let change = AuditedChange { action, subject: subject(board), before: Some(&before), after: Some(&after) };
    write.note(by.actor(), change).await
}

/// What belongs to these rows: of one board, or of all.
async fn read_fleet(
    read: &impl ConnectionTrait,
    rows: Vec<board::Model>,
    one: Option<i32>,
) -> Result<Vec<FleetBoard>, Failure> {
    let newest = |table: &str, column: &str| {
        Expr::cust(format!(
            "{table}.{column} = (SELECT MAX(n.{column}) FROM {table} n WHERE n.board_id = {table}.board_id)"
        ))
    };
    let mut keys = board_key::Entity::find().order_by_asc(board_key::Column::Version);
    let mut sessions = board_session::Entity::find().filter(newest("board_session", "started_at"));
    let mut samples = board_sample::Entity::find().filter(newest("board_sample", "at"));
    if let Some(id) = one {
        keys = keys.filter(board_key::Column::BoardId.eq(id));
        sessions = sessions.filter(board_session::Column::BoardId.eq(id));
        samples = samples.filter(board_sample::Column::BoardId.eq(id));
    }
    let mut keys_by_board: HashMap<i32, Vec<board_key::Model>> = HashMap::new();
    for key in keys.all(read).await? {
        keys_by_board.entry(key.board_id).or_default().push(key);
    }
    let mut sessions: HashMap<_, _> = sessions.all(read).await?.into_iter().map(|row| (row.board_id, row)).collect();
    let samples: HashMap<_, _> = samples.all(read).await?.into_iter().map(|row| (row.board_id, row)).collect();
    let decode = |row: board::Model| {
        let id = decode_board_id(row.id, &row.name)?;
        let broken = |error: &dyn std::fmt::Display| corrupt("board", &row.id, error);
        let keys = keys_by_board.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        Ok(FleetBoard {
            label: row.label.parse().map_err(|error| broken(&error))?,
            heartbeat_s: row.heartbeat_s.map(u16::try_from).transpose().map_err(|error| broken(&error))?,
            retired_at: row.retired_at.map(UtcMs),
            keys: keys.iter().map(|key| decode_key(&id, key)).collect::<Result<_, _>>()?,
            session: sessions.remove(&row.id).map(|session| decode_session(&id, session)).transpose()?,
            sample: samples.get(&row.id).map(samples::decode).transpose()?,
            id,
        })
    };
    Ok(rows.into_iter().map(decode).collect::<Result<_, StorageError>>()?)
}

fn decode_key(board: &BoardId, row: &board_key::Model) -> Result<IssuedKey, StorageError> {
    Ok(IssuedKey {
        board: board.clone(),
        version: decode_version(row)?,
        issued_at: UtcMs(row.issued_at),
        revoked_at: row.revoked_at.map(UtcMs),
    })
}
