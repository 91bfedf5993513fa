//! Plans as they can be kept: by the SHA-256 of what is kept of them, so the same file is there once, and never changes.

use crate::Storage;
use crate::audit::AuditedChange;
use crate::error::{Failure, StorageError, corrupt};
use crate::models::{plan, plan_file};
use domain::{EditPlans, FloorPlan, Holds, UtcMs, ViewBox};
use drafting::{PlanLine, PlanSha, PlanSheet};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanKind {
    /// One of ours, which is a part of the page.
    Drawing,
    /// A drawing that was sent, made safe.
    Svg,
    /// An image.
    Png,
    /// An image.
    Jpg,
}

impl PlanKind {
    /// The word for it in tables, which is the ending of its address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Drawing => "drawing",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Jpg => "jpg",
        }
    }

    /// What a table's word means.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Drawing, Self::Svg, Self::Png, Self::Jpg].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A plan as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptPlan {
    /// What it is.
    pub kind: PlanKind,
    /// Its extent.
    pub view_box: ViewBox,
    /// Its lines.
    pub lines: Vec<PlanLine>,
    /// The file; of a drawing of ours the elements without their root.
    pub content: Vec<u8>,
}

impl KeptPlan {
    /// What it is called.
    ///
    /// # Panics
    /// Never: a digest has 64 digits.
    #[must_use]
    pub fn sha(&self) -> String {
        let mut hash = Sha256::new();
        let ViewBox { x, y, width, height } = self.view_box;
        hash.update(format!("{} {x} {y} {width} {height}\n", self.kind.as_str()));
        hash.update(&self.content);
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What the log says of a file.
#[derive(Serialize)]
struct Received {
    kind: &'static str,
    bytes: usize,
    view_box: ViewBox,
}

impl Storage {
    /// Keeps a plan, if it is not there yet; returns what it is called.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn keep_plan(&self, by: &Holds<EditPlans>, kept: &KeptPlan, now: UtcMs) -> Result<PlanSha, StorageError> {
        self.within("keeping a plan", async {
            let mut write = self.begin_audited(now).await?;
            let (sha, is_new) = insert(write.connection(), kept, now).await?;
            if is_new {
                let received =
                    Received { kind: kept.kind.as_str(), bytes: kept.content.len(), view_box: kept.view_box };
                let change = AuditedChange {
                    action: "plan.received",
                    subject: format!("plan:{sha}"),
                    before: None,
                    after: Some(&received),
                };
                write.note(by.actor(), change).await?;
                write.commit().await?;
            }
            Ok(decode_sha(&sha)?)
        })
        .await
    }

    /// A plan that was kept. It is shown to everybody, so nobody is asked for a right.
    ///
    /// # Errors
    /// `UnknownPlan`, `Corrupt`, `Timeout`, `Database`.
    pub async fn read_plan(&self, sha: &PlanSha) -> Result<KeptPlan, StorageError> {
        self.within("reading a plan's file", async { decode(find(&self.begin_read().await?, sha.as_str()).await?) })
            .await
    }

    /// A plan that was kept, as booths are put on it.
    ///
    /// # Errors
    /// `UnknownPlan`, `Corrupt`, `Timeout`, `Database`.
    pub async fn read_plan_sheet(&self, _by: &Holds<EditPlans>, sha: &PlanSha) -> Result<PlanSheet, StorageError> {
        self.within("reading a plan to be drawn on", async {
            read_sheet(&self.begin_read().await?, sha.as_str()).await
        })
        .await
    }
}

pub(crate) async fn insert(
    write: &impl ConnectionTrait,
    kept: &KeptPlan,
    now: UtcMs,
) -> Result<(String, bool), Failure> {
    let sha = kept.sha();
    if plan_file::Entity::find_by_id(&sha).one(write).await?.is_some() {
        return Ok((sha, false));
    }
    let lines = serde_json::to_string(&kept.lines).map_err(|error| corrupt("plan_file", &sha, &error))?;
    let row = plan_file::ActiveModel {
        sha: Set(sha.clone()),
        kind: Set(kept.kind.as_str().to_owned()),
        x: Set(kept.view_box.x),
        y: Set(kept.view_box.y),
        width: Set(kept.view_box.width),
        height: Set(kept.view_box.height),
        plan_lines: Set(lines),
        content: Set(kept.content.clone()),
        kept_at: Set(now.0),
    };
    plan_file::Entity::insert(row).exec_without_returning(write).await?;
    Ok((sha, true))
}

pub(crate) async fn find(connection: &impl ConnectionTrait, sha: &str) -> Result<plan_file::Model, Failure> {
    let row = plan_file::Entity::find_by_id(sha).one(connection).await?;
    Ok(row.ok_or_else(|| StorageError::UnknownPlan { sha: sha.to_owned() })?)
}

fn decode(row: plan_file::Model) -> Result<KeptPlan, Failure> {
    let kind = PlanKind::from_word(&row.kind).ok_or_else(|| corrupt("plan_file", &row.sha, &row.kind))?;
    let lines = serde_json::from_str(&row.plan_lines).map_err(|error| corrupt("plan_file", &row.sha, &error))?;
    let view_box = ViewBox { x: row.x, y: row.y, width: row.width, height: row.height };
    Ok(KeptPlan { kind, view_box, lines, content: row.content })
}

pub(crate) fn decode_sha(text: &str) -> Result<PlanSha, StorageError> {
    text.parse().map_err(|error| corrupt("plan_file", &text, &error))
}

/// A kept plan as booths are put on it.
pub(crate) async fn read_sheet(connection: &impl ConnectionTrait, sha: &str) -> Result<PlanSheet, Failure> {
    let kept = decode(find(connection, sha).await?)?;
    Ok(PlanSheet { sha: Some(decode_sha(sha)?), plan: to_plan(sha, &kept)?, lines: kept.lines })
}

/// Files are shown as images, each in a document of its own, where nothing of it can reach the page.
fn to_plan(sha: &str, kept: &KeptPlan) -> Result<FloorPlan, StorageError> {
    let view_box = kept.view_box;
    let ViewBox { x, y, width, height } = view_box;
    let drawing = match kept.kind {
        PlanKind::Drawing => String::from_utf8(kept.content.clone()).map_err(|e| corrupt("plan_file", &sha, &e))?,
        PlanKind::Svg | PlanKind::Png | PlanKind::Jpg => {
            let kind = kept.kind.as_str();
            format!(
                "<image class='sent' href='/plans/{sha}.{kind}' x='{x}' y='{y}' width='{width}' height='{height}' preserveAspectRatio='none'/>"
            )
        }
    };
    Ok(FloorPlan { view_box, drawing })
}

/// Makes a plan that was kept the one of a floor.
pub(crate) async fn put_on_floor(write: &impl ConnectionTrait, plan_id: i32, sha: &str) -> Result<(), Failure> {
    let FloorPlan { view_box, drawing } = to_plan(sha, &decode(find(write, sha).await?)?)?;
    plan::Entity::update_many()
        .col_expr(plan::Column::X, Expr::value(view_box.x))
        .col_expr(plan::Column::Y, Expr::value(view_box.y))
        .col_expr(plan::Column::Width, Expr::value(view_box.width))
        .col_expr(plan::Column::Height, Expr::value(view_box.height))
        .col_expr(plan::Column::Drawing, Expr::value(drawing))
        .col_expr(plan::Column::FileSha, Expr::value(sha))
        .filter(plan::Column::Id.eq(plan_id))
        .exec(write)
        .await?;
    Ok(())
}

/// The file of the plan that a floor has. A first drawing becomes one, so that versions can refer to it.
pub(crate) async fn keep_plan_of_floor(
    write: &impl ConnectionTrait,
    row: &plan::Model,
    now: UtcMs,
) -> Result<String, Failure> {
    if let Some(sha) = &row.file_sha {
        return Ok(sha.clone());
    }
    let kept = KeptPlan {
        kind: PlanKind::Drawing,
        view_box: ViewBox { x: row.x, y: row.y, width: row.width, height: row.height },
        lines: Vec::new(),
        content: row.drawing.clone().into_bytes(),
    };
    let (sha, _) = insert(write, &kept, now).await?;
    plan::Entity::update_many()
        .col_expr(plan::Column::FileSha, Expr::value(sha.as_str()))
        .filter(plan::Column::Id.eq(row.id))
        .exec(write)
        .await?;
    Ok(sha)
}
