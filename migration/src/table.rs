//! How our tables begin and refer to each other.

use sea_orm_migration::prelude::*;

/// A table that is created unless it exists. MySQL commits each definition at once, so a migration that was
/// interrupted runs again over what it has already made.
pub(crate) fn create(manager: &SchemaManager<'_>, name: &'static str) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name).if_not_exists();
    if manager.get_database_backend() == sea_orm::DbBackend::MySql {
        table.engine("InnoDB").character_set("utf8mb4");
    }
    table
}

/// A foreign key to the `id` of another table; a row that is referred to cannot be deleted.
pub(crate) fn references(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    let mut key = ForeignKey::create();
    key.name(format!("{from}_{column}")).from(from, column).to(to, "id").on_delete(ForeignKeyAction::Restrict);
    key
}

/// A unique index over columns, to be made together with its table.
pub(crate) fn unique(name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).unique();
    for column in columns {
        index.col(*column);
    }
    index
}
