//! The versions of the boards' keys: given, replaced, refused.

use crate::Storage;
use crate::audit::{Audited, AuditedChange};
use crate::building::decode_board_id;
use crate::error::{Failure, StorageError, corrupt};
use crate::models::{board, board_key};
use crate::registry::{decode_version, find_board, raise_version};
use domain::{Actor, BoardId, Holds, OperateBoards, UtcMs};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

/// A version of a board's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedKey {
    /// The board.
    pub board: BoardId,
    /// From 1.
    pub version: u8,
    /// Since when it is good.
    pub issued_at: UtcMs,
    /// Since when it is refused.
    pub revoked_at: Option<UtcMs>,
}

/// Versions of a key, as the log names them. Never a key.
#[derive(Serialize)]
struct Versions<'a> {
    versions: &'a [u8],
}

impl Storage {
    /// The version of the key to give to a board: the newest that is not revoked, or else a new one, the first being 1.
    /// A board that does not exist is made; one that was retired is used again.
    ///
    /// # Errors
    /// `KeysExhausted`, `Corrupt`, `Timeout`, `Database`.
    pub async fn issue_key(&self, by: &Holds<OperateBoards>, board: &BoardId, now: UtcMs) -> Result<u8, StorageError> {
        self.within("issuing a key", async {
            let mut write = self.begin_audited(now).await?;
            let board_id = find_or_insert_board(write.connection(), board).await?;
            let keys = list_keys_of(write.connection(), board_id).await?;
            if let Some(newest) = keys.iter().rev().find(|key| key.revoked_at.is_none()) {
                return Ok(decode_version(newest)?);
            }
            let version =
                give_next(&mut write, (by.actor(), "board.key_issued"), (board, board_id), &keys, now).await?;
            write.commit().await?;
            Ok(version)
        })
        .await
    }

    /// Makes a board, or takes one in hand that has never had a key: the version of its first key.
    ///
    /// # Errors
    /// `BoardTaken` when a board of this name has a key, or had one; `Corrupt`, `Timeout`, `Database`.
    pub async fn create_board(
        &self,
        by: &Holds<OperateBoards>,
        board: &BoardId,
        now: UtcMs,
    ) -> Result<u8, StorageError> {
        self.within("making a board", async {
            let mut write = self.begin_audited(now).await?;
            let board_id = find_or_insert_board(write.connection(), board).await?;
            let keys = list_keys_of(write.connection(), board_id).await?;
            if !keys.is_empty() {
                return Err(StorageError::BoardTaken { board: board.clone() }.into());
            }
            let version = give_next(&mut write, (by.actor(), "board.created"), (board, board_id), &keys, now).await?;
            write.commit().await?;
            Ok(version)
        })
        .await
    }

    /// Adds a version to those of a board and returns it. The older ones stay good until they are revoked.
    ///
    /// # Errors
    /// `UnknownBoard` when the board has no key; `KeysExhausted`, `Corrupt`, `Timeout`, `Database`.
    pub async fn rotate_key(&self, by: &Holds<OperateBoards>, board: &BoardId, now: UtcMs) -> Result<u8, StorageError> {
        self.within("rotating a key", async {
            let mut write = self.begin_audited(now).await?;
            let board_id = find_board(write.connection(), board).await?.id;
            let keys = list_keys_of(write.connection(), board_id).await?;
            if keys.is_empty() {
                return Err(StorageError::UnknownBoard { board: board.clone() }.into());
            }
            let version =
                give_next(&mut write, (by.actor(), "board.key_rotated"), (board, board_id), &keys, now).await?;
            write.commit().await?;
            Ok(version)
        })
        .await
    }

    /// Refuses a version of a board's key from now on, or all of them. Returns those that were good until now.
    ///
    /// # Errors
    /// `UnknownBoard` when the board has no key, `UnknownKey` when it has none of that version; `Corrupt`, `Timeout`,
    /// `Database`.
    pub async fn revoke_key(
        &self,
        by: &Holds<OperateBoards>,
        board: &BoardId,
        version: Option<u8>,
        now: UtcMs,
    ) -> Result<Vec<u8>, StorageError> {
        self.within("revoking a key", async {
            let mut write = self.begin_audited(now).await?;
            let board_id = find_board(write.connection(), board).await?.id;
            let keys = list_keys_of(write.connection(), board_id).await?;
            let revoked = list_revocable(board, &keys, version)?;
            if revoked.is_empty() {
                return Ok(revoked);
            }
            revoke(&mut write, by.actor(), (board, board_id), &revoked, now).await?;
            write.commit().await?;
            Ok(revoked)
        })
        .await
    }

    /// All versions of all keys, by board and version.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_keys(&self) -> Result<Vec<IssuedKey>, StorageError> {
        self.within("listing keys", async {
            let read = self.begin_read().await?;
            let rows = board_key::Entity::find().find_also_related(board::Entity).all(&read).await?;
            let mut keys = rows.iter().map(decode_key).collect::<Result<Vec<_>, _>>()?;
            keys.sort_by(|a, b| (&a.board, a.version).cmp(&(&b.board, b.version)));
            Ok(keys)
        })
        .await
    }
}

pub(crate) async fn find_or_insert_board(write: &impl ConnectionTrait, board: &BoardId) -> Result<i32, Failure> {
    let of_name = board::Entity::find().filter(board::Column::Name.eq(board.as_str()));
    if let Some(row) = of_name.one(write).await? {
        return Ok(row.id);
    }
    let row = board::ActiveModel {
        id: NotSet,
        name: Set(board.as_str().to_owned()),
        era: Set(0),
        label: Set(String::new()),
        heartbeat_s: Set(None),
        retired_at: Set(None),
    };
    Ok(board::Entity::insert(row).exec(write).await?.last_insert_id)
}

/// By version.
pub(crate) async fn list_keys_of(
    connection: &impl ConnectionTrait,
    board_id: i32,
) -> Result<Vec<board_key::Model>, Failure> {
    let of_board = board_key::Entity::find().filter(board_key::Column::BoardId.eq(board_id));
    Ok(of_board.order_by_asc(board_key::Column::Version).all(connection).await?)
}

/// What the log calls a board.
pub(crate) fn subject(board: &BoardId) -> String {
    format!("board:{board}")
}

/// Gives a board the next version of its key, and says so in the log.
async fn give_next(
    write: &mut Audited,
    (by, action): (&Actor, &'static str),
    (board, board_id): (&BoardId, i32),
    keys: &[board_key::Model],
    now: UtcMs,
) -> Result<u8, Failure> {
    raise_version(write.connection()).await?;
    let version = insert_next(write.connection(), board, board_id, keys, now).await?;
    board::Entity::update_many()
        .col_expr(board::Column::RetiredAt, Expr::value(None::<i64>))
        .filter(board::Column::Id.eq(board_id))
        .exec(write.connection())
        .await?;
    let after = Versions { versions: &[version] };
    let change = AuditedChange { action, subject: subject(board), before: None, after: Some(&after) };
    write.note(by, change).await?;
    Ok(version)
}

/// Refuses these versions from now on, and says so in the log.
pub(crate) async fn revoke(
    write: &mut Audited,
    by: &Actor,
    (board, board_id): (&BoardId, i32),
    versions: &[u8],
    now: UtcMs,
) -> Result<(), Failure> {
    raise_version(write.connection()).await?;
    board_key::Entity::update_many()
        .col_expr(board_key::Column::RevokedAt, Expr::value(now.0))
        .filter(board_key::Column::BoardId.eq(board_id))
        .filter(board_key::Column::Version.is_in(versions.iter().copied().map(i16::from)))
        .exec(write.connection())
        .await?;
    let before = Versions { versions };
    let change =
        AuditedChange { action: "board.key_revoked", subject: subject(board), before: Some(&before), after: None };
    write.note(by, change).await
}

async fn insert_next(
    write: &impl ConnectionTrait,
    board: &BoardId,
    board_id: i32,
    keys: &[board_key::Model],
    now: UtcMs,
) -> Result<u8, Failure> {
    let newest = keys.last().map(decode_version).transpose()?.unwrap_or(0);
    let version = newest.checked_add(1).ok_or_else(|| StorageError::KeysExhausted { board: board.clone() })?;
    let row = board_key::ActiveModel {
        board_id: Set(board_id),
        version: Set(version.into()),
        issued_at: Set(now.0),
        revoked_at: Set(None),
    };
    board_key::Entity::insert(row).exec_without_returning(write).await?;
    Ok(version)
}

pub(crate) fn list_revocable(
    board: &BoardId,
    keys: &[board_key::Model],
    version: Option<u8>,
) -> Result<Vec<u8>, StorageError> {
    if keys.is_empty() {
        return Err(StorageError::UnknownBoard { board: board.clone() });
    }
    let versions = keys.iter().map(decode_version).collect::<Result<Vec<_>, _>>()?;
    if let Some(version) = version.filter(|version| !versions.contains(version)) {
        return Err(StorageError::UnknownKey { board: board.clone(), version });
    }
    let good = versions.into_iter().zip(keys).filter(|(_, key)| key.revoked_at.is_none()).map(|(version, _)| version);
    Ok(good.filter(|good| version.is_none_or(|version| version == *good)).collect())
}

fn decode_key((row, board): &(board_key::Model, Option<board::Model>)) -> Result<IssuedKey, StorageError> {
    let board = board.as_ref().ok_or_else(|| corrupt("board_key", &row.board_id, &"unknown board"))?;
    Ok(IssuedKey {
        board: decode_board_id(board.id, &board.name)?,
        version: decode_version(row)?,
        issued_at: UtcMs(row.issued_at),
        revoked_at: row.revoked_at.map(UtcMs),
    })
}
