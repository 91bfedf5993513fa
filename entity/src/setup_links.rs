//! One-time links by which somebody sets a password.

use crate::Storage;
use crate::accounts::{self, delete_links, find_row, insert, set_password, subject};
use crate::audit::AuditedChange;
use crate::error::{Failure, StorageError};
use crate::models::setup_link::{ActiveModel, Column, Entity, Model};
use domain::{Account, AccountFacts, AccountId, AccountName, Actor, Holds, ManageAccounts, Role, UtcMs};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::Serialize;

/// Whom a link is for. There is none for who does not sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkOwner {
    /// Whoever becomes the first administrator, under a name of their choice.
    FirstAdministrator,
    /// The owner of this account.
    Account(Box<Account>),
}

/// What the log says of a link.
#[derive(Serialize)]
struct Made {
    ends_at: UtcMs,
}

impl Storage {
    /// A link for the first administrator, in the place of any that there was before.
    ///
    /// # Errors
    /// `Timeout`, `Database`.
    pub async fn issue_first_link(&self, token_hash: &str, ends_at: UtcMs, now: UtcMs) -> Result<(), StorageError> {
        self.within("making a link", async {
            let write = self.begin_write().await?;
            Entity::delete_many().filter(Column::AccountId.is_null()).exec(&write).await?;
            insert_link(&write, token_hash, None, ends_at, now).await?;
            Ok(write.commit().await?)
        })
        .await
    }

    /// A link for the owner of an account, in the place of any that there was before. What the account had goes on.
    ///
    /// # Errors
    /// `UnknownAccount`, `Corrupt`, `Timeout`, `Database`.
    pub async fn issue_link(
        &self,
        by: &Holds<ManageAccounts>,
        account: AccountId,
        token_hash: &str,
        ends_at: UtcMs,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        self.within("making a link", async {
            let mut write = self.begin_audited(now).await?;
            let facts = accounts::decode(&find_row(write.connection(), account).await?)?.facts;
            delete_links(write.connection(), account).await?;
            insert_link(write.connection(), token_hash, Some(account), ends_at, now).await?;
            let change = AuditedChange {
                action: "account.link_made",
                subject: subject(&facts),
                before: None,
                after: Some(&Made { ends_at }),
            };
            write.note(by.actor(), change).await?;
            write.commit().await
        })
        .await
    }

    /// Whom a link is for.
    ///
    /// # Errors
    /// `LinkOver` when it was used, is too old, or never was; `Corrupt`, `Timeout`, `Database`.
    pub async fn find_link(&self, token_hash: &str, now: UtcMs) -> Result<LinkOwner, StorageError> {
        self.within("looking up a link", async {
            let read = self.begin_read().await?;
            let row = find_link(&read, token_hash, now).await?;
            owner(&read, &row).await
        })
        .await
    }

    /// Uses a link up: sets the password, and makes the account if there is none yet, by this name.
    ///
    /// # Errors
    /// `LinkOver`; `AccountNameTaken`; `Corrupt`, `Timeout`, `Database`.
    pub async fn use_link(
        &self,
        token_hash: &str,
        name: &AccountName,
        password_hash: &str,
        now: UtcMs,
    ) -> Result<Account, StorageError> {
        self.within("using a link", async {
            let mut write = self.begin_audited(now).await?;
            let row = find_link(write.connection(), token_hash, now).await?;
            let account = match owner(write.connection(), &row).await? {
                LinkOwner::Account(account) => *account,
                LinkOwner::FirstAdministrator => {
                    let roles = [Role::Admin].into_iter().collect();
                    let facts =
                        AccountFacts { name: name.clone(), display_name: Default::default(), roles, disabled: false };
                    insert(&mut write, &Actor::link(), &facts, now).await?
                }
            };
            Entity::delete_by_id(row.id).exec(write.connection()).await?;
            set_password(&mut write, &Actor::link(), &account, password_hash).await?;
            write.commit().await?;
            Ok(account)
        })
        .await
    }
}

async fn insert_link(
    connection: &impl ConnectionTrait,
    token_hash: &str,
    account: Option<AccountId>,
    ends_at: UtcMs,
    now: UtcMs,
) -> Result<(), Failure> {
    let row = ActiveModel {
        id: NotSet,
        token_hash: Set(token_hash.to_owned()),
        account_id: Set(account.map(|account| account.0)),
        created_at: Set(now.0),
        ends_at: Set(ends_at.0),
    };
    Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

async fn find_link(connection: &impl ConnectionTrait, token_hash: &str, now: UtcMs) -> Result<Model, Failure> {
    let of_token = Entity::find().filter(Column::TokenHash.eq(token_hash)).filter(Column::EndsAt.gt(now.0));
    Ok(of_token.one(connection).await?.ok_or(StorageError::LinkOver)?)
}

async fn owner(connection: &impl ConnectionTrait, row: &Model) -> Result<LinkOwner, Failure> {
    let Some(account) = row.account_id else {
        let too_late = accounts::has_administrator(connection).await?;
        return if too_late { Err(StorageError::LinkOver.into()) } else { Ok(LinkOwner::FirstAdministrator) };
    };
    let account = accounts::decode(&find_row(connection, AccountId(account)).await?)?;
    if account.facts.disabled || !account.facts.roles.sign_in() {
        return Err(StorageError::LinkOver.into());
    }
    Ok(LinkOwner::Account(Box::new(account)))
}
