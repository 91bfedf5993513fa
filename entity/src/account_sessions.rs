//! Who is signed in. Callers give and look for hashes of tokens; tokens themselves never come here.

use crate::Storage;
use crate::accounts::{self, find_row, subject};
use crate::audit::AuditedChange;
use crate::error::{Failure, StorageError};
use crate::models::account;
use crate::models::account_session::{ActiveModel, Column, Entity, Model};
use domain::{AccountId, Actor, Principal, SessionId, SessionLimits, UtcMs};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Letters of the columns.
const ADDRESS_MAX: usize = 64;
const AGENT_MAX: usize = 160;
/// A session says at most this often that it was used.
const SEEN_EVERY_MS: i64 = 30_000;

/// A session that begins.
#[derive(Debug, Clone, Copy)]
pub struct NewSession<'a> {
    /// SHA-256 of its secret, in 64 hexadecimal digits.
    pub token_hash: &'a str,
    /// Where it was asked for; cut to 64 letters.
    pub address: &'a str,
    /// What the browser calls itself; cut to 160 letters.
    pub agent: &'a str,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSession {
    /// Its row.
    pub id: SessionId,
    /// When it began.
    pub created_at: UtcMs,
    /// When it was last used, to the half minute.
    pub seen_at: UtcMs,
    /// Where it began.
    pub address: String,
    /// In which browser.
    pub agent: String,
}

impl Storage {
    /// Begins a session, and forgets those that have ended by themselves.
    ///
    /// # Errors
    /// `UnknownAccount`, `Corrupt`, `Timeout`, `Database`.
    pub async fn start_account_session(
        &self,
        account: AccountId,
        new: NewSession<'_>,
        limits: SessionLimits,
        now: UtcMs,
    ) -> Result<SessionId, StorageError> {
        self.within("beginning a session", async {
            let mut write = self.begin_audited(now).await?;
            let row = find_row(write.connection(), account).await?;
            let over = Column::SeenAt.lte(limits.idle_since(now).0).or(Column::CreatedAt.lte(limits.old_since(now).0));
            Entity::delete_many().filter(over).exec(write.connection()).await?;
            let session = ActiveModel {
                id: NotSet,
                token_hash: Set(new.token_hash.to_owned()),
                account_id: Set(account.0),
                created_at: Set(now.0),
                seen_at: Set(now.0),
                address: Set(new.address.chars().take(ADDRESS_MAX).collect()),
                agent: Set(new.agent.chars().filter(|c| !c.is_control()).take(AGENT_MAX).collect()),
            };
            let id = Entity::insert(session).exec(write.connection()).await?.last_insert_id;
            account::Entity::update_many()
                .col_expr(account::Column::SignedInAt, Expr::value(now.0))
                .filter(account::Column::Id.eq(account.0))
                .exec(write.connection())
                .await?;
            let facts = accounts::decode(&row)?.facts;
            let by = Actor { account: Some(account), name: facts.name.to_string() };
            let change =
                AuditedChange { action: "account.signed_in", subject: subject(&facts), before: None, after: None };
            write.note(&by, change).await?;
            write.commit().await?;
            Ok(SessionId(id))
        })
        .await
    }

    /// Whom a session belongs to, if it still holds; notes that it is used.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn find_principal(
        &self,
        token_hash: &str,
        limits: SessionLimits,
        now: UtcMs,
    ) -> Result<Option<Principal>, StorageError> {
        self.within("looking up a session", async {
            let read = self.begin_read().await?;
            let of_token = Entity::find().filter(Column::TokenHash.eq(token_hash));
            let Some(row) = of_token.one(&read).await? else { return Ok(None) };
            let account = account::Entity::find_by_id(row.account_id).one(&read).await?;
            drop(read);
            let holds = limits.hold(UtcMs(row.created_at), UtcMs(row.seen_at), now);
            let Some(account) = account.filter(|account| holds && !account.disabled) else { return Ok(None) };
            let unsaid_ms = now.0.saturating_sub(row.seen_at);
            if unsaid_ms >= SEEN_EVERY_MS || unsaid_ms >= limits.idle_ms / 4 {
                self.note_seen(&row, now).await?;
            }
            let facts = accounts::decode(&account)?.facts;
            let account = AccountId(account.id);
            Ok(Some(Principal { account, name: facts.name, roles: facts.roles, session: SessionId(row.id) }))
        })
        .await
    }

    async fn note_seen(&self, row: &Model, now: UtcMs) -> Result<(), Failure> {
        let write = self.begin_write().await?;
        Entity::update_many()
            .col_expr(Column::SeenAt, Expr::value(now.0))
            .filter(Column::Id.eq(row.id))
            .exec(&write)
            .await?;
        Ok(write.commit().await?)
    }

    /// Which of these sessions are still there and hold; for streams, which outlive many requests.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn list_holding(
        &self,
        sessions: &[SessionId],
        limits: SessionLimits,
        now: UtcMs,
    ) -> Result<Vec<SessionId>, StorageError> {
        self.within("looking up sessions", async {
            let select = Entity::find().filter(Column::Id.is_in(sessions.iter().map(|session| session.0)));
            let rows = select.all(&self.begin_read().await?).await?;
            let holding = rows.iter().filter(|row| limits.hold(UtcMs(row.created_at), UtcMs(row.seen_at), now));
            Ok(holding.map(|row| SessionId(row.id)).collect())
        })
        .await
    }

    /// The sessions of an account that still hold, the last used first.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn list_account_sessions(
        &self,
        account: AccountId,
        limits: SessionLimits,
        now: UtcMs,
    ) -> Result<Vec<AccountSession>, StorageError> {
        self.within("listing sessions", async {
            let of_account = Entity::find().filter(Column::AccountId.eq(account.0));
            let newest = of_account.order_by_desc(Column::SeenAt).order_by_desc(Column::Id).limit(200);
            let rows = newest.all(&self.begin_read().await?).await?;
            let holding = |row: &Model| limits.hold(UtcMs(row.created_at), UtcMs(row.seen_at), now);
            Ok(rows.into_iter().filter(holding).map(decode).collect())
        })
        .await
    }

    /// Ends sessions of an account: one of them, or all but one. Returns those that were there.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn end_account_sessions(
        &self,
        account: AccountId,
        which: EndSessions,
    ) -> Result<Vec<SessionId>, StorageError> {
        self.within("ending sessions", async {
            let write = self.begin_write().await?;
            let of_account = Entity::find().filter(Column::AccountId.eq(account.0)).all(&write).await?;
            let ended: Vec<_> = of_account.iter().map(|row| row.id).filter(|id| which.names(SessionId(*id))).collect();
            Entity::delete_many().filter(Column::Id.is_in(ended.iter().copied())).exec(&write).await?;
            write.commit().await?;
            Ok(ended.into_iter().map(SessionId).collect())
        })
        .await
    }
}

/// Which sessions of an account end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndSessions {
    /// This one.
    One(SessionId),
    /// All others.
    AllBut(SessionId),
}

impl EndSessions {
    fn names(self, session: SessionId) -> bool {
        match self {
            Self::One(one) => session == one,
            Self::AllBut(one) => session != one,
        }
    }
}

fn decode(row: Model) -> AccountSession {
    AccountSession {
        id: SessionId(row.id),
        created_at: UtcMs(row.created_at),
        seen_at: UtcMs(row.seen_at),
        address: row.address,
        agent: row.agent,
    }
}
