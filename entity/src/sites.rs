//! What is known of the site is changed here.

use crate::Storage;
use crate::audit::AuditedChange;
use crate::building::{Site, read_site_within};
use crate::error::{Failure, StorageError};
use crate::insert::insert_rows;
use crate::models::{holiday, service_day, site};
use crate::registry::raise_version;
use domain::{EditPlans, Holds, UtcMs};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

impl Storage {
    /// Puts another name, time zone, hours and holidays in the place of the site's. Nothing happens when they are the same.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn change_site(&self, by: &Holds<EditPlans>, changed: &Site, now: UtcMs) -> Result<(), StorageError> {
        self.within("changing the site", async {
            let mut write = self.begin_audited(now).await?;
            let connection = write.connection();
            let (id, before) = read_site_within(connection).await?;
            if before == *changed {
                return Ok(());
            }
            site::Entity::update_many()
                .col_expr(site::Column::Name, Expr::value(changed.name.as_str()))
                .col_expr(site::Column::TimeZone, Expr::value(changed.time_zone.as_str()))
                .filter(site::Column::Id.eq(id))
                .exec(connection)
                .await?;
            put_hours(connection, id, changed).await?;
            put_holidays(connection, id, changed).await?;
            raise_version(connection).await?;
            let change = AuditedChange {
                action: "site.changed",
                subject: format!("site:{id}"),
                before: Some(&before),
                after: Some(changed),
            };
            write.note(by.actor(), change).await?;
            write.commit().await
        })
        .await
    }
}

async fn put_hours(write: &impl ConnectionTrait, id: i32, changed: &Site) -> Result<(), Failure> {
    service_day::Entity::delete_many().filter(service_day::Column::SiteId.eq(id)).exec(write).await?;
    let minutes = |minutes: u16| i16::try_from(minutes).unwrap_or(i16::MAX);
    let days = (0..).zip(changed.hours.week()).filter_map(|(weekday, hours)| Some((weekday, hours?)));
    let rows = days.map(|(weekday, (opens_min, closes_min))| service_day::ActiveModel {
        site_id: Set(id),
        weekday: Set(weekday),
        opens_min: Set(minutes(opens_min)),
        closes_min: Set(minutes(closes_min)),
    });
    insert_rows(write, rows.collect(), None).await
}

async fn put_holidays(write: &impl ConnectionTrait, id: i32, changed: &Site) -> Result<(), Failure> {
    holiday::Entity::delete_many().filter(holiday::Column::SiteId.eq(id)).exec(write).await?;
    let rows = changed.holidays.iter().map(|day| holiday::ActiveModel { site_id: Set(id), day: Set(day.clone()) });
    insert_rows(write, rows.collect(), None).await
}
