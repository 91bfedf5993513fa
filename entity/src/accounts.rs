//! Accounts: made, changed, and looked up by whoever signs in.

use crate::Storage;
use crate::audit::{Audited, AuditedChange};
use crate::error::{Failure, StorageError, corrupt};
use crate::models::account::{ActiveModel, Column, Entity, Model};
use crate::models::{account_session, setup_link};
use domain::{Account, AccountFacts, AccountId, AccountName, Actor, Holds, ManageAccounts, UtcMs};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

/// What somebody who signs in is held against.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// The hash of its password, as a PHC string.
    pub password_hash: Option<String>,
    /// The secret of its codes, sealed by whoever stored it.
    pub totp_sealed: Option<String>,
}

/// What is done to an account, where the log has nothing to compare.
#[derive(Serialize)]
struct Ended {
    sessions: u64,
}

impl Storage {
    /// All accounts by name.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn list_accounts(&self, _by: &Holds<ManageAccounts>) -> Result<Vec<Account>, StorageError> {
        self.within("listing accounts", async {
            let rows = Entity::find().order_by_asc(Column::Name).all(&self.begin_read().await?).await?;
            Ok(rows.iter().map(decode).collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Whether somebody can give rights to others: has the right, a password, and is not closed.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn has_administrator(&self) -> Result<bool, StorageError> {
        self.within("looking for an administrator", async { has_administrator(&self.begin_read().await?).await }).await
    }

    /// What an account of this name is held against; none when there is no such account.
    ///
    /// # Errors
    /// `Corrupt`, `Timeout`, `Database`.
    pub async fn find_credentials(&self, name: &AccountName) -> Result<Option<Credentials>, StorageError> {
        self.within("looking up an account", async {
            let of_name = Entity::find().filter(Column::Name.eq(name.as_str()));
            let row = of_name.one(&self.begin_read().await?).await?;
            row.map(credentials).transpose().map_err(Failure::from)
        })
        .await
    }

    /// The same by its row.
    ///
    /// # Errors
    /// `UnknownAccount`, `Corrupt`, `Timeout`, `Database`.
    pub async fn read_credentials(&self, id: AccountId) -> Result<Credentials, StorageError> {
        self.within("looking up an account", async { Ok(credentials(find_row(&self.begin_read().await?, id).await?)?) })
            .await
    }

    /// Makes an account without a password.
    ///
    /// # Errors
    /// `AccountNameTaken`, `Corrupt`, `Timeout`, `Database`.
    pub async fn create_account(
        &self,
        by: &Holds<ManageAccounts>,
        facts: &AccountFacts,
        now: UtcMs,
    ) -> Result<Account, StorageError> {
        self.within("making an account", async {
            let mut write = self.begin_audited(now).await?;
            let account = insert(&mut write, by.actor(), facts, now).await?;
            write.commit().await?;
            Ok(account)
        })
        .await
    }

    /// Changes what administrators say of an account: from how it is to what `change` makes of it. One that is closed is signed
    /// out everywhere.
    ///
    /// # Errors
    /// `UnknownAccount`, `AccountNameTaken`; `LastAdmin` when nobody could give rights any more; `Corrupt`, `Timeout`,
    /// `Database`.
    pub async fn update_account(
        &self,
        by: &Holds<ManageAccounts>,
        id: AccountId,
        change: impl FnOnce(&AccountFacts) -> AccountFacts,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        self.within("changing an account", async {
            let mut write = self.begin_audited(now).await?;
            let before = decode(&find_row(write.connection(), id).await?)?;
            let facts = change(&before.facts);
            if before.facts == facts {
                return Ok(());
            }
            require_free(write.connection(), &facts.name, Some(id)).await?;
            Entity::update_many()
                .col_expr(Column::Name, Expr::value(facts.name.as_str()))
                .col_expr(Column::DisplayName, Expr::value(facts.display_name.as_str()))
                .col_expr(Column::Roles, Expr::value(facts.roles.to_string()))
                .col_expr(Column::Disabled, Expr::value(facts.disabled))
                .filter(Column::Id.eq(id.0))
                .exec(write.connection())
                .await?;
            if before.facts.administers() && !facts.administers() {
                require_administrator(write.connection()).await?;
            }
            if facts.disabled {
                delete_sessions(write.connection(), id).await?;
                delete_links(write.connection(), id).await?;
            }
            let change = AuditedChange {
                action: "account.changed",
                subject: subject(&before.facts),
                before: Some(&before.facts),
                after: Some(&facts),
            };
            write.note(by.actor(), change).await?;
            write.commit().await
        })
        .await
    }

    /// Gives an account a password, and ends all its sessions and one-time links.
    ///
    /// # Errors
    /// `UnknownAccount`, `Corrupt`, `Timeout`, `Database`.
    pub async fn set_password(
        &self,
        by: &Actor,
        id: AccountId,
        password_hash: &str,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        self.within("setting a password", async {
            let mut write = self.begin_audited(now).await?;
            let account = decode(&find_row(write.connection(), id).await?)?;
            set_password(&mut write, by, &account, password_hash).await?;
            write.commit().await
        })
        .await
    }

    /// Asks for a code of six digits from now on, or no more (`None`). The secret comes sealed, at most 255 letters.
    ///
    /// # Errors
    /// `UnknownAccount`, `Corrupt`, `Timeout`, `Database`.
    pub async fn set_totp(
        &self,
        by: &Actor,
        id: AccountId,
        sealed: Option<&str>,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        self.within("changing the second factor", async {
            let mut write = self.begin_audited(now).await?;
            let account = decode(&find_row(write.connection(), id).await?)?;
            Entity::update_many()
                .col_expr(Column::TotpSealed, Expr::value(sealed.map(str::to_owned)))
                .col_expr(Column::TotpStep, Expr::value(None::<i64>))
                .filter(Column::Id.eq(id.0))
                .exec(write.connection())
                .await?;
            let action = if sealed.is_some() { "account.totp_on" } else { "account.totp_off" };
            let change = AuditedChange { action, subject: subject(&account.facts), before: None, after: None };
            write.note(by, change).await?;
            write.commit().await
        })
        .await
    }

    /// Uses up the code of a step of time; `false` when it, or a later one, was used before.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn use_totp_step(&self, id: AccountId, step: i64) -> Result<bool, StorageError> {
        self.within("using up a code", async {
            let write = self.begin_write().await?;
            let newer = Column::TotpStep.is_null().or(Column::TotpStep.lt(step));
            let used = Entity::update_many()
                .col_expr(Column::TotpStep, Expr::value(step))
                .filter(Column::Id.eq(id.0))
                .filter(newer)
                .exec(&write)
                .await?;
            write.commit().await?;
            Ok(used.rows_affected > 0)
        })
        .await
    }

    /// Signs an account out everywhere; returns how many sessions there were.
    ///
    /// # Errors
    /// `UnknownAccount`, `Corrupt`, `Timeout`, `Database`.
    pub async fn end_sessions_of(
        &self,
        by: &Holds<ManageAccounts>,
        id: AccountId,
        now: UtcMs,
    ) -> Result<u64, StorageError> {
        self.within("ending sessions", async {
            let mut write = self.begin_audited(now).await?;
            let account = decode(&find_row(write.connection(), id).await?)?;
            let sessions = delete_sessions(write.connection(), id).await?;
            if sessions > 0 {
                let change = AuditedChange {
                    action: "account.signed_out",
                    subject: subject(&account.facts),
                    before: Some(&Ended { sessions }),
                    after: None,
                };
                write.note(by.actor(), change).await?;
                write.commit().await?;
            }
            Ok(sessions)
        })
        .await
    }
}

/// What the log calls an account.
pub(crate) fn subject(facts: &AccountFacts) -> String {
    format!("account:{}", facts.name)
}

pub(crate) async fn insert(
    write: &mut Audited,
    by: &Actor,
    facts: &AccountFacts,
    now: UtcMs,
) -> Result<Account, Failure> {
    require_free(write.connection(), &facts.name, None).await?;
    let row = ActiveModel {
        id: NotSet,
        name: Set(facts.name.to_string()),
        display_name: Set(facts.display_name.as_str().to_owned()),
        roles: Set(facts.roles.to_string()),
        disabled: Set(facts.disabled),
        password_hash: Set(None),
        totp_sealed: Set(None),
        totp_step: Set(None),
        created_at: Set(now.0),
        signed_in_at: Set(None),
    };
    let id = Entity::insert(row).exec(write.connection()).await?.last_insert_id;
    let change = AuditedChange { action: "account.created", subject: subject(facts), before: None, after: Some(facts) };
    write.note(by, change).await?;
    Ok(decode(&find_row(write.connection(), AccountId(id)).await?)?)
}

pub(crate) async fn set_password(
    write: &mut Audited,
    by: &Actor,
    account: &Account,
    password_hash: &str,
) -> Result<(), Failure> {
    Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(password_hash))
        .filter(Column::Id.eq(account.id.0))
        .exec(write.connection())
        .await?;
    delete_sessions(write.connection(), account.id).await?;
    delete_links(write.connection(), account.id).await?;
    // That it was changed, never what it was.
    let change =
        AuditedChange { action: "account.password_set", subject: subject(&account.facts), before: None, after: None };
    write.note(by, change).await
}

pub(crate) async fn find_row(connection: &impl ConnectionTrait, id: AccountId) -> Result<Model, Failure> {
    let row = Entity::find_by_id(id.0).one(connection).await?;
    Ok(row.ok_or(StorageError::UnknownAccount { id })?)
}

async fn require_free(
    connection: &impl ConnectionTrait,
    name: &AccountName,
    but: Option<AccountId>,
) -> Result<(), Failure> {
    let of_name = Entity::find().filter(Column::Name.eq(name.as_str())).one(connection).await?;
    match of_name {
        Some(row) if Some(AccountId(row.id)) != but => {
            Err(StorageError::AccountNameTaken { name: name.clone() }.into())
        }
        _ => Ok(()),
    }
}

async fn require_administrator(connection: &impl ConnectionTrait) -> Result<(), Failure> {
    if has_administrator(connection).await? { Ok(()) } else { Err(StorageError::LastAdmin.into()) }
}

pub(crate) async fn has_administrator(connection: &impl ConnectionTrait) -> Result<bool, Failure> {
    let rows = Entity::find().filter(Column::PasswordHash.is_not_null()).all(connection).await?;
    let accounts = rows.iter().map(decode).collect::<Result<Vec<_>, _>>()?;
    Ok(accounts.iter().any(|account| account.facts.administers()))
}

async fn delete_sessions(connection: &impl ConnectionTrait, id: AccountId) -> Result<u64, Failure> {
    let of_account = account_session::Entity::delete_many().filter(account_session::Column::AccountId.eq(id.0));
    Ok(of_account.exec(connection).await?.rows_affected)
}

pub(crate) async fn delete_links(connection: &impl ConnectionTrait, id: AccountId) -> Result<(), Failure> {
    let of_account = setup_link::Entity::delete_many().filter(setup_link::Column::AccountId.eq(id.0));
    of_account.exec(connection).await?;
    Ok(())
}

fn credentials(row: Model) -> Result<Credentials, StorageError> {
    let account = decode(&row)?;
    Ok(Credentials { account, password_hash: row.password_hash, totp_sealed: row.totp_sealed })
}

pub(crate) fn decode(row: &Model) -> Result<Account, StorageError> {
    let broken = |error: &dyn std::fmt::Display| corrupt("account", &row.id, error);
    Ok(Account {
        id: AccountId(row.id),
        facts: AccountFacts {
            name: row.name.parse().map_err(|error| broken(&error))?,
            display_name: row.display_name.parse().map_err(|error| broken(&error))?,
            roles: row.roles.parse().map_err(|error| broken(&error))?,
            disabled: row.disabled,
        },
        has_password: row.password_hash.is_some(),
        has_totp: row.totp_sealed.is_some(),
        created_at: UtcMs(row.created_at),
        signed_in_at: row.signed_in_at.map(UtcMs),
    })
}
