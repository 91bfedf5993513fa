//! Screens on walls: let in, arranged, taken away. One that was taken away keeps its row, and is never listed again.

use crate::Storage;
use crate::audit::AuditedChange;
use crate::error::{Failure, StorageError, corrupt};
use crate::models::screen::{ActiveModel, Column, Entity, Model};
use domain::{Dwell, FloorNumber, Holds, ManageScreens, ScreenFacts, ScreenId, ScreenReport, UtcMs};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// A screen as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptScreen {
    /// Its row.
    pub id: ScreenId,
    /// The SHA-256 of its secret, as 64 hexadecimal digits.
    pub token_hash: String,
    /// What was arranged.
    pub facts: ScreenFacts,
    /// When it was let in.
    pub created_at: UtcMs,
    /// When it last spoke, and what it said; its picture is not kept.
    pub heard: Option<(UtcMs, ScreenReport)>,
}

impl Storage {
    /// All screens by name, for whoever has to know their secrets' hashes.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_screens(&self) -> Result<Vec<KeptScreen>, StorageError> {
        self.within("listing screens", async {
            let present = Entity::find().filter(Column::RevokedAt.is_null());
            let rows =
                present.order_by_asc(Column::Name).order_by_asc(Column::Id).all(&self.begin_read().await?).await?;
            Ok(rows.iter().map(decode).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Lets a screen in.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn create_screen(
        &self,
        by: &Holds<ManageScreens>,
        facts: &ScreenFacts,
        token_hash: &str,
        now: UtcMs,
    ) -> Result<ScreenId, StorageError> {
        self.within("letting a screen in", async {
            let mut write = self.begin_audited(now).await?;
            let inserted = Entity::insert(row(facts, token_hash, now)).exec(write.connection()).await?;
            let id = ScreenId(inserted.last_insert_id);
            let change =
                AuditedChange { action: "screen.created", subject: subject(id), before: None, after: Some(facts) };
            write.note(by.actor(), change).await?;
            write.commit().await?;
            Ok(id)
        })
        .await
    }

    /// Arranges what a screen is called and shows.
    ///
    /// # Errors
    /// `UnknownScreen`, `Corrupt`, `Timeout`, `Database`.
    pub async fn change_screen(
        &self,
        by: &Holds<ManageScreens>,
        id: ScreenId,
        facts: &ScreenFacts,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        self.within("arranging a screen", async {
            let mut write = self.begin_audited(now).await?;
            let before = decode(&find_row(write.connection(), id).await?)?.facts;
            if before == *facts {
                return Ok(());
            }
            Entity::update_many()
                .col_expr(Column::Name, Expr::value(facts.name.as_str()))
                .col_expr(Column::Floors, Expr::value(write_floors(&facts.floors)))
                .col_expr(Column::DwellS, Expr::value(i32::from(facts.dwell.seconds())))
                .col_expr(Column::Variant, Expr::value(facts.variant.as_str()))
                .filter(Column::Id.eq(id.0))
                .exec(write.connection())
                .await?;
            let change = AuditedChange {
                action: "screen.changed",
                subject: subject(id),
                before: Some(&before),
                after: Some(facts),
            };
            write.note(by.actor(), change).await?;
            write.commit().await
        })
        .await
    }

    /// Gives a screen another secret: its old address shows nothing from then on.
    ///
    /// # Errors
    /// `UnknownScreen`, `Corrupt`, `Timeout`, `Database`.
    pub async fn renew_screen(
        &self,
        by: &Holds<ManageScreens>,
        id: ScreenId,
        token_hash: &str,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        self.within("giving a screen another secret", async {
            let mut write = self.begin_audited(now).await?;
            let facts = decode(&find_row(write.connection(), id).await?)?.facts;
            Entity::update_many()
                .col_expr(Column::TokenHash, Expr::value(token_hash))
                .filter(Column::Id.eq(id.0))
                .exec(write.connection())
                .await?;
            let change =
                AuditedChange { action: "screen.renewed", subject: subject(id), before: None, after: Some(&facts) };
            write.note(by.actor(), change).await?;
            write.commit().await
        })
        .await
    }

    /// Takes a screen away.
    ///
    /// # Errors
    /// `UnknownScreen`, `Corrupt`, `Timeout`, `Database`.
    pub async fn revoke_screen(&self, by: &Holds<ManageScreens>, id: ScreenId, now: UtcMs) -> Result<(), StorageError> {
        self.within("taking a screen away", async {
            let mut write = self.begin_audited(now).await?;
            let facts = decode(&find_row(write.connection(), id).await?)?.facts;
            Entity::update_many()
                .col_expr(Column::RevokedAt, Expr::value(now.0))
                .filter(Column::Id.eq(id.0))
                .exec(write.connection())
                .await?;
            let change =
                AuditedChange { action: "screen.revoked", subject: subject(id), before: Some(&facts), after: None };
            write.note(by.actor(), change).await?;
            write.commit().await
        })
        .await
    }

    /// Keeps what screens have said last. One that is gone meanwhile is passed over.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn note_screens(&self, heard: &[(ScreenId, UtcMs, ScreenReport)]) -> Result<(), StorageError> {
        self.within("keeping what screens say", async {
            let write = self.begin_write().await?;
            for (id, at, report) in heard {
                Entity::update_many()
                    .col_expr(Column::HeardAt, Expr::value(at.0))
                    .col_expr(Column::Build, Expr::value(report.build.as_str()))
                    .col_expr(Column::Width, Expr::value(i32::from(report.width)))
                    .col_expr(Column::Height, Expr::value(i32::from(report.height)))
                    .col_expr(Column::UptimeS, Expr::value(i64::from(report.uptime_s)))
                    .col_expr(Column::Floor, Expr::value(report.floor.map(|floor| floor.0)))
                    .filter(Column::Id.eq(id.0))
                    .exec(&write)
                    .await?;
            }
            Ok(write.commit().await?)
        })
        .await
    }
}

fn subject(id: ScreenId) -> String {
    format!("screen:{}", id.0)
}

fn row(facts: &ScreenFacts, token_hash: &str, now: UtcMs) -> ActiveModel {
    ActiveModel {
        id: NotSet,
        name: Set(facts.name.as_str().to_owned()),
        token_hash: Set(token_hash.to_owned()),
        floors: Set(write_floors(&facts.floors)),
        dwell_s: Set(facts.dwell.seconds().into()),
        variant: Set(facts.variant.as_str().to_owned()),
        created_at: Set(now.0),
        revoked_at: Set(None),
        heard_at: Set(None),
        build: Set(None),
        width: Set(None),
        height: Set(None),
        uptime_s: Set(None),
        floor: Set(None),
    }
}

async fn find_row(connection: &impl ConnectionTrait, id: ScreenId) -> Result<Model, Failure> {
    let present = Entity::find_by_id(id.0).filter(Column::RevokedAt.is_null());
    Ok(present.one(connection).await?.ok_or(StorageError::UnknownScreen { id })?)
}

fn decode(row: &Model) -> Result<KeptScreen, StorageError> {
    let wrong = |error: &dyn std::fmt::Display| corrupt("screen", &row.id, error);
    let floors = read_floors(&row.floors).map_err(|error| wrong(&error))?;
    let dwell = u16::try_from(row.dwell_s).ok().and_then(|seconds| Dwell::try_from(seconds).ok());
    let facts = ScreenFacts {
        name: row.name.parse().map_err(|error| wrong(&error))?,
        floors,
        dwell: dwell.ok_or_else(|| wrong(&format!("a dwell of {} s", row.dwell_s)))?,
        variant: row.variant.parse().map_err(|error| wrong(&error))?,
    };
    Ok(KeptScreen {
        id: ScreenId(row.id),
        token_hash: row.token_hash.clone(),
        facts,
        created_at: UtcMs(row.created_at),
        heard: row.heard_at.map(|at| (UtcMs(at), decode_report(row))),
    })
}

/// What cannot be is left at zero: it is only ever shown.
fn decode_report(row: &Model) -> ScreenReport {
    let points = |points: Option<i32>| points.and_then(|points| points.try_into().ok()).unwrap_or_default();
    ScreenReport {
        build: row.build.clone().unwrap_or_default(),
        width: points(row.width),
        height: points(row.height),
        uptime_s: row.uptime_s.and_then(|seconds| seconds.try_into().ok()).unwrap_or_default(),
        floor: row.floor.map(FloorNumber),
        is_live: false,
        booths: Vec::new(),
    }
}

fn write_floors(floors: &[FloorNumber]) -> String {
    floors.iter().map(FloorNumber::to_string).collect::<Vec<_>>().join(",")
}

fn read_floors(text: &str) -> Result<Vec<FloorNumber>, std::num::ParseIntError> {
    text.split(',').filter(|number| !number.is_empty()).map(str::parse).collect()
}
