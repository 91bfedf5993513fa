//! The versions of the boards' keys: given, replaced, refused.

use crate::Storage;
use crate::building::decode_board_id;
use crate::error::{Failure, StorageError, corrupt};
use crate::models::{board, board_key};
use crate::registry::{decode_version, find_board};
use domain::{BoardId, UtcMs};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

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

impl Storage {
    /// The version of the key to give to a board: the newest that is not revoked, or else a new one, the first being 1.
    /// A board that does not exist is made.
    ///
    /// # Errors
    /// `KeysExhausted`, `Corrupt`, `Timeout`, `Database`.
    pub async fn issue_key(&self, board: &BoardId, now: UtcMs) -> Result<u8, StorageError> {
        self.within("issuing a key", async {
            let write = self.begin_change().await?;
            let board_id = find_or_insert_board(&write, board).await?;
            let keys = list_keys_of(&write, board_id).await?;
            if let Some(newest) = keys.iter().rev().find(|key| key.revoked_at.is_none()) {
                return Ok(decode_version(newest)?);
            }
            let version = insert_next(&write, board, board_id, &keys, now).await?;
            write.commit().await?;
            Ok(version)
        })
        .await
    }

    /// Adds a version to those of a board and returns it. The older ones stay good until they are revoked.
    ///
    /// # Errors
    /// `UnknownBoard` when the board has no key; `KeysExhausted`, `Corrupt`, `Timeout`, `Database`.
    pub async fn rotate_key(&self, board: &BoardId, now: UtcMs) -> Result<u8, StorageError> {
        self.within("rotating a key", async {
            let write = self.begin_change().await?;
            let board_id = find_board(&write, board).await?.id;
            let keys = list_keys_of(&write, board_id).await?;
            if keys.is_empty() {
                return Err(StorageError::UnknownBoard { board: board.clone() }.into());
            }
            let version = insert_next(&write, board, board_id, &keys, now).await?;
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
    pub async fn revoke_key(&self, board: &BoardId, version: Option<u8>, now: UtcMs) -> Result<Vec<u8>, StorageError> {
        self.within("revoking a key", async {
            let write = self.begin_change().await?;
            let board_id = find_board(&write, board).await?.id;
            let keys = list_keys_of(&write, board_id).await?;
            let revoked = list_revocable(board, &keys, version)?;
            if revoked.is_empty() {
                return Ok(revoked);
            }
            board_key::Entity::update_many()
                .col_expr(board_key::Column::RevokedAt, Expr::value(now.0))
                .filter(board_key::Column::BoardId.eq(board_id))
                .filter(board_key::Column::Version.is_in(revoked.iter().copied().map(i16::from)))
                .exec(&write)
                .await?;
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
    let row = board::ActiveModel { id: NotSet, name: Set(board.as_str().to_owned()), era: Set(0) };
    Ok(board::Entity::insert(row).exec(write).await?.last_insert_id)
}

/// By version.
async fn list_keys_of(connection: &impl ConnectionTrait, board_id: i32) -> Result<Vec<board_key::Model>, Failure> {
    let of_board = board_key::Entity::find().filter(board_key::Column::BoardId.eq(board_id));
    Ok(of_board.order_by_asc(board_key::Column::Version).all(connection).await?)
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

fn list_revocable(board: &BoardId, keys: &[board_key::Model], version: Option<u8>) -> Result<Vec<u8>, StorageError> {
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
