//! The log of changes: written in the transaction of the change itself, so neither is there without the other.

use crate::Storage;
use crate::error::{Failure, StorageError, corrupt};
use crate::models::audit_entry::{ActiveModel, Column, Entity, Model};
use crate::models::audit_head;
use domain::{AccountId, Actor, AuditEntry, AuditHash, AuditHead, Holds, ReadAudit, UtcMs};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The only row of `audit_head`.
const HEAD_ID: i32 = 1;
/// Letters of the columns.
const ACTOR_MAX: usize = 64;

/// What the log says of one change.
pub(crate) struct AuditedChange<'a> {
    /// `account.created`; at most 48 letters.
    pub(crate) action: &'static str,
    /// `account:ann`; at most 128 letters.
    pub(crate) subject: String,
    pub(crate) before: Option<&'a dyn AuditedState>,
    pub(crate) after: Option<&'a dyn AuditedState>,
}

/// What can be written into the log. Nothing secret is ever one.
pub(crate) trait AuditedState: Sync {
    fn to_json(&self) -> serde_json::Result<String>;
}

impl<T: Serialize + Sync> AuditedState for T {
    fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

/// Which entries of the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditFilter {
    /// Only those before this number.
    pub before_seq: Option<i64>,
    /// Only those of an actor of this name.
    pub actor: Option<String>,
    /// Only those whose action begins so: `account.`.
    pub action: Option<String>,
    /// Only those whose subject has this in it.
    pub subject: Option<String>,
    /// Only from this instant on.
    pub from: Option<UtcMs>,
    /// Only before this instant.
    pub to: Option<UtcMs>,
}

/// A transaction that changes something and says so in the log. Its first step makes all others wait, so what it reads stays
/// true. Dropped, it has done nothing.
pub(crate) struct Audited {
    write: DatabaseTransaction,
    head: AuditHead,
    at: UtcMs,
}

impl Storage {
    /// Begins a change at this time.
    pub(crate) async fn begin_audited(&self, at: UtcMs) -> Result<Audited, Failure> {
        let write = self.begin_write().await?;
        let locked = audit_head::Entity::update_many()
            .col_expr(audit_head::Column::Seq, Expr::col(audit_head::Column::Seq).add(0))
            .filter(audit_head::Column::Id.eq(HEAD_ID));
        locked.exec(&write).await?;
        let head = read_head(&write).await?;
        Ok(Audited { write, head, at })
    }

    /// The newest entries of a kind, newest first; at most `limit`.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_audit(
        &self,
        _by: &Holds<ReadAudit>,
        filter: &AuditFilter,
        limit: u64,
    ) -> Result<Vec<AuditEntry>, StorageError> {
        self.within("reading the log of changes", async {
            let rows = filter.select().order_by_desc(Column::Seq).limit(limit).all(&self.begin_read().await?).await?;
            Ok(rows.into_iter().map(decode).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// The entries that follow this number, oldest first; at most `limit`: for whoever reads all of them.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_audit_after(
        &self,
        _by: &Holds<ReadAudit>,
        seq: i64,
        limit: u64,
    ) -> Result<Vec<AuditEntry>, StorageError> {
        self.within("reading the log of changes", async {
            let after = Entity::find().filter(Column::Seq.gt(seq)).order_by_asc(Column::Seq).limit(limit);
            let rows = after.all(&self.begin_read().await?).await?;
            Ok(rows.into_iter().map(decode).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// The end of the log, as it was noted beside it.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn read_audit_head(&self, _by: &Holds<ReadAudit>) -> Result<AuditHead, StorageError> {
        self.within("reading the end of the log of changes", async { read_head(&self.begin_read().await?).await }).await
    }
}

impl Audited {
    /// Where the change is made.
    pub(crate) fn connection(&self) -> &DatabaseTransaction {
        &self.write
    }

    /// Writes an entry; a change may have several.
    pub(crate) async fn note(&mut self, by: &Actor, change: AuditedChange<'_>) -> Result<(), Failure> {
        let json = |state: Option<&dyn AuditedState>| state.map(AuditedState::to_json).transpose();
        let unwritable = |error: serde_json::Error| corrupt("audit_entry", &change.subject, &error);
        let mut entry = AuditEntry {
            seq: self.head.seq + 1,
            at: self.at,
            actor: Actor { account: by.account, name: by.name.chars().take(ACTOR_MAX).collect() },
            action: change.action.to_owned(),
            subject: change.subject.clone(),
            before: json(change.before).map_err(unwritable)?,
            after: json(change.after).map_err(unwritable)?,
            prev: self.head.hash,
            hash: AuditHash::NONE,
        };
        entry.hash = AuditHash(Sha256::digest(entry.hashed_bytes()).into());
        let head = AuditHead { seq: entry.seq, hash: entry.hash };
        Entity::insert(encode(entry)).exec_without_returning(&self.write).await?;
        audit_head::Entity::update_many()
            .col_expr(audit_head::Column::Seq, Expr::value(head.seq))
            .col_expr(audit_head::Column::Hash, Expr::value(head.hash.to_string()))
            .filter(audit_head::Column::Id.eq(HEAD_ID))
            .exec(&self.write)
            .await?;
        self.head = head;
        Ok(())
    }

    /// Drops everything, and only then goes on: the next transaction would wait for this one.
    pub(crate) async fn roll_back(self) -> Result<(), Failure> {
        Ok(self.write.rollback().await?)
    }

    pub(crate) async fn commit(self) -> Result<(), Failure> {
        Ok(self.write.commit().await?)
    }
}

async fn read_head(connection: &impl ConnectionTrait) -> Result<AuditHead, Failure> {
    let row = audit_head::Entity::find_by_id(HEAD_ID).one(connection).await?;
    let row = row.ok_or_else(|| corrupt("audit_head", &HEAD_ID, &"missing"))?;
    let hash = row.hash.parse().map_err(|error| corrupt("audit_head", &HEAD_ID, &error))?;
    Ok(AuditHead { seq: row.seq, hash })
}

impl AuditFilter {
    fn select(&self) -> sea_orm::Select<Entity> {
        let mut select = Entity::find();
        if let Some(seq) = self.before_seq {
            select = select.filter(Column::Seq.lt(seq));
        }
        if let Some(actor) = &self.actor {
            select = select.filter(Column::Actor.eq(actor.as_str()));
        }
        if let Some(action) = &self.action {
            select = select.filter(Column::Action.starts_with(escape(action)));
        }
        if let Some(subject) = &self.subject {
            select = select.filter(Column::Subject.contains(escape(subject)));
        }
        if let Some(from) = self.from {
            select = select.filter(Column::At.gte(from.0));
        }
        if let Some(to) = self.to {
            select = select.filter(Column::At.lt(to.0));
        }
        select
    }
}

/// Patterns have two characters of their own; without them they look for nothing but the text.
fn escape(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '%' | '\\')).collect()
}

fn encode(entry: AuditEntry) -> ActiveModel {
    ActiveModel {
        seq: Set(entry.seq),
        at: Set(entry.at.0),
        account_id: Set(entry.actor.account.map(|account| account.0)),
        actor: Set(entry.actor.name),
        action: Set(entry.action),
        subject: Set(entry.subject),
        before_json: Set(entry.before),
        after_json: Set(entry.after),
        prev: Set(entry.prev.to_string()),
        hash: Set(entry.hash.to_string()),
    }
}

fn decode(row: Model) -> Result<AuditEntry, StorageError> {
    let hash = |text: &str| text.parse().map_err(|error| corrupt("audit_entry", &row.seq, &error));
    Ok(AuditEntry {
        seq: row.seq,
        at: UtcMs(row.at),
        prev: hash(&row.prev)?,
        hash: hash(&row.hash)?,
        actor: Actor { account: row.account_id.map(AccountId), name: row.actor },
        action: row.action,
        subject: row.subject,
        before: row.before_json,
        after: row.after_json,
    })
}
