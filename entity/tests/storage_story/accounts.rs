//! Accounts, who is signed in, one-time links, and the log of all that.

use crate::words::{Outcome, after};
use domain::{
    Account, AccountFacts, AccountId, Actor, AuditCheck, AuditFault, AuditHead, Holds, ManageAccounts, Principal,
    ReadAudit, SessionId, SessionLimits, UtcMs,
};
use entity::{AuditFilter, EndSessions, LinkOwner, NewSession, Storage, StorageError};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

const LIMITS: SessionLimits = SessionLimits { idle_ms: 10_000, total_ms: 60_000 };

fn facts(name: &str, roles: &str) -> AccountFacts {
    AccountFacts {
        name: name.parse().expect("a name"),
        display_name: "Ann Onyme-Émilie".parse().expect("a name"),
        roles: roles.parse().expect("roles"),
        disabled: false,
    }
}

fn root() -> Holds<ManageAccounts> {
    Holds::at_command_line()
}

fn reader() -> Holds<ReadAudit> {
    Holds::at_command_line()
}

/// A hash as tokens have it.
fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) async fn tell(storage: &Storage) -> Outcome {
    the_first_administrator(storage).await?;
    let ann = accounts_are_made_and_changed(storage).await?;
    somebody_can_always_give_rights(storage).await?;
    sessions_begin_and_end(storage, &ann).await?;
    links_are_good_once(storage, &ann).await?;
    codes_are_good_once(storage, &ann).await?;
    many_at_once_make_one_chain(storage).await?;
    the_log_is_read(storage).await?;
    tampering_is_found(storage).await
}

async fn the_first_administrator(storage: &Storage) -> Outcome {
    assert!(!storage.has_administrator().await?);
    storage.issue_first_link(&hash("old"), after(90_000), after(0)).await?;
    storage.issue_first_link(&hash("new"), after(90_000), after(0)).await?;
    assert_eq!(storage.find_link(&hash("old"), after(1)).await, Err(StorageError::LinkOver), "replaced");
    assert_eq!(storage.find_link(&hash("new"), after(1)).await?, LinkOwner::FirstAdministrator);
    let name = "root".parse()?;
    let account = storage.use_link(&hash("new"), &name, "$hash", after(2)).await?;
    assert!(account.facts.administers() && storage.has_administrator().await?);
    let again = storage.use_link(&hash("new"), &"eve".parse()?, "$hash", after(3)).await;
    assert_eq!(again, Err(StorageError::LinkOver), "used");
    storage.issue_first_link(&hash("late"), after(90_000), after(4)).await?;
    assert_eq!(storage.find_link(&hash("late"), after(5)).await, Err(StorageError::LinkOver), "there is one");
    Ok(())
}

async fn accounts_are_made_and_changed(storage: &Storage) -> Result<Account, Box<dyn std::error::Error + Send + Sync>> {
    let ann = storage.create_account(&root(), &facts("ann", "viewer"), after(10)).await?;
    assert!(!ann.has_password && !ann.has_totp && ann.created_at == after(10) && ann.signed_in_at.is_none());
    let taken = |name: &str| StorageError::AccountNameTaken { name: name.parse().expect("a name") };
    assert_eq!(storage.create_account(&root(), &facts("ANN", "admin"), after(11)).await, Err(taken("ann")));
    let changed = facts("ann", "editor,operator");
    storage.update_account(&root(), ann.id, |_| changed.clone(), after(12)).await?;
    let head = storage.read_audit_head(&reader()).await?;
    storage.update_account(&root(), ann.id, |_| changed.clone(), after(13)).await?;
    assert_eq!(storage.read_audit_head(&reader()).await?, head, "the same again is no change");
    let renamed = storage.update_account(&root(), ann.id, |_| facts("root", "editor"), after(14)).await;
    assert_eq!(renamed, Err(taken("root")));
    let nobody = AccountId(9_999);
    let unknown = Err(StorageError::UnknownAccount { id: nobody });
    assert_eq!(storage.update_account(&root(), nobody, |_| changed.clone(), after(15)).await, unknown);
    assert_eq!(storage.read_audit_head(&reader()).await?, head, "what fails leaves no trace");
    let listed = storage.list_accounts(&root()).await?;
    assert_eq!(listed.iter().map(|account| account.facts.name.as_str()).collect::<Vec<_>>(), ["ann", "root"]);
    assert_eq!(listed[0].facts, changed);
    Ok(listed.into_iter().next().expect("ann"))
}

async fn somebody_can_always_give_rights(storage: &Storage) -> Outcome {
    let root_id = storage.find_credentials(&"root".parse()?).await?.expect("root").account.id;
    let second = storage.create_account(&root(), &facts("second", "admin"), after(20)).await?;
    for (name, roles, disabled) in [("root", "editor", false), ("root", "admin", true)] {
        let less = AccountFacts { disabled, ..facts(name, roles) };
        let refused = storage.update_account(&root(), root_id, |_| less.clone(), after(21)).await;
        assert_eq!(refused, Err(StorageError::LastAdmin), "the second one has no password yet");
    }
    storage.set_password(&Actor::command_line(), second.id, "$second", after(22)).await?;
    let less = AccountFacts { disabled: true, ..facts("root", "admin") };
    storage.update_account(&root(), root_id, |_| less.clone(), after(23)).await?;
    storage.update_account(&root(), root_id, |_| facts("root", "admin"), after(24)).await?;
    let less = AccountFacts { disabled: true, ..facts("second", "admin") };
    storage.update_account(&root(), second.id, |_| less.clone(), after(25)).await?;
    Ok(())
}

async fn begin(storage: &Storage, account: AccountId, token: &str, at: UtcMs) -> Result<SessionId, StorageError> {
    let token_hash = hash(token);
    let agent = "Firefox\n".to_owned() + &"é".repeat(300);
    let new = NewSession { token_hash: &token_hash, address: "192.0.2.7", agent: &agent };
    storage.start_account_session(account, new, LIMITS, at).await
}

async fn sessions_begin_and_end(storage: &Storage, ann: &Account) -> Outcome {
    let who = async |token: &str, at| storage.find_principal(&hash(token), LIMITS, at).await;
    let first = begin(storage, ann.id, "first", after(1_000)).await?;
    let roles = "editor,operator".parse()?;
    let principal = Principal { account: ann.id, name: "ann".parse()?, roles, session: first };
    assert_eq!(who("first", after(1_001)).await?, Some(principal));
    assert_eq!(who("other", after(1_001)).await?, None);
    assert!(who("first", after(10_999)).await?.is_some(), "and used by that");
    assert!(who("first", after(20_998)).await?.is_some());
    assert!(who("first", after(30_998)).await?.is_none(), "idle");
    let second = begin(storage, ann.id, "second", after(31_000)).await?;
    let listed = storage.list_account_sessions(ann.id, LIMITS, after(31_001)).await?;
    assert_eq!(listed.iter().map(|session| session.id).collect::<Vec<_>>(), [second], "the first is forgotten");
    assert_eq!((listed[0].address.as_str(), listed[0].agent.chars().count()), ("192.0.2.7", 160));
    for at in (31_000..91_000).step_by(9_000) {
        assert!(who("second", after(at)).await?.is_some(), "{at}");
    }
    assert!(who("second", after(91_000)).await?.is_none(), "too old, however often it was used");

    let three = ["a", "b", "c"];
    let mut ids = Vec::new();
    for token in three {
        ids.push(begin(storage, ann.id, token, after(100_000)).await?);
    }
    assert_eq!(storage.end_account_sessions(AccountId(1), EndSessions::One(ids[0])).await?, [], "not its owner");
    assert_eq!(storage.end_account_sessions(ann.id, EndSessions::One(ids[0])).await?, [ids[0]]);
    assert_eq!(storage.list_holding(&ids, LIMITS, after(100_001)).await?, ids[1..]);
    assert_eq!(storage.end_account_sessions(ann.id, EndSessions::AllBut(ids[2])).await?, [ids[1]]);
    assert!(who("a", after(100_001)).await?.is_none() && who("c", after(100_001)).await?.is_some());
    let closed = AccountFacts { disabled: true, ..ann.facts.clone() };
    storage.update_account(&root(), ann.id, |_| closed.clone(), after(100_002)).await?;
    assert!(who("c", after(100_003)).await?.is_none(), "closed");
    storage.update_account(&root(), ann.id, |_| ann.facts.clone(), after(100_004)).await?;
    assert!(who("c", after(100_005)).await?.is_none(), "and ended for good");
    begin(storage, ann.id, "d", after(100_006)).await?;
    assert_eq!(storage.end_sessions_of(&root(), ann.id, after(100_007)).await?, 1);
    begin(storage, ann.id, "e", after(100_008)).await?;
    storage.set_password(&Actor::command_line(), ann.id, "$new", after(100_009)).await?;
    assert!(who("e", after(100_010)).await?.is_none(), "a new password signs out");
    Ok(())
}

async fn links_are_good_once(storage: &Storage, ann: &Account) -> Outcome {
    let now = after(200_000);
    storage.issue_link(&root(), ann.id, &hash("link"), now.plus(1_000), now).await?;
    let found = storage.find_link(&hash("link"), now.plus(999)).await?;
    assert!(matches!(found, LinkOwner::Account(account) if account.id == ann.id));
    assert_eq!(storage.find_link(&hash("link"), now.plus(1_000)).await, Err(StorageError::LinkOver), "too old");
    let used = storage.use_link(&hash("link"), &"whatever".parse()?, "$by link", now.plus(1)).await?;
    assert_eq!(used.facts.name.as_str(), "ann", "the account has a name already");
    let held = storage.find_credentials(&"ann".parse()?).await?.expect("ann").password_hash;
    assert_eq!(held.as_deref(), Some("$by link"));
    assert_eq!(storage.find_link(&hash("link"), now.plus(2)).await, Err(StorageError::LinkOver));
    storage.issue_link(&root(), ann.id, &hash("one"), now.plus(1_000), now).await?;
    storage.issue_link(&root(), ann.id, &hash("two"), now.plus(1_000), now).await?;
    assert_eq!(storage.find_link(&hash("one"), now).await, Err(StorageError::LinkOver), "replaced");
    storage.set_password(&Actor::command_line(), ann.id, "$x", now).await?;
    assert_eq!(storage.find_link(&hash("two"), now).await, Err(StorageError::LinkOver), "not needed any more");
    Ok(())
}

async fn codes_are_good_once(storage: &Storage, ann: &Account) -> Outcome {
    let by = Actor::command_line();
    storage.set_totp(&by, ann.id, Some("sealed"), after(300_000)).await?;
    let held = storage.read_credentials(ann.id).await?;
    assert_eq!((held.totp_sealed.as_deref(), held.account.has_totp), (Some("sealed"), true));
    for (step, expect) in [(5, true), (5, false), (4, false), (6, true)] {
        assert_eq!(storage.use_totp_step(ann.id, step).await?, expect, "{step}");
    }
    storage.set_totp(&by, ann.id, None, after(300_001)).await?;
    assert!(!storage.read_credentials(ann.id).await?.account.has_totp);
    Ok(())
}

async fn many_at_once_make_one_chain(storage: &Storage) -> Outcome {
    let before = storage.read_audit_head(&reader()).await?.seq;
    let one = |n: usize| {
        let storage = storage.clone();
        async move { storage.create_account(&root(), &facts(&format!("many-{n}"), "viewer"), after(400_000)).await }
    };
    let (a, b, c, d) = tokio::join!(one(0), one(1), one(2), one(3));
    for made in [a, b, c, d] {
        made?;
    }
    let (a, b) = tokio::join!(one(9), one(9));
    assert!(a.is_ok() != b.is_ok(), "one of them: {a:?} {b:?}");
    assert_eq!(storage.read_audit_head(&reader()).await?.seq, before + 5);
    assert_eq!(verify(storage).await?, Ok(storage.read_audit_head(&reader()).await?));
    Ok(())
}

async fn verify(storage: &Storage) -> Result<Result<AuditHead, AuditFault>, StorageError> {
    let mut check = AuditCheck::default();
    loop {
        let page = storage.list_audit_after(&reader(), check.head().seq, 7).await?;
        if page.is_empty() {
            return Ok(check.finish(storage.read_audit_head(&reader()).await?));
        }
        for entry in page {
            if let Err(fault) = check.push(&entry, |bytes| Sha256::digest(bytes).into()) {
                return Ok(Err(fault));
            }
        }
    }
}

async fn the_log_is_read(storage: &Storage) -> Outcome {
    let list = async |filter: AuditFilter, limit| storage.list_audit(&reader(), &filter, limit).await;
    let all = list(AuditFilter::default(), 1_000).await?;
    assert!(all.len() > 20 && all.is_sorted_by(|a, b| a.seq == b.seq + 1));
    let entry = all.iter().find(|entry| entry.action == "account.changed").expect("a change");
    let of_accounts = AuditFilter { action: Some("account.".to_owned()), ..AuditFilter::default() };
    let of_accounts_all = list(of_accounts.clone(), 1_000).await?;
    let last = of_accounts_all.last().expect("the first entry");
    assert_eq!((last.action.as_str(), last.subject.as_str()), ("account.created", "account:root"));
    assert_eq!((last.actor.clone(), last.before.clone()), (Actor::link(), None));
    assert!(entry.before.is_some() && entry.after.as_ref().is_some_and(|json| json.contains("Émilie")));
    let created = AuditFilter { action: Some("account.created".to_owned()), ..AuditFilter::default() };
    assert_eq!(list(created.clone(), 1_000).await?.len(), 8);
    assert_eq!(list(AuditFilter { subject: Some("many-".to_owned()), ..created }, 1_000).await?.len(), 5);
    let by_ann = AuditFilter { actor: Some("ann".to_owned()), ..AuditFilter::default() };
    assert!(list(by_ann, 1_000).await?.iter().all(|entry| entry.action == "account.signed_in"));
    let times = AuditFilter { from: Some(after(10)), to: Some(after(13)), ..of_accounts };
    assert_eq!(list(times, 1_000).await?.len(), 2);
    let page = AuditFilter { before_seq: Some(4), ..AuditFilter::default() };
    assert_eq!(list(page, 2).await?.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [3, 2]);
    let nothing =
        AuditFilter { subject: Some("%".to_owned()), action: Some("x%".to_owned()), ..AuditFilter::default() };
    assert_eq!(list(nothing, 1_000).await?, []);
    let text = format!("{all:?}");
    for secret in ["$hash", "$by link", "$second", "sealed", &hash("link")] {
        assert!(!text.contains(secret), "{secret}");
    }
    Ok(())
}

async fn tampering_is_found(storage: &Storage) -> Outcome {
    let run = async |sql: &str| storage.connection().execute_unprepared(sql).await;
    run("UPDATE audit_entry SET actor = 'eve' WHERE seq = 5").await?;
    assert_eq!(verify(storage).await?, Err(AuditFault::Altered { seq: 5 }));
    run("DELETE FROM audit_entry WHERE seq = 5").await?;
    assert_eq!(verify(storage).await?, Err(AuditFault::Missing { expected: 5, found: 6 }));
    let head = storage.read_audit_head(&reader()).await?.seq;
    run("DELETE FROM audit_entry WHERE seq >= 4").await?;
    assert_eq!(verify(storage).await?, Err(AuditFault::WrongEnd { expected: head, found: 3 }));
    Ok(())
}
