//! Publishing: a draft is merged with what everybody sees and becomes that, in one transaction, or nothing happens.

use super::apply::{Applied, apply};
use super::drafts::{self, DraftOrder, author_of};
use super::floor_now::FloorNow;
use super::versions::{self, NewVersion};
use crate::Storage;
use crate::audit::{Audited, AuditedChange};
use crate::error::{Failure, StorageError};
use crate::plan_files::{self, decode_sha, keep_plan_of_floor, put_on_floor, read_sheet};
use crate::registry::raise_version;
use domain::{Actor, EditPlans, FloorNumber, Holds, UtcMs, ViewBox};
use drafting::{
    Answers, Choice, Draft, DraftRevision, Layout, LayoutBooth, LayoutVersion, PlanSha, Publication, Published,
    Publishing, Resolution,
};
use serde::Serialize;

/// The log's columns hold 64 KiB; what is longer is in the version itself.
const LOGGED_BYTES_MAX: usize = 60_000;

/// What is to be published.
pub(super) struct PublishOrder<'a> {
    pub(super) draft: DraftOrder,
    /// What the version is called; at most 80 letters.
    pub(super) name: &'a str,
    pub(super) answers: Option<&'a Answers>,
    pub(super) restores: Option<LayoutVersion>,
    /// Whether it is the draft that is kept of whoever publishes, and is then gone.
    pub(super) is_draft: bool,
}

/// What the log says of a publication: the booths that differ.
#[derive(Serialize)]
#[serde(untagged)]
enum LoggedLayout<'a> {
    Booths { version: LayoutVersion, plan: &'a str, booths: Vec<&'a LayoutBooth> },
    Count { version: LayoutVersion, plan: &'a str, booths_changed: usize },
}

impl Storage {
    /// Publishes one's own draft as it was saved under this revision.
    ///
    /// # Errors
    /// `UnknownFloor`, `Corrupt`, `Timeout`, `Database`: nothing was published, or after `Timeout` perhaps.
    pub async fn publish_draft(
        &self,
        by: &Holds<EditPlans>,
        (floor, revision): (FloorNumber, DraftRevision),
        name: &str,
        answers: Option<&Answers>,
        now: UtcMs,
    ) -> Result<Publishing, StorageError> {
        self.within("publishing a layout", async {
            let mut write = self.begin_audited(now).await?;
            let current = FloorNow::read(write.connection(), floor).await?;
            let Some(row) = drafts::find(write.connection(), current.id, by.actor()).await? else {
                return Ok(Publishing::NoDraft);
            };
            let draft = drafts::decode(&row)?;
            if draft.revision != revision {
                return Ok(Publishing::Behind(draft.revision));
            }
            let plan = row.file_sha.as_deref().map(decode_sha).transpose()?;
            let draft = DraftOrder { floor, draft, plan };
            let order = PublishOrder { draft, name, answers, restores: None, is_draft: true };
            let publishing = publish(&mut write, by.actor(), current, &order, now).await?;
            if let Publishing::Published { .. } = publishing {
                write.commit().await?;
            }
            Ok(publishing)
        })
        .await
    }

    /// Makes a past version the newest one. Numbers and channels that other floors have by now refuse it.
    ///
    /// # Errors
    /// `UnknownFloor`, `UnknownVersion`, `Corrupt`, `Timeout`, `Database`.
    pub async fn restore_version(
        &self,
        by: &Holds<EditPlans>,
        (floor, version): (FloorNumber, LayoutVersion),
        name: &str,
        now: UtcMs,
    ) -> Result<Publishing, StorageError> {
        self.within("restoring a layout", async {
            let mut write = self.begin_audited(now).await?;
            let current = FloorNow::read(write.connection(), floor).await?;
            if version == current.published.version {
                return Ok(Publishing::Nothing);
            }
            let past = versions::find(write.connection(), current.id, version).await?;
            let past = past.ok_or(StorageError::UnknownVersion { floor, version: version.0 })?;
            let draft = Draft {
                base: current.published.version,
                revision: DraftRevision(0),
                layout: drafts::read_layout(&past.layout)?,
            };
            let draft = DraftOrder { floor, draft, plan: Some(decode_sha(&past.file_sha)?) };
            let order = PublishOrder { draft, name, answers: None, restores: Some(version), is_draft: false };
            let publishing = publish(&mut write, by.actor(), current, &order, now).await?;
            if let Publishing::Published { .. } = publishing {
                write.commit().await?;
            }
            Ok(publishing)
        })
        .await
    }
}

/// Commits nothing.
pub(super) async fn publish(
    write: &mut Audited,
    by: &Actor,
    current: FloorNow,
    order: &PublishOrder<'_>,
    now: UtcMs,
) -> Result<Publishing, Failure> {
    let connection = write.connection();
    let old_sha = keep_plan_of_floor(connection, &current.plan, now).await?;
    versions::keep_current(connection, &current, &old_sha).await?;
    let Some(base) = versions::find(connection, current.id, order.draft.draft.base).await? else {
        return Ok(Publishing::UnknownBase);
    };
    let base_view = plan_files::find(connection, &base.file_sha).await?;
    let base_view = ViewBox { x: base_view.x, y: base_view.y, width: base_view.width, height: base_view.height };
    let version = current.published.version;
    let answers = order.answers.filter(|answers| answers.against == version);
    let (sha, is_plan_asked) = choose_plan(order, &base.file_sha, &old_sha, answers);
    let sheet = read_sheet(connection, &sha).await?;
    let view = sheet.plan.view_box;
    let draft_view = match &order.draft.plan {
        Some(sha) => read_sheet(connection, sha.as_str()).await?.plan.view_box,
        None => base_view,
    };
    let base_layout = fit(&drafts::read_layout(&base.layout)?, base_view, view);
    let draft = Draft { layout: fit(&order.draft.draft.layout, draft_view, view), ..order.draft.draft.clone() };
    let theirs = Published { version, layout: fit(&current.published.layout, current.view_box(), view) };
    let resolution = answers.map(|answers| Resolution { against: version, choices: answers.choices.clone() });
    let surroundings = current.surroundings(view, Vec::new());
    let (layout, is_merged) =
        match Publication::judge(&draft, &base_layout, &theirs, resolution.as_ref(), &surroundings) {
            Publication::Asks { against, clashes } => {
                return ask(write, &current, against, (clashes, is_plan_asked)).await;
            }
            _ if is_plan_asked => return ask(write, &current, version, (Vec::new(), true)).await,
            Publication::Ready { published, is_merged } => (published.layout, is_merged),
            Publication::Nothing if sha != old_sha => (theirs.layout, draft.base != version),
            Publication::Nothing => return Ok(Publishing::Nothing),
            Publication::Refused(findings) => return Ok(Publishing::Refused(findings)),
            Publication::UnknownBase => return Ok(Publishing::UnknownBase),
        };
    let layout = match apply(connection, &current, &layout, now).await? {
        Applied::Layout(layout) => layout,
        Applied::Unknown(booth) => return Ok(Publishing::UnknownBooth(booth)),
    };
    if sha != old_sha {
        put_on_floor(connection, current.plan.id, &sha).await?;
    }
    let new = Published { version: LayoutVersion(version.0.saturating_add(1)), layout };
    let entry = NewVersion {
        floor_id: current.id,
        published: &new,
        name: order.name,
        author: author_of(by),
        at: now,
        restores: order.restores,
        sha: &sha,
    };
    versions::insert(connection, &entry).await?;
    versions::set_newest(connection, current.id, new.version).await?;
    if order.is_draft {
        drafts::delete(connection, current.id, by).await?;
    }
    raise_version(connection).await?;
    note(write, by, &current, (&old_sha, &sha), (&new, order.restores.is_some())).await?;
    Ok(Publishing::Published { version: new.version, is_merged })
}

/// Which plan it will be; and whether that has to be asked, because others have replaced it, too.
fn choose_plan(order: &PublishOrder<'_>, base: &str, current: &str, answers: Option<&Answers>) -> (String, bool) {
    let mine = order.draft.plan.as_ref().map(PlanSha::as_str).filter(|sha| *sha != base && *sha != current);
    let Some(mine) = mine else { return (current.to_owned(), false) };
    if base == current {
        return (mine.to_owned(), false);
    }
    match answers.and_then(|answers| answers.plan) {
        Some(Choice::Mine) => (mine.to_owned(), false),
        Some(Choice::Theirs) => (current.to_owned(), false),
        None => (current.to_owned(), true),
    }
}

/// A layout in the units of another plan.
fn fit(layout: &Layout, from: ViewBox, to: ViewBox) -> Layout {
    if from == to { layout.clone() } else { layout.moved_onto(from, to) }
}

async fn ask(
    write: &Audited,
    current: &FloorNow,
    against: LayoutVersion,
    (clashes, is_plan_asked): (Vec<drafting::Clash>, bool),
) -> Result<Publishing, Failure> {
    let newest = versions::find(write.connection(), current.id, against).await?;
    let (by, at) = newest.map_or_else(Default::default, |row| (row.author, Some(UtcMs(row.published_at))));
    Ok(Publishing::Asks { against, clashes, is_plan_asked, by, at })
}

async fn note(
    write: &mut Audited,
    by: &Actor,
    current: &FloorNow,
    (old_sha, sha): (&str, &str),
    (new, is_restored): (&Published, bool),
) -> Result<(), Failure> {
    let old = &current.published;
    let differing = |from: &'_ Layout, to: &Layout| -> Vec<LayoutBooth> {
        from.booths().filter(|booth| to.find(booth.id) != Some(*booth)).cloned().collect()
    };
    let (before, after) = (differing(&old.layout, &new.layout), differing(&new.layout, &old.layout));
    let before = logged(old.version, old_sha, &before);
    let after = logged(new.version, sha, &after);
    let change = AuditedChange {
        action: if is_restored { "layout.restored" } else { "layout.published" },
        subject: format!("floor:{}", current.number),
        before: Some(&before),
        after: Some(&after),
    };
    write.note(by, change).await
}

fn logged<'a>(version: LayoutVersion, plan: &'a str, booths: &'a [LayoutBooth]) -> LoggedLayout<'a> {
    let whole = LoggedLayout::Booths { version, plan, booths: booths.iter().collect() };
    match serde_json::to_string(&whole) {
        Ok(text) if text.len() <= LOGGED_BYTES_MAX => whole,
        _ => LoggedLayout::Count { version, plan, booths_changed: booths.len() },
    }
}
