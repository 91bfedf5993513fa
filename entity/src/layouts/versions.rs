//! What was published of each floor. Nothing of it is ever changed.

use super::drafts::{read_layout, write_layout};
use super::floor_now::{FloorNow, decode_version, encode_version, find_floor};
use crate::Storage;
use crate::error::{Failure, StorageError};
use crate::models::floor;
use crate::models::layout_version::{ActiveModel, Column, Entity, Model};
use crate::plan_files::read_sheet;
use domain::{EditPlans, FloorNumber, Holds, UtcMs};
use drafting::{LayoutVersion, PastVersion, Published, VersionEntry};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Letters of the column.
const NAME_MAX: usize = 80;
/// More are not listed.
const LISTED_MAX: u64 = 500;

/// A version that is to be kept.
pub(super) struct NewVersion<'a> {
    pub(super) floor_id: i32,
    pub(super) published: &'a Published,
    pub(super) name: &'a str,
    pub(super) author: String,
    pub(super) at: UtcMs,
    pub(super) restores: Option<LayoutVersion>,
    pub(super) sha: &'a str,
}

impl Storage {
    /// The newest versions of a floor, newest first.
    ///
    /// # Errors
    /// `UnknownFloor`, `Corrupt`, `Timeout`, `Database`.
    pub async fn list_versions(
        &self,
        _by: &Holds<EditPlans>,
        floor: FloorNumber,
    ) -> Result<Vec<VersionEntry>, StorageError> {
        self.within("listing versions", async {
            let read = self.begin_read().await?;
            let current = find_floor(&read, floor).await?;
            let of_floor = Entity::find().filter(Column::FloorId.eq(current.id)).order_by_desc(Column::Version);
            let rows = of_floor.limit(LISTED_MAX).all(&read).await?;
            let mut entries = rows.into_iter().map(decode_entry).collect::<Result<Vec<_>, _>>()?;
            if entries.is_empty() {
                // Nobody has published anything yet.
                entries.push(VersionEntry {
                    version: decode_version(current.layout_version)?,
                    name: String::new(),
                    author: String::new(),
                    published_at: None,
                    restores: None,
                });
            }
            Ok(entries)
        })
        .await
    }

    /// A version as it was.
    ///
    /// # Errors
    /// `UnknownFloor`, `UnknownVersion`, `Corrupt`, `Timeout`, `Database`.
    pub async fn read_version(
        &self,
        _by: &Holds<EditPlans>,
        floor: FloorNumber,
        version: LayoutVersion,
    ) -> Result<PastVersion, StorageError> {
        self.within("reading a version", async {
            let read = self.begin_read().await?;
            let current = FloorNow::read(&read, floor).await?;
            match find(&read, current.id, version).await? {
                Some(row) => Ok(PastVersion {
                    published: Published { version, layout: read_layout(&row.layout)? },
                    sheet: read_sheet(&read, &row.file_sha).await?,
                }),
                None if version == current.published.version => {
                    Ok(PastVersion { sheet: current.sheet(&read).await?, published: current.published })
                }
                None => Err(StorageError::UnknownVersion { floor, version: version.0 }.into()),
            }
        })
        .await
    }
}

pub(super) async fn find(
    connection: &impl ConnectionTrait,
    floor_id: i32,
    version: LayoutVersion,
) -> Result<Option<Model>, Failure> {
    let of_floor = Entity::find().filter(Column::FloorId.eq(floor_id));
    Ok(of_floor.filter(Column::Version.eq(encode_version(version))).one(connection).await?)
}

/// The first version of a floor was published by nobody: it is kept when the second comes.
pub(super) async fn keep_current(write: &impl ConnectionTrait, current: &FloorNow, sha: &str) -> Result<(), Failure> {
    if find(write, current.id, current.published.version).await?.is_some() {
        return Ok(());
    }
    let first = NewVersion {
        floor_id: current.id,
        published: &current.published,
        name: "",
        author: String::new(),
        at: UtcMs(0),
        restores: None,
        sha,
    };
    insert(write, &first).await
}

pub(super) async fn insert(write: &impl ConnectionTrait, new: &NewVersion<'_>) -> Result<(), Failure> {
    let row = ActiveModel {
        id: NotSet,
        floor_id: Set(new.floor_id),
        version: Set(encode_version(new.published.version)),
        name: Set(new.name.chars().take(NAME_MAX).collect()),
        author: Set(new.author.clone()),
        published_at: Set(new.at.0),
        restores: Set(new.restores.map(encode_version)),
        file_sha: Set(new.sha.to_owned()),
        layout: Set(write_layout(&new.published.layout)?),
    };
    Entity::insert(row).exec_without_returning(write).await?;
    Ok(())
}

pub(super) async fn set_newest(
    write: &impl ConnectionTrait,
    floor_id: i32,
    version: LayoutVersion,
) -> Result<(), Failure> {
    floor::Entity::update_many()
        .col_expr(floor::Column::LayoutVersion, Expr::value(encode_version(version)))
        .filter(floor::Column::Id.eq(floor_id))
        .exec(write)
        .await?;
    Ok(())
}

fn decode_entry(row: Model) -> Result<VersionEntry, StorageError> {
    Ok(VersionEntry {
        version: decode_version(row.version)?,
        name: row.name,
        author: row.author,
        published_at: Some(UtcMs(row.published_at)).filter(|at| at.0 > 0),
        restores: row.restores.map(decode_version).transpose()?,
    })
}
