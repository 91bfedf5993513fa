//! Many rows in few statements.

use crate::error::Failure;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, DbBackend, EntityName, EntityTrait, Iterable, QueryTrait,
    Statement, Value,
};
use std::sync::{Mutex, PoisonError};

/// Rows of the longest statement; thirteen values each are far below SQLite's limit of 32,766.
const ROWS_MAX: usize = 256;

/// Texts of statements: to write one out takes longer than to store its rows.
static TEXTS: Mutex<Vec<(Key, String)>> = Mutex::new(Vec::new());

/// What a text depends on, for a table has one rule for conflicts, and all its rows set the same columns.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Key {
    table: &'static str,
    backend: DbBackend,
    with_rule: bool,
    rows: usize,
}

/// Inserts rows in their order; all set the same columns. The statements have powers of two of rows, so that there are
/// nine of them for each table, not one for each number of rows that ever came.
pub(crate) async fn insert_rows<A>(
    connection: &impl ConnectionTrait,
    rows: Vec<A>,
    on_conflict: Option<OnConflict>,
) -> Result<(), Failure>
where
    A: ActiveModelTrait,
{
    let backend = connection.get_database_backend();
    let mut rows = rows.into_iter();
    while rows.len() > 0 {
        let count = 1 << rows.len().min(ROWS_MAX).ilog2();
        let some: Vec<A> = rows.by_ref().take(count).collect();
        connection.execute_raw(statement(backend, some, on_conflict.as_ref())).await?;
    }
    Ok(())
}

fn statement<A: ActiveModelTrait>(backend: DbBackend, rows: Vec<A>, on_conflict: Option<&OnConflict>) -> Statement {
    let table = A::Entity::default().table_name();
    let key = Key { table, backend, with_rule: on_conflict.is_some(), rows: rows.len() };
    let known = lock().iter().find(|(other, _)| *other == key).map(|(_, text)| text.clone());
    if let Some(text) = known {
        return Statement::from_sql_and_values(backend, text, rows.into_iter().flat_map(values));
    }
    let mut insert = A::Entity::insert_many(rows);
    if let Some(rule) = on_conflict {
        insert = insert.on_conflict(rule.clone());
    }
    let statement = insert.build(backend);
    lock().push((key, statement.sql.clone()));
    statement
}

/// The values that a row sets, in the order of the table's columns.
fn values<A: ActiveModelTrait>(mut row: A) -> impl Iterator<Item = Value> {
    <A::Entity as EntityTrait>::Column::iter().filter_map(move |column| match row.take(column) {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => Some(value),
        ActiveValue::NotSet => None,
    })
}

fn lock() -> std::sync::MutexGuard<'static, Vec<(Key, String)>> {
    TEXTS.lock().unwrap_or_else(PoisonError::into_inner)
}
