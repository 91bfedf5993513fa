//! Many rows in few statements.

use crate::error::Failure;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait};

/// Rows of the longest statement; thirteen values each are far below SQLite's limit of 32,766.
const ROWS_MAX: usize = 256;

/// Inserts rows in their order. The statements have powers of two of rows, so that a connection remembers nine of them
/// for each table, not one for each number of rows that ever came.
pub(crate) async fn insert_rows<A>(
    connection: &impl ConnectionTrait,
    rows: Vec<A>,
    on_conflict: Option<OnConflict>,
) -> Result<(), Failure>
where
    A: ActiveModelTrait,
{
    let mut left = rows.len();
    let mut rows = rows.into_iter();
    while left > 0 {
        let count = 1 << left.min(ROWS_MAX).ilog2();
        let insert = A::Entity::insert_many(rows.by_ref().take(count));
        match &on_conflict {
            Some(rule) => insert.on_conflict(rule.clone()).exec_without_returning(connection).await?,
            None => insert.exec_without_returning(connection).await?,
        };
        left -= count;
    }
    Ok(())
}
