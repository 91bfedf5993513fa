//! The rows of a spool.

use super::{SpoolDepth, SpooledGroup};
use domain::UtcMs;
use sea_orm::sqlx::{self, Row, SqliteConnection};

/// A row as it was found.
pub(super) struct GroupRow {
    pub(super) position: i64,
    payload: Result<String, String>,
}

/// A row that is no group.
pub(super) struct Broken {
    pub(super) position: i64,
    pub(super) reason: String,
}

impl GroupRow {
    pub(super) fn decode(self) -> Result<SpooledGroup, Broken> {
        let Self { position, payload } = self;
        let records = payload.and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
        records.map(|records| SpooledGroup { position, records }).map_err(|reason| Broken { position, reason })
    }
}

/// Adds a group and returns its position.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    added: &SpoolDepth,
    payload: String,
    now: UtcMs,
) -> Result<i64, sqlx::Error> {
    let insert = sqlx::query("INSERT INTO spooled (appended_at, records, bytes, payload) VALUES (?, ?, ?, ?)");
    let insert = insert.bind(now.0).bind(encode_count(added.records)).bind(encode_count(added.bytes)).bind(payload);
    Ok(insert.execute(connection).await?.last_insert_rowid())
}

/// The groups after `after`, up to `until`, that together have at least `records_max` records.
pub(super) async fn list(
    connection: &mut SqliteConnection,
    after: i64,
    until: i64,
    records_max: usize,
) -> Result<Vec<GroupRow>, sqlx::Error> {
    let rows_max = i64::try_from(records_max.max(1)).unwrap_or(i64::MAX);
    let sizes = "SELECT position, records FROM spooled WHERE position > ? AND position <= ? ORDER BY position LIMIT ?";
    let sizes = sqlx::query_as(sizes).bind(after).bind(until).bind(rows_max);
    let sizes: Vec<(i64, i64)> = sizes.fetch_all(&mut *connection).await?;
    let Some(last) = find_last(&sizes, rows_max) else { return Ok(Vec::new()) };
    let groups = "SELECT position, payload FROM spooled WHERE position > ? AND position <= ? ORDER BY position";
    let rows = sqlx::query(groups).bind(after).bind(last).fetch_all(connection).await?;
    rows.iter().map(|row| Ok(GroupRow { position: row.try_get(0)?, payload: decode_payload(row) })).collect()
}

/// The position at which there are enough records.
fn find_last(sizes: &[(i64, i64)], records_max: i64) -> Option<i64> {
    let mut records = 0_i64;
    let enough = sizes.iter().find(|(_, count)| {
        records = records.saturating_add(*count);
        records >= records_max
    });
    enough.or(sizes.last()).map(|(position, _)| *position)
}

fn decode_payload(row: &sqlx::sqlite::SqliteRow) -> Result<String, String> {
    row.try_get(1).map_err(|error| error.to_string())
}

/// What there is from one position to another.
pub(super) async fn count(connection: &mut SqliteConnection, from: i64, to: i64) -> Result<SpoolDepth, sqlx::Error> {
    let sql = "SELECT COUNT(*), COALESCE(SUM(records), 0), COALESCE(SUM(bytes), 0)
        FROM spooled WHERE position BETWEEN ? AND ?";
    let (groups, records, bytes) = sqlx::query_as(sql).bind(from).bind(to).fetch_one(&mut *connection).await?;
    let [groups, records, bytes] = [groups, records, bytes].map(decode_count);
    Ok(SpoolDepth { groups, records, bytes, oldest_at: find_oldest(connection).await? })
}

/// When the first group was appended.
pub(super) async fn find_oldest(connection: &mut SqliteConnection) -> Result<Option<UtcMs>, sqlx::Error> {
    let first = sqlx::query_scalar("SELECT appended_at FROM spooled ORDER BY position LIMIT 1");
    Ok(first.fetch_optional(connection).await?.map(UtcMs))
}

/// Deletes what there is from one position to another.
pub(super) async fn delete(connection: &mut SqliteConnection, from: i64, to: i64) -> Result<(), sqlx::Error> {
    let delete = sqlx::query("DELETE FROM spooled WHERE position BETWEEN ? AND ?");
    delete.bind(from).bind(to).execute(connection).await.map(|_| ())
}

/// The last position that was given away.
pub(super) async fn read_sequence(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    let sequence = "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'spooled'";
    sqlx::query_scalar(sequence).fetch_one(connection).await
}

/// Makes as if this position had been given away.
pub(super) async fn raise_sequence(connection: &mut SqliteConnection, position: i64) -> Result<(), sqlx::Error> {
    let raise = sqlx::query("UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = 'spooled'");
    raise.bind(position).execute(connection).await.map(|_| ())
}

fn encode_count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn decode_count(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::find_last;

    #[test]
    fn groups_are_taken_until_there_are_enough_records() {
        let sizes = [(3, 5), (4, 5), (7, 100)];
        for (records_max, last) in [(0, 3), (1, 3), (5, 3), (6, 4), (10, 4), (11, 7), (1_000, 7)] {
            assert_eq!(find_last(&sizes, records_max), Some(last), "{records_max}");
        }
        assert_eq!(find_last(&[], 10), None);
    }
}
