//! Incidents: kept by the running server, seen to by people.

use crate::Storage;
use crate::audit::AuditedChange;
use crate::error::{Failure, StorageError, corrupt};
use crate::models::alert::{ActiveModel, Column, Entity, Model};
use crate::models::floor;
use crate::models::layout_schedule;
use domain::{Acknowledged, AlertKey, AlertKind, FloorNumber, Holds, Incident, OperateBoards, ReadAdmin, UtcMs};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

/// Which incidents of the past.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlertFilter {
    /// Only those of this kind.
    pub kind: Option<AlertKind>,
    /// Only those whose subject has this in it.
    pub subject: Option<String>,
    /// Only those that began before this.
    pub before: Option<UtcMs>,
}

/// What the log says of an incident that was seen to.
#[derive(Serialize)]
struct Seen<'a> {
    kind: AlertKind,
    opened_at: UtcMs,
    note: &'a str,
}

impl Storage {
    /// The longest note, in letters.
    pub const ALERT_NOTE_MAX: usize = 500;

    /// Keeps incidents as they are now. May be done again: who has seen to one is left as it is.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn keep_alerts(&self, incidents: &[Incident]) -> Result<(), StorageError> {
        self.within("keeping alerts", async {
            let write = self.begin_write().await?;
            for incident in incidents {
                keep(&write, incident, &newer()).await?;
            }
            Ok(write.commit().await?)
        })
        .await
    }

    /// The incidents that were open when they were last kept.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_open_alerts(&self) -> Result<Vec<Incident>, StorageError> {
        self.within("listing open alerts", async {
            let rows = Entity::find().filter(Column::ClosedAt.is_null()).all(&self.begin_read().await?).await?;
            Ok(rows.into_iter().map(decode).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Incidents that are over, the newest first; at most `limit`.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_past_alerts(
        &self,
        _by: &Holds<ReadAdmin>,
        filter: &AlertFilter,
        limit: u64,
    ) -> Result<Vec<Incident>, StorageError> {
        self.within("listing alerts", async {
            let rows = filter.select().order_by_desc(Column::OpenedAt).order_by_desc(Column::Id).limit(limit);
            let rows = rows.all(&self.begin_read().await?).await?;
            Ok(rows.into_iter().map(decode).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Says that somebody has seen to an incident, which is kept first. Whoever was first stays.
    ///
    /// # Errors
    /// `AlertSeen` when somebody was earlier; `Corrupt`, `Timeout`, `Database`.
    pub async fn acknowledge_alert(
        &self,
        by: &Holds<OperateBoards>,
        incident: &Incident,
        note: &str,
        now: UtcMs,
    ) -> Result<Acknowledged, StorageError> {
        self.within("acknowledging an alert", async {
            let mut write = self.begin_audited(now).await?;
            // What is kept of it meanwhile may be newer.
            keep(write.connection(), incident, &leave_alone()).await?;
            let key = &incident.key;
            let row = find(write.connection(), key, incident.opened_at).await?;
            if row.acknowledged_at.is_some() {
                return Err(StorageError::AlertSeen.into());
            }
            Entity::update_many()
                .col_expr(Column::AcknowledgedBy, Expr::value(by.actor().name.as_str()))
                .col_expr(Column::AcknowledgedAt, Expr::value(now.0))
                .col_expr(Column::Note, Expr::value(note))
                .filter(Column::Id.eq(row.id))
                .exec(write.connection())
                .await?;
            let after = Seen { kind: key.kind, opened_at: incident.opened_at, note };
            let change = AuditedChange {
                action: "alert.acknowledged",
                subject: key.subject.to_string(),
                before: None,
                after: Some(&after),
            };
            write.note(by.actor(), change).await?;
            write.commit().await?;
            Ok(Acknowledged { by: by.actor().name.clone(), at: now, note: note.to_owned() })
        })
        .await
    }

    /// One incident; none when it was never kept.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn find_alert(&self, key: &AlertKey, opened_at: UtcMs) -> Result<Option<Incident>, StorageError> {
        self.within("looking up an alert", async {
            let row = of_incident(key, opened_at).one(&self.begin_read().await?).await?;
            Ok(row.map(decode).transpose()?)
        })
        .await
    }

    /// The floors of which a plan was to be published at a time, and was not.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_failed_publications(&self) -> Result<Vec<(FloorNumber, String)>, StorageError> {
        self.within("listing publications that failed", async {
            let read = self.begin_read().await?;
            let failed = layout_schedule::Entity::find().filter(layout_schedule::Column::Problem.is_not_null());
            let mut floors = Vec::new();
            for row in failed.all(&read).await? {
                let floor = floor::Entity::find_by_id(row.floor_id).one(&read).await?;
                let floor = floor.ok_or_else(|| corrupt("layout_schedule", &row.id, &"unknown floor"))?;
                floors.push((FloorNumber(floor.number), row.problem.unwrap_or_default()));
            }
            Ok(floors)
        })
        .await
    }
}

impl AlertFilter {
    fn select(&self) -> sea_orm::Select<Entity> {
        let mut select = Entity::find().filter(Column::ClosedAt.is_not_null());
        if let Some(kind) = self.kind {
            select = select.filter(Column::Kind.eq(kind.as_str()));
        }
        if let Some(subject) = &self.subject {
            let plain: String = subject.chars().filter(|c| !matches!(c, '%' | '\\')).collect();
            select = select.filter(Column::Subject.contains(plain));
        }
        if let Some(before) = self.before {
            select = select.filter(Column::OpenedAt.lt(before.0));
        }
        select
    }
}

const KEY: [Column; 3] = [Column::Kind, Column::Subject, Column::OpenedAt];

fn newer() -> OnConflict {
    let columns = [Column::Detail, Column::LastSeenAt, Column::Count, Column::ClosedAt];
    OnConflict::columns(KEY).update_columns(columns).to_owned()
}

fn leave_alone() -> OnConflict {
    OnConflict::columns(KEY).do_nothing_on(KEY).to_owned()
}

async fn keep(write: &impl ConnectionTrait, incident: &Incident, rule: &OnConflict) -> Result<(), Failure> {
    let Incident { key, detail, opened_at, last_seen_at, count, closed_at, .. } = incident;
    let row = ActiveModel {
        id: NotSet,
        kind: Set(key.kind.as_str().to_owned()),
        subject: Set(key.subject.to_string()),
        detail: Set(detail.clone()),
        opened_at: Set(opened_at.0),
        last_seen_at: Set(last_seen_at.0),
        count: Set(i32::try_from(*count).unwrap_or(i32::MAX)),
        closed_at: Set(closed_at.map(|at| at.0)),
        acknowledged_by: NotSet,
        acknowledged_at: NotSet,
        note: Set(String::new()),
    };
    Entity::insert(row).on_conflict(rule.clone()).exec_without_returning(write).await?;
    Ok(())
}

async fn find(connection: &impl ConnectionTrait, key: &AlertKey, opened_at: UtcMs) -> Result<Model, Failure> {
    let row = of_incident(key, opened_at).one(connection).await?;
    Ok(row.ok_or_else(|| corrupt("alert", &key.subject, &"missing"))?)
}

fn of_incident(key: &AlertKey, opened_at: UtcMs) -> sea_orm::Select<Entity> {
    Entity::find()
        .filter(Column::Kind.eq(key.kind.as_str()))
        .filter(Column::Subject.eq(key.subject.to_string()))
        .filter(Column::OpenedAt.eq(opened_at.0))
}

fn decode(row: Model) -> Result<Incident, StorageError> {
    let kind = row.kind.parse().map_err(|error| corrupt("alert", &row.id, &error))?;
    let subject = row.subject.parse().map_err(|error| corrupt("alert", &row.id, &error))?;
    let count = row.count.try_into().map_err(|error| corrupt("alert", &row.id, &error))?;
    let acknowledged = row.acknowledged_by.zip(row.acknowledged_at);
    let acknowledged = acknowledged.map(|(by, at)| Acknowledged { by, at: UtcMs(at), note: row.note });
    Ok(Incident {
        key: AlertKey { kind, subject },
        detail: row.detail,
        opened_at: UtcMs(row.opened_at),
        last_seen_at: UtcMs(row.last_seen_at),
        count,
        closed_at: row.closed_at.map(UtcMs),
        acknowledged,
    })
}
