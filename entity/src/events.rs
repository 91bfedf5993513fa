//! The events of boards, as they were reported.

use crate::Storage;
use crate::batch::Skipped;
use crate::error::{Failure, StorageError, corrupt};
use crate::insert::insert_rows;
use crate::models::board_event::{ActiveModel, Column, Entity, Model};
use crate::registry::find_board;
use domain::{BoardEvent, BoardId, ChannelReport, EventId, UtcMs};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};

/// The most channels that a board has.
const CHANNELS_MAX: usize = 8;
/// Ids in one statement.
const DELETE_ROWS_MAX: usize = 1_000;

impl Storage {
    /// The events of a board after the one named, or from its first, in the order in which it made them; at most
    /// `limit`.
    ///
    /// # Errors
    /// `UnknownBoard`, `Corrupt`, `Timeout`, `Database`.
    pub async fn list_events(
        &self,
        board: &BoardId,
        after: Option<(u32, EventId)>,
        limit: u64,
    ) -> Result<Vec<BoardEvent>, StorageError> {
        self.within("listing events", async {
            let read = self.begin_read().await?;
            let row = find_board(&read, board).await?;
            let rows = Entity::find()
                .filter(Column::BoardId.eq(row.id))
                .filter(after.map_or_else(Condition::all, is_after))
                .order_by_asc(Column::Era)
                .order_by_asc(Column::Boot)
                .order_by_asc(Column::N)
                .limit(limit)
                .all(&read)
                .await?;
            Ok(rows.iter().map(|row| decode_event(board, row)).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Forgets the oldest events that happened before `at`, at most `rows_max` of them, and returns how many; to be called again
    /// until it is 0. The newest event of each board stays, so that its number is known for ever.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn delete_board_events_before(&self, at: UtcMs, rows_max: u64) -> Result<usize, StorageError> {
        self.within("deleting events", async {
            let ids = list_ids_before(&self.begin_read().await?, at, rows_max).await?;
            for chunk in ids.chunks(DELETE_ROWS_MAX) {
                let write = self.begin_write().await?;
                Entity::delete_many().filter(Column::Id.is_in(chunk.iter().copied())).exec(&write).await?;
                write.commit().await?;
            }
            Ok(ids.len())
        })
        .await
    }
}

/// The newest events of a board from `from` on, oldest first.
pub(crate) async fn list_events_since(
    connection: &impl ConnectionTrait,
    board: &BoardId,
    from: UtcMs,
    limit: u64,
) -> Result<Vec<BoardEvent>, Failure> {
    let row = find_board(connection, board).await?;
    let newest = Entity::find().filter(Column::BoardId.eq(row.id)).filter(Column::At.gte(from.0));
    let newest = newest.order_by_desc(Column::Era).order_by_desc(Column::Boot).order_by_desc(Column::N).limit(limit);
    let rows = newest.all(connection).await?;
    Ok(rows.iter().rev().map(|row| decode_event(board, row)).collect::<Result<_, _>>()?)
}

/// Written out for the sake of the index, which MySQL does not use for `(era, boot, n) > (?, ?, ?)`.
fn is_after((era, id): (u32, EventId)) -> Condition {
    let (era, boot, n) = (i64::from(era), i64::from(id.boot), i64::from(id.n));
    let in_boot = Condition::all().add(Column::Boot.eq(boot)).add(Column::N.gt(n));
    let in_era = Condition::any().add(Column::Boot.gt(boot)).add(in_boot);
    Condition::any().add(Column::Era.gt(era)).add(Condition::all().add(Column::Era.eq(era)).add(in_era))
}

#[derive(FromQueryResult)]
struct IdRow {
    id: i64,
}

async fn list_ids_before(connection: &impl ConnectionTrait, at: UtcMs, rows_max: u64) -> Result<Vec<i64>, Failure> {
    let sql = "
        SELECT e.id FROM board_event e
        WHERE e.at < ? AND e.id <> (
            SELECT f.id FROM board_event f
            WHERE f.board_id = e.board_id ORDER BY f.era DESC, f.boot DESC, f.n DESC LIMIT 1)
        ORDER BY e.at
        LIMIT ?";
    let values = [at.0.into(), rows_max.into()];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    let rows = IdRow::find_by_statement(statement).all(connection).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Inserts the events that are not there yet and returns how many those were. Counts them by their ids, since MySQL
/// says of rows that were left alone that they were affected.
///
/// By board: each page of the index then changes once, however many boards have spoken by turns.
pub(crate) async fn insert_events(
    connection: &impl ConnectionTrait,
    mut rows: Vec<ActiveModel>,
) -> Result<usize, Failure> {
    if rows.is_empty() {
        return Ok(0);
    }
    rows.sort_by_key(|row| row.board_id.try_as_ref().copied());
    let newest = Entity::find().select_only().column_as(Column::Id.max(), "id").into_tuple::<Option<i64>>();
    let last_id = newest.one(connection).await?.flatten().unwrap_or(0);
    let unique = [Column::BoardId, Column::Era, Column::Boot, Column::N];
    let leave_alone = OnConflict::columns(unique).do_nothing_on([Column::Id]).to_owned();
    insert_rows(connection, rows, Some(leave_alone)).await?;
    let inserted = Entity::find().filter(Column::Id.gt(last_id)).count(connection).await?;
    Ok(usize::try_from(inserted).unwrap_or(usize::MAX))
}

pub(crate) fn encode_event(board_id: i32, event: &BoardEvent) -> Result<ActiveModel, Skipped> {
    let channels = event.channels.len();
    if channels > CHANNELS_MAX {
        return Err(Skipped::Channels { board: event.board.clone(), id: event.id, channels });
    }
    let (states, counts) = encode_channels(&event.channels);
    Ok(ActiveModel {
        id: NotSet,
        board_id: Set(board_id),
        era: Set(i32::try_from(event.era).unwrap_or(i32::MAX)),
        boot: Set(event.id.boot.into()),
        n: Set(event.id.n.into()),
        at: Set(event.at.0),
        received_at: Set(event.received_at.0),
        states: Set(states),
        counts: Set(counts),
        battery_mv: Set(event.battery_mv.into()),
        rssi_dbm: Set(event.rssi_dbm),
        up_s: Set(event.up_s.into()),
        gap: Set(event.gap.into()),
    })
}

fn decode_event(board: &BoardId, row: &Model) -> Result<BoardEvent, StorageError> {
    let number = |value: i64| u32::try_from(value).map_err(|error| corrupt("board_event", &row.id, &error));
    let channels = decode_channels(&row.states, &row.counts);
    let columns = || corrupt("board_event", &row.id, &format!("states {:?}, counts {:?}", row.states, row.counts));
    Ok(BoardEvent {
        board: board.clone(),
        era: number(row.era.into())?,
        id: EventId { boot: number(row.boot)?, n: number(row.n)? },
        at: UtcMs(row.at),
        received_at: UtcMs(row.received_at),
        channels: channels.ok_or_else(columns)?,
        battery_mv: u16::try_from(row.battery_mv).map_err(|error| corrupt("board_event", &row.id, &error))?,
        rssi_dbm: row.rssi_dbm,
        up_s: number(row.up_s)?,
        gap: number(row.gap)?,
    })
}

fn encode_channels(channels: &[ChannelReport]) -> (String, String) {
    let states = channels.iter().map(|channel| if channel.high { '1' } else { '0' }).collect();
    let counts: Vec<_> = channels.iter().map(|channel| channel.high_samples.to_string()).collect();
    (states, counts.join(","))
}

fn decode_channels(states: &str, counts: &str) -> Option<Vec<ChannelReport>> {
    if states.is_empty() && counts.is_empty() {
        return Some(Vec::new());
    }
    let counts: Vec<u16> = counts.split(',').map(|count| count.parse().ok()).collect::<Option<_>>()?;
    let states: Vec<bool> = states.chars().map(decode_state).collect::<Option<_>>()?;
    let report = |(high, high_samples)| ChannelReport { high, high_samples };
    (states.len() == counts.len()).then(|| states.into_iter().zip(counts).map(report).collect())
}

fn decode_state(digit: char) -> Option<bool> {
    match digit {
        '0' => Some(false),
        '1' => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_survive() {
        let report = |high, high_samples| ChannelReport { high, high_samples };
        let cases = [
            (vec![], "", ""),
            (vec![report(true, 7)], "1", "7"),
            (vec![report(false, 0), report(true, 12), report(false, 0), report(true, 44)], "0101", "0,12,0,44"),
            (vec![report(true, u16::MAX); 8], "11111111", "65535,65535,65535,65535,65535,65535,65535,65535"),
        ];
        for (channels, states, counts) in cases {
            assert_eq!(encode_channels(&channels), (states.to_owned(), counts.to_owned()));
            assert!(states.len() <= 8 && counts.len() <= 48, "the columns are that wide");
            assert_eq!(decode_channels(states, counts), Some(channels));
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for (states, counts) in
            [("0", ""), ("", "0"), ("01", "0"), ("2", "0"), ("0", "-1"), ("0", "65536"), ("0", "0,")]
        {
            assert_eq!(decode_channels(states, counts), None, "{states:?} {counts:?}");
        }
    }
}
