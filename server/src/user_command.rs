//! `dispobox user`: what operators do about accounts, beside a running server or without one.

use crate::accounts::{LINK_MS, PasswordHashing, Token};
use crate::cli::{UserAction, UserOptions};
use crate::clock::{show_time, utc_now};
use crate::storage_target;
use anyhow::Context;
use app::backend::PublicUrl;
use domain::{Account, AccountFacts, AccountName, Holds, ManageAccounts, Role, check_password};
use entity::Storage;
use std::io::BufRead;
use zeroize::Zeroizing;

/// `dispobox user ...`. Links go to standard output, alone on a line; everything else to standard error.
pub(crate) async fn run(options: UserOptions) -> anyhow::Result<()> {
    let storage = storage_target::open(&options.storage).await?;
    let desk = Desk { storage, by: Holds::at_command_line(), site: options.public_url };
    let done = desk.act(options.action).await;
    storage_target::close([desk.storage]).await;
    done
}

struct Desk {
    storage: Storage,
    by: Holds<ManageAccounts>,
    site: Option<PublicUrl>,
}

impl Desk {
    async fn act(&self, action: UserAction) -> anyhow::Result<()> {
        match action {
            UserAction::Create { name, roles, admin, display_name, password_stdin } => {
                let roles = if admin { [Role::Admin].into_iter().collect() } else { roles };
                anyhow::ensure!(!roles.is_empty(), "an account needs a role");
                let password = read_password(password_stdin, &name)?;
                let facts = AccountFacts { name, display_name, roles, disabled: false };
                let account = self.storage.create_account(&self.by, &facts, utc_now()).await?;
                eprintln!("account {}: made, as {roles}", account.facts.name);
                self.give_password(&account, password).await
            }
            UserAction::List => self.list().await,
            UserAction::Password { name, password_stdin } => {
                let password = read_password(password_stdin, &name)?;
                self.give_password(&self.find(&name).await?, password).await
            }
            UserAction::Disable { name } => self.set_closed(&name, true).await,
            UserAction::Enable { name } => self.set_closed(&name, false).await,
            UserAction::ForgetTotp { name } => {
                let account = self.find(&name).await?;
                self.storage.set_totp(self.by.actor(), account.id, None, utc_now()).await?;
                eprintln!("account {name}: asks for no code any more");
                Ok(())
            }
        }
    }

    async fn find(&self, name: &AccountName) -> anyhow::Result<Account> {
        let found = self.storage.find_credentials(name).await?;
        Ok(found.with_context(|| format!("there is no account {name}"))?.account)
    }

    async fn give_password(&self, account: &Account, password: Option<Zeroizing<String>>) -> anyhow::Result<()> {
        let (now, name) = (utc_now(), &account.facts.name);
        if let Some(password) = password {
            let hash = PasswordHashing::default().hash(password).await?;
            self.storage.set_password(self.by.actor(), account.id, &hash, now).await?;
            eprintln!("account {name}: has a new password; its sessions have ended");
            return Ok(());
        }
        let (token, ends_at) = (Token::generate()?, now.plus(LINK_MS));
        self.storage.issue_link(&self.by, account.id, &token.hash(), ends_at, now).await?;
        let site = self.site.as_ref().map_or("", |site| site.0.as_str());
        println!("{site}/setup/{}", token.as_str());
        let where_to = if site.is_empty() { " behind the site's address" } else { "" };
        eprintln!("account {name}: open this{where_to} once, before {}, to choose a password", show_time(ends_at));
        Ok(())
    }

    async fn set_closed(&self, name: &AccountName, disabled: bool) -> anyhow::Result<()> {
        let account = self.find(name).await?;
        let change = |facts: &AccountFacts| AccountFacts { disabled, ..facts.clone() };
        self.storage.update_account(&self.by, account.id, change, utc_now()).await?;
        eprintln!("account {name}: {}", if disabled { "closed; its sessions have ended" } else { "open" });
        Ok(())
    }

    async fn list(&self) -> anyhow::Result<()> {
        println!("{:<24}  {:<24}  {:<8}  {:<20}  name", "account", "roles", "state", "last sign-in");
        for account in self.storage.list_accounts(&self.by).await? {
            let facts = &account.facts;
            let state = match (facts.disabled, account.has_password) {
                (true, _) => "closed",
                (false, false) => "waiting",
                (false, true) => "open",
            };
            let last = account.signed_in_at.map(show_time).unwrap_or_default();
            let (name, roles) = (facts.name.as_str(), facts.roles.to_string());
            let line = format!("{name:<24}  {roles:<24}  {state:<8}  {last:<20}  {}", facts.display_name.as_str());
            println!("{}", line.trim_end());
        }
        Ok(())
    }
}

/// The first line of standard input, if that is where the password comes from.
fn read_password(from_stdin: bool, name: &AccountName) -> anyhow::Result<Option<Zeroizing<String>>> {
    if !from_stdin {
        return Ok(None);
    }
    let mut line = Zeroizing::new(String::new());
    std::io::stdin().lock().read_line(&mut line).context("while reading the password")?;
    let password = Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned());
    check_password(&password, name)?;
    Ok(Some(password))
}
