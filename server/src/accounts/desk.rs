//! Where people sign in and out, and where their secrets are held against what they bring.

use super::gate::Gate;
use super::key::AccountKey;
use super::password::{PasswordHashing, PasswordHashingError};
use super::streams::{FollowedSession, SessionStreams};
use super::token::Token;
use super::told::OncePerSession;
use super::totp::TotpSecret;
use crate::clock::{SystemClock, utc_now};
use app::admin::Told;
use domain::{
    AccountId, AccountName, Actor, PASSWORD_BYTES_MAX, PasswordFault, Principal, SessionId, SessionLimits, Softlocked,
    UtcMs, check_password,
};
use entity::{Credentials, EndSessions, LinkOwner, NewSession, Storage, StorageError};
use ingest::Clock;
use std::net::IpAddr;
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

/// Letters of a name that are looked at, whatever it is.
const NAME_MAX: usize = 128;

/// What the desk needs.
pub(crate) struct AccountSettings {
    pub(crate) storage: Storage,
    pub(crate) clock: SystemClock,
    pub(crate) limits: SessionLimits,
    pub(crate) key: AccountKey,
}

/// Everything about who is signed in.
pub(crate) struct Accounts {
    pub(crate) storage: Storage,
    pub(crate) clock: SystemClock,
    pub(crate) limits: SessionLimits,
    /// What the next page of a session says.
    pub(crate) told: OncePerSession<Told>,
    /// Secrets that an authenticator has yet to take.
    pub(crate) pending_totp: OncePerSession<TotpSecret>,
    key: AccountKey,
    hashing: PasswordHashing,
    gate: Gate,
    streams: SessionStreams,
}

/// What somebody brings who signs in.
pub(crate) struct Login {
    pub(crate) name: String,
    pub(crate) password: Zeroizing<String>,
    pub(crate) code: String,
    pub(crate) address: IpAddr,
    pub(crate) agent: String,
}

/// Why somebody is not signed in. Whether there is such an account, it never says.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignInError {
    #[error("the name, the password or the code is wrong")]
    Wrong,
    #[error(transparent)]
    Softlocked(#[from] Softlocked),
    #[error(transparent)]
    Hashing(#[from] PasswordHashingError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("the system gives no random numbers")]
    NoRandomness,
}

/// A password that somebody chooses.
pub(crate) struct NewPassword {
    pub(crate) name: AccountName,
    pub(crate) password: Zeroizing<String>,
}

/// Why something about an account was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AccountError {
    #[error(transparent)]
    Password(#[from] PasswordFault),
    #[error("the current password is wrong")]
    WrongPassword,
    #[error("the code is wrong")]
    WrongCode,
    #[error(transparent)]
    Softlocked(#[from] Softlocked),
    #[error(transparent)]
    Hashing(#[from] PasswordHashingError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("a secret cannot be kept")]
    Secret,
}

impl Accounts {
    pub(crate) fn new(settings: AccountSettings) -> Self {
        let AccountSettings { storage, clock, limits, key } = settings;
        Self {
            storage,
            clock,
            limits,
            key,
            told: OncePerSession::default(),
            pending_totp: OncePerSession::default(),
            hashing: PasswordHashing::default(),
            gate: Gate::default(),
            streams: SessionStreams::default(),
        }
    }

    /// Begins a session for whoever brings the right name, password and code. Its secret is a new one, whatever the browser
    /// had before; the session that it had ends.
    pub(crate) async fn sign_in(&self, login: Login, before: Option<&Principal>) -> Result<Token, SignInError> {
        let Login { name, password, code, address, agent } = login;
        let typed = name.trim().chars().take(NAME_MAX).collect::<String>().to_lowercase();
        self.gate.begin(&typed, address, self.clock.now().mono)?;
        let credentials = match typed.parse() {
            Ok(name) => self.storage.find_credentials(&name).await?,
            Err(_) => None,
        };
        let account = self.prove(credentials, password, &code).await?;
        let Some(account) = account else {
            self.gate.note_failure(address, self.clock.now().mono);
            tracing::warn!(%address, "somebody could not sign in");
            return Err(SignInError::Wrong);
        };
        self.gate.note_success(&typed);
        let token = self.begin_session(account, address, &agent).await?;
        if let Some(before) = before {
            self.end_sessions(before.account, EndSessions::One(before.session)).await?;
        }
        Ok(token)
    }

    /// The account, if all is right. Every way through takes as long as checking one password.
    async fn prove(
        &self,
        credentials: Option<Credentials>,
        password: Zeroizing<String>,
        code: &str,
    ) -> Result<Option<AccountId>, SignInError> {
        if password.len() > PASSWORD_BYTES_MAX {
            return Ok(None);
        }
        let usable = credentials.filter(|found| !found.account.facts.disabled && found.account.facts.roles.sign_in());
        let hash = usable.as_ref().and_then(|found| found.password_hash.clone());
        let is_right = self.hashing.verify(password, hash).await?;
        match usable.filter(|_| is_right) {
            Some(found) if self.is_code_right(&found, code).await? => Ok(Some(found.account.id)),
            _ => Ok(None),
        }
    }

    async fn is_code_right(&self, credentials: &Credentials, code: &str) -> Result<bool, StorageError> {
        let Some(sealed) = &credentials.totp_sealed else { return Ok(true) };
        let id = credentials.account.id;
        let Ok(secret) = self.key.open(id, sealed) else {
            tracing::error!(account = id.0, "the second factor cannot be opened; was the master secret replaced?");
            return Ok(false);
        };
        match TotpSecret::from_bytes(secret).step_of(code, utc_now()) {
            Some(step) => self.storage.use_totp_step(id, step).await,
            None => Ok(false),
        }
    }

    async fn begin_session(&self, account: AccountId, address: IpAddr, agent: &str) -> Result<Token, SignInError> {
        let token = Token::generate().map_err(|_| SignInError::NoRandomness)?;
        let (token_hash, address) = (token.hash(), address.to_canonical().to_string());
        let new = NewSession { token_hash: &token_hash, address: &address, agent };
        self.storage.start_account_session(account, new, self.limits, utc_now()).await?;
        Ok(token)
    }

    /// Whom a secret belongs to, if its session still holds.
    pub(crate) async fn find_principal(&self, token: &Token) -> Result<Option<Principal>, StorageError> {
        self.storage.find_principal(&token.hash(), self.limits, utc_now()).await
    }

    /// Ends sessions of an account, and the streams that are open in their name.
    pub(crate) async fn end_sessions(&self, account: AccountId, which: EndSessions) -> Result<usize, StorageError> {
        let ended = self.storage.end_account_sessions(account, which).await?;
        self.streams.end(&ended);
        Ok(ended.len())
    }

    /// Whom a one-time link is for.
    pub(crate) async fn find_link(&self, link: &Token) -> Result<LinkOwner, StorageError> {
        self.storage.find_link(&link.hash(), utc_now()).await
    }

    /// Uses a one-time link: sets the password, and signs in.
    pub(crate) async fn use_link(
        &self,
        link: &Token,
        new: NewPassword,
        (address, agent): (IpAddr, &str),
    ) -> Result<Token, AccountError> {
        check_password(&new.password, &new.name)?;
        // Before the password is hashed: that is work which not anybody can ask for.
        self.find_link(link).await?;
        let hash = self.hashing.hash(new.password).await?;
        let account = self.storage.use_link(&link.hash(), &new.name, &hash, utc_now()).await?;
        self.gate.note_success(account.facts.name.as_str());
        self.begin_session(account.id, address, agent).await.map_err(|error| match error {
            SignInError::Storage(error) => error.into(),
            _ => AccountError::Secret,
        })
    }

    /// Gives somebody another password, who knows the one of now. All their sessions end; they get a new one.
    pub(crate) async fn change_password(
        &self,
        who: &Principal,
        current: Zeroizing<String>,
        password: Zeroizing<String>,
        (address, agent): (IpAddr, &str),
    ) -> Result<Token, AccountError> {
        check_password(&password, &who.name)?;
        self.check_current(who, current, address).await?;
        let hash = self.hashing.hash(password).await?;
        let by = Actor { account: Some(who.account), name: who.name.to_string() };
        self.storage.set_password(&by, who.account, &hash, utc_now()).await?;
        self.begin_session(who.account, address, agent).await.map_err(|error| match error {
            SignInError::Storage(error) => error.into(),
            _ => AccountError::Secret,
        })
    }

    /// Behind the same gate as signing in: a browser that was left open is no way to guess.
    pub(crate) async fn check_current(
        &self,
        who: &Principal,
        current: Zeroizing<String>,
        address: IpAddr,
    ) -> Result<(), AccountError> {
        self.gate.begin(who.name.as_str(), address, self.clock.now().mono)?;
        let hash = self.storage.read_credentials(who.account).await?.password_hash;
        let is_right = current.len() <= PASSWORD_BYTES_MAX && self.hashing.verify(current, hash).await?;
        if is_right {
            self.gate.note_success(who.name.as_str());
            Ok(())
        } else {
            self.gate.note_failure(address, self.clock.now().mono);
            Err(AccountError::WrongPassword)
        }
    }

    /// Asks for codes of this secret from now on, whose first one was typed.
    pub(crate) async fn confirm_totp(&self, who: &Principal, code: &str) -> Result<(), AccountError> {
        let secret = self.pending_totp.take(who.session).ok_or(AccountError::Secret)?;
        let Some(step) = secret.step_of(code, utc_now()) else {
            self.pending_totp.put(who.session, secret);
            return Err(AccountError::WrongCode);
        };
        let sealed = self.key.seal(who.account, secret.as_bytes()).map_err(|_| AccountError::Secret)?;
        let by = Actor { account: Some(who.account), name: who.name.to_string() };
        self.storage.set_totp(&by, who.account, Some(&sealed), utc_now()).await?;
        self.storage.use_totp_step(who.account, step).await?;
        Ok(())
    }

    /// A stream is opened in the name of a session.
    pub(crate) fn follow(&self, session: SessionId) -> FollowedSession {
        self.streams.follow(session)
    }

    /// Ends the streams of sessions that have ended, until `shutdown`.
    pub(crate) async fn watch_streams(&self, shutdown: &CancellationToken) {
        self.streams.watch(&self.storage, self.limits, utc_now, shutdown).await;
    }

    /// An instant at the site, as `2026-11-21 14:05`.
    pub(crate) fn show_time(&self, at: UtcMs) -> String {
        let day = crate::clock::date(self.clock.local(at).day);
        format!("{day} {}", self.clock.local_time(at))
    }
}
