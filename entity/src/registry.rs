//! The boards that the server knows.

use crate::Storage;
use crate::audit::AuditedChange;
use crate::building::decode_board_id;
use crate::error::{Failure, StorageError, corrupt};
use crate::keys::subject;
use crate::models::{board, board_key, booth, registry_version, v0_wire};
use domain::{BoardId, BoardKey, BoothNumber, EventId, Holds, OperateBoards, RegisteredBoard, Registry, UtcMs, V0Wire};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, Statement,
};
use serde::Serialize;
use std::collections::HashMap;
use std::net::IpAddr;

/// The only row of `registry_version`.
const VERSION_ID: i32 = 1;

/// How often a board's numbering was allowed to begin anew, as the log has it.
#[derive(Serialize)]
struct Era {
    era: i32,
}

impl Storage {
    /// All boards with their keys and newest events, and the wires of nameless boards; all of one moment.
    ///
    /// # Errors
    /// `Corrupt` when a row makes no sense; `Timeout`, `Database`.
    pub async fn read_registry(&self) -> Result<Registry, StorageError> {
        self.within("reading the registry", async {
            let read = self.begin_read().await?;
            let keys = board_key::Entity::find().order_by_asc(board_key::Column::Version).all(&read).await?;
            let boards = BoardRow::list(&read).await?;
            let wires = v0_wire::Entity::find().find_also_related(booth::Entity).all(&read).await?;
            Ok(decode_registry(&boards, &keys, &wires)?)
        })
        .await
    }

    /// Rises whenever boards, keys, v0 wires or what is on a floor change, whoever changes them.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn read_registry_version(&self) -> Result<i64, StorageError> {
        self.within("reading the registry's version", async { read_version(&self.begin_read().await?).await }).await
    }

    /// Lets a board's numbering begin anew: what it says from now on is newer than all that it has said before. Returns
    /// its new era.
    ///
    /// # Errors
    /// `UnknownBoard`, `Corrupt`, `Timeout`, `Database`.
    pub async fn confirm_restart(
        &self,
        by: &Holds<OperateBoards>,
        board: &BoardId,
        now: UtcMs,
    ) -> Result<u32, StorageError> {
        self.within("confirming a restart", async {
            let mut write = self.begin_audited(now).await?;
            raise_version(write.connection()).await?;
            let row = find_board(write.connection(), board).await?;
            let era = row.era.saturating_add(1);
            board::Entity::update_many()
                .col_expr(board::Column::Era, Expr::value(era))
                .filter(board::Column::Id.eq(row.id))
                .exec(write.connection())
                .await?;
            let (before, after) = (Era { era: row.era }, Era { era });
            let change = AuditedChange {
                action: "board.confirmed",
                subject: subject(board),
                before: Some(&before),
                after: Some(&after),
            };
            write.note(by.actor(), change).await?;
            write.commit().await?;
            Ok(u32::try_from(era).map_err(|error| corrupt("board", &row.id, &error))?)
        })
        .await
    }

    /// Says at which booth a sensor of a nameless board looks, which is known by the address that it speaks from and the
    /// number that it sends. An IPv4 address is the same however it is written.
    ///
    /// # Errors
    /// `UnknownBooth`, `Corrupt`, `Timeout`, `Database`.
    pub async fn map_v0(&self, address: IpAddr, number: u8, booth: BoothNumber) -> Result<(), StorageError> {
        self.within("mapping a v0 sensor", async {
            let write = self.begin_change().await?;
            let of_number = booth::Entity::find().filter(booth::Column::Number.eq(booth.0));
            let booth = of_number.one(&write).await?.ok_or(StorageError::UnknownBooth { booth })?;
            let row = v0_wire::ActiveModel {
                address: Set(encode_address(address)),
                number: Set(number.into()),
                booth_id: Set(booth.id),
            };
            let key = [v0_wire::Column::Address, v0_wire::Column::Number];
            let replace = OnConflict::columns(key).update_column(v0_wire::Column::BoothId).to_owned();
            v0_wire::Entity::insert(row).on_conflict(replace).exec_without_returning(&write).await?;
            Ok(write.commit().await?)
        })
        .await
    }

    /// Undoes [`Self::map_v0`]; `false` when there is nothing to undo.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn unmap_v0(&self, address: IpAddr, number: u8) -> Result<bool, StorageError> {
        self.within("unmapping a v0 sensor", async {
            let write = self.begin_change().await?;
            let key = (encode_address(address), i16::from(number));
            if v0_wire::Entity::delete_by_id(key).exec(&write).await?.rows_affected == 0 {
                return Ok(false);
            }
            write.commit().await?;
            Ok(true)
        })
        .await
    }

    /// A transaction that changes the registry, unless it is dropped. Its first step makes all others wait, so what it
    /// reads stays true.
    pub(crate) async fn begin_change(&self) -> Result<DatabaseTransaction, Failure> {
        let write = self.begin_write().await?;
        raise_version(&write).await?;
        Ok(write)
    }
}

/// Says that something has changed which a running server follows.
pub(crate) async fn raise_version(write: &impl ConnectionTrait) -> Result<(), Failure> {
    let raised = registry_version::Entity::update_many()
        .col_expr(registry_version::Column::Version, Expr::col(registry_version::Column::Version).add(1))
        .filter(registry_version::Column::Id.eq(VERSION_ID))
        .exec(write)
        .await?;
    if raised.rows_affected == 0 { Err(missing_version().into()) } else { Ok(()) }
}

pub(crate) async fn read_version(connection: &impl ConnectionTrait) -> Result<i64, Failure> {
    let row = registry_version::Entity::find_by_id(VERSION_ID).one(connection).await?;
    Ok(row.ok_or_else(missing_version)?.version)
}

/// The row of a board.
pub(crate) async fn find_board(connection: &impl ConnectionTrait, board: &BoardId) -> Result<board::Model, Failure> {
    let of_name = board::Entity::find().filter(board::Column::Name.eq(board.as_str()));
    let row = of_name.one(connection).await?;
    Ok(row.ok_or_else(|| StorageError::UnknownBoard { board: board.clone() })?)
}

fn missing_version() -> StorageError {
    corrupt("registry_version", &VERSION_ID, &"missing")
}

fn encode_address(address: IpAddr) -> String {
    address.to_canonical().to_string()
}

/// A board and the newest event of its era.
#[derive(FromQueryResult)]
struct BoardRow {
    id: i32,
    name: String,
    era: i32,
    heartbeat_s: Option<i32>,
    boot: Option<i64>,
    n: Option<i64>,
}

impl BoardRow {
    /// Two steps down the index for each board.
    async fn list(connection: &impl ConnectionTrait) -> Result<Vec<Self>, Failure> {
        let newest =
            "FROM board_event e WHERE e.board_id = b.id AND e.era = b.era ORDER BY e.boot DESC, e.n DESC LIMIT 1";
        let sql = format!(
            "SELECT b.id, b.name, b.era, b.heartbeat_s, (SELECT e.boot {newest}) AS boot, (SELECT e.n {newest}) AS n \
             FROM board b"
        );
        let statement = Statement::from_string(connection.get_database_backend(), sql);
        Ok(Self::find_by_statement(statement).all(connection).await?)
    }

    fn decode(&self, keys: Vec<BoardKey>) -> Result<RegisteredBoard, StorageError> {
        let broken = |error: std::num::TryFromIntError| corrupt("board", &self.id, &error);
        let last = match (self.boot, self.n) {
            (Some(boot), Some(n)) => {
                Some(EventId { boot: boot.try_into().map_err(broken)?, n: n.try_into().map_err(broken)? })
            }
            _ => None,
        };
        let era = self.era.try_into().map_err(broken)?;
        let heartbeat_s = self.heartbeat_s.map(u16::try_from).transpose().map_err(broken)?;
        Ok(RegisteredBoard { id: decode_board_id(self.id, &self.name)?, era, keys, last, heartbeat_s })
    }
}

fn decode_registry(
    boards: &[BoardRow],
    keys: &[board_key::Model],
    wires: &[(v0_wire::Model, Option<booth::Model>)],
) -> Result<Registry, StorageError> {
    let mut keys_by_board: HashMap<i32, Vec<BoardKey>> = HashMap::new();
    for row in keys {
        let key = BoardKey { version: decode_version(row)?, revoked: row.revoked_at.is_some() };
        keys_by_board.entry(row.board_id).or_default().push(key);
    }
    let mut boards = boards
        .iter()
        .map(|row| row.decode(keys_by_board.remove(&row.id).unwrap_or_default()))
        .collect::<Result<Vec<_>, _>>()?;
    boards.sort_by(|a, b| a.id.cmp(&b.id));
    let mut v0_wires = wires.iter().map(decode_v0_wire).collect::<Result<Vec<_>, _>>()?;
    v0_wires.sort_by_key(|wire| (wire.address, wire.number));
    Ok(Registry { boards, v0_wires })
}

/// The version in this row.
pub(crate) fn decode_version(row: &board_key::Model) -> Result<u8, StorageError> {
    let key = format!("board {}, version {}", row.board_id, row.version);
    row.version.try_into().map_err(|error: std::num::TryFromIntError| corrupt("board_key", &key, &error))
}

fn decode_v0_wire((row, booth): &(v0_wire::Model, Option<booth::Model>)) -> Result<V0Wire, StorageError> {
    let key = format!("{} number {}", row.address, row.number);
    let broken = |reason: String| corrupt("v0_wire", &key, &reason);
    let booth = booth.as_ref().ok_or_else(|| broken("unknown booth".to_owned()))?;
    let booth = booth.number.try_into().map(BoothNumber);
    Ok(V0Wire {
        address: row.address.parse().map_err(|_| broken("no address".to_owned()))?,
        number: row.number.try_into().map_err(|error: std::num::TryFromIntError| broken(error.to_string()))?,
        booth: booth.map_err(|error| broken(error.to_string()))?,
    })
}
