//! How boards were: batteries and radios, thinned out as they are stored.

use crate::Storage;
use crate::building::decode_board_id;
use crate::error::{Failure, StorageError, corrupt};
use crate::ids::Ids;
use crate::models::board;
use crate::models::board_sample::{ActiveModel, Column, Entity, Model};
use crate::registry::find_board;
use domain::{BatteryReading, BoardId, BoardSample, Record, UtcMs, is_sample_due};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Of the samples of one board.
const SAMPLES_MAX: u64 = 20_000;

/// How a board has been of late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardTrend {
    /// The board.
    pub board: BoardId,
    /// Its battery, oldest first: of each span of time the highest, since dips are of the radio.
    pub battery: Vec<BatteryReading>,
    /// The strength of its signal, oldest first: of each span of time the weakest.
    pub rssi_dbm: Vec<(UtcMs, i16)>,
}

impl Storage {
    /// The samples of a board from `from` on, oldest first: all, or one of each span of `slot_ms` if that is above 1.
    ///
    /// # Errors
    /// `UnknownBoard`, `Corrupt`, `Timeout`, `Database`.
    pub async fn list_samples(
        &self,
        board: &BoardId,
        from: UtcMs,
        slot_ms: u32,
    ) -> Result<Vec<BoardSample>, StorageError> {
        self.within("listing samples", async {
            let read = self.begin_read().await?;
            let row = find_board(&read, board).await?;
            let rows = Entity::find()
                .filter(Column::BoardId.eq(row.id))
                .filter(Column::At.gte(from.0))
                .order_by_asc(Column::At)
                .limit(SAMPLES_MAX)
                .all(&read)
                .await?;
            let mut samples = rows.iter().map(decode).collect::<Result<Vec<_>, _>>()?;
            samples.dedup_by_key(|sample| sample.at.0 / i64::from(slot_ms.max(1)));
            Ok(samples)
        })
        .await
    }

    /// How all boards have been since `from`, in spans of `slot_ms`.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_trends(&self, from: UtcMs, slot_ms: u32) -> Result<Vec<BoardTrend>, StorageError> {
        self.within("listing trends", async {
            let read = self.begin_read().await?;
            let rows = TrendRow::list(&read, from, slot_ms.max(1)).await?;
            let mut trends: Vec<BoardTrend> = Vec::new();
            for row in rows {
                row.add_to(&mut trends)?;
            }
            Ok(trends)
        })
        .await
    }

    /// Forgets the samples of before `at`; returns how many there were.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn delete_samples_before(&self, at: UtcMs) -> Result<u64, StorageError> {
        // By board, for that is the order of the table, and others may write in between.
        let boards = self
            .within("listing boards", async {
                let select = board::Entity::find().select_only().column(board::Column::Id);
                Ok(select.into_tuple::<i32>().all(&self.begin_read().await?).await?)
            })
            .await?;
        let mut deleted = 0;
        for board_id in boards {
            let delete = async {
                let old = Entity::delete_many().filter(Column::BoardId.eq(board_id)).filter(Column::At.lt(at.0));
                let write = self.begin_write().await?;
                let gone = old.exec(&write).await?.rows_affected;
                write.commit().await?;
                Ok(gone)
            };
            deleted += self.within("deleting samples", delete).await?;
        }
        Ok(deleted)
    }
}

#[derive(FromQueryResult)]
struct TrendRow {
    board_id: i32,
    name: String,
    slot: i64,
    battery_mv: i32,
    rssi_dbm: Option<i16>,
}

impl TrendRow {
    async fn list(connection: &impl ConnectionTrait, from: UtcMs, slot_ms: u32) -> Result<Vec<Self>, Failure> {
        let sql = "
            SELECT s.board_id, b.name, s.at - s.at % ? AS slot, MAX(s.battery_mv) AS battery_mv, MIN(s.rssi_dbm) AS rssi_dbm
            FROM board_sample s JOIN board b ON b.id = s.board_id
            WHERE s.at >= ?
            GROUP BY s.board_id, b.name, slot
            ORDER BY b.name, slot";
        let values = [i64::from(slot_ms).into(), from.0.into()];
        let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
        Ok(Self::find_by_statement(statement).all(connection).await?)
    }

    fn add_to(self, trends: &mut Vec<BoardTrend>) -> Result<(), StorageError> {
        let board = decode_board_id(self.board_id, &self.name)?;
        if trends.last().is_none_or(|trend| trend.board != board) {
            trends.push(BoardTrend { board, battery: Vec::new(), rssi_dbm: Vec::new() });
        }
        let Some(trend) = trends.last_mut() else { return Ok(()) };
        let at = UtcMs(self.slot);
        let battery_mv = decode_mv(self.board_id, self.slot, self.battery_mv)?;
        trend.battery.push(BatteryReading { at, battery_mv });
        trend.rssi_dbm.extend(self.rssi_dbm.map(|rssi_dbm| (at, rssi_dbm)));
        Ok(())
    }
}

/// When each board was last sampled, read once. Only [`Storage::store`] writes samples, so it stays true; after an error it is
/// forgotten, and then read again.
#[derive(Debug, Clone, Default)]
pub(crate) struct KnownSamples(Arc<Mutex<Option<Sampled>>>);

#[derive(Debug, Default)]
struct Sampled {
    last_at: HashMap<i32, UtcMs>,
    /// Boards whose session has only just begun.
    come_back: HashSet<i32>,
}

impl KnownSamples {
    /// What of these records is to be kept as samples.
    pub(crate) async fn choose(
        &self,
        records: &[Record],
        ids: &Ids,
        connection: &impl ConnectionTrait,
    ) -> Result<Vec<ActiveModel>, Failure> {
        if self.lock().is_none() {
            let newest = Entity::find().select_only().column(Column::BoardId).column_as(Column::At.max(), "at");
            let rows: Vec<(i32, i64)> = newest.group_by(Column::BoardId).into_tuple().all(connection).await?;
            let last_at = rows.into_iter().map(|(board_id, at)| (board_id, UtcMs(at))).collect();
            *self.lock() = Some(Sampled { last_at, come_back: HashSet::new() });
        }
        let mut known = self.lock();
        let sampled = known.get_or_insert_default();
        Ok(records.iter().filter_map(|record| sampled.choose(record, ids)).collect())
    }

    pub(crate) fn forget(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Sampled>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sampled {
    fn choose(&mut self, record: &Record, ids: &Ids) -> Option<ActiveModel> {
        match record {
            Record::Event(event) => {
                let board_id = *ids.boards.get(&event.board)?;
                let sample = BoardSample {
                    // Its vitals are those of when it spoke, not of what it speaks of.
                    at: event.received_at,
                    battery_mv: event.battery_mv,
                    rssi_dbm: Some(event.rssi_dbm),
                    up_s: Some(event.up_s),
                };
                let has_come_back = self.come_back.contains(&board_id);
                if !is_sample_due(self.last_at.get(&board_id).copied(), has_come_back, sample.at) {
                    return None;
                }
                self.come_back.remove(&board_id);
                Some(self.keep(board_id, sample))
            }
            Record::SessionStarted(session) => {
                self.come_back.insert(*ids.boards.get(&session.board)?);
                None
            }
            Record::SessionEnded(end) => {
                let board_id = *ids.boards.get(&end.board)?;
                let sample = BoardSample { at: end.ended_at, battery_mv: end.battery_mv?, rssi_dbm: None, up_s: None };
                Some(self.keep(board_id, sample))
            }
            Record::Transition(_) | Record::Started { .. } | Record::Alive { .. } => None,
        }
    }

    fn keep(&mut self, board_id: i32, sample: BoardSample) -> ActiveModel {
        self.last_at.insert(board_id, sample.at);
        let BoardSample { at, battery_mv, rssi_dbm, up_s } = sample;
        ActiveModel {
            board_id: Set(board_id),
            at: Set(at.0),
            battery_mv: Set(battery_mv.into()),
            rssi_dbm: Set(rssi_dbm),
            up_s: Set(up_s.map(Into::into)),
        }
    }
}

pub(crate) fn decode(row: &Model) -> Result<BoardSample, StorageError> {
    let broken =
        |error: &dyn std::fmt::Display| corrupt("board_sample", &format!("{} at {}", row.board_id, row.at), error);
    Ok(BoardSample {
        at: UtcMs(row.at),
        battery_mv: decode_mv(row.board_id, row.at, row.battery_mv)?,
        rssi_dbm: row.rssi_dbm,
        up_s: row.up_s.map(u32::try_from).transpose().map_err(|error| broken(&error))?,
    })
}

fn decode_mv(board_id: i32, at: i64, battery_mv: i32) -> Result<u16, StorageError> {
    battery_mv.try_into().map_err(|error| corrupt("board_sample", &format!("{board_id} at {at}"), &error))
}
