//! Databases that cannot be used are told apart, quickly, and left as they are.
#![allow(clippy::expect_used)]

use domain::{BoothNumber, Observation, Transition, UnknownReason, UtcMs};
use entity::{ConnectSettings, Storage, StorageError};
use migration::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const QUICK: Duration = Duration::from_secs(2);

/// A folder of the test's own, removed with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = format!("{}/refusals-{name}-{}", env!("CARGO_TARGET_TMPDIR"), std::process::id());
        std::fs::create_dir_all(&path).expect("creates the folder");
        Self(path.into())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn refused(url: &str, settings: ConnectSettings) -> StorageError {
    let begun = Instant::now();
    let error = Storage::connect(url, settings).await.expect_err("refuses");
    assert!(begun.elapsed() < QUICK, "{:?} for {url}", begun.elapsed());
    error
}

#[tokio::test]
async fn unknown_schemes() {
    for (url, scheme) in [("postgres://ann:secret@db/x", "postgres"), ("dispobox.db", ""), ("", "")] {
        let error = refused(url, ConnectSettings::default()).await;
        assert_eq!(error, StorageError::UnknownScheme { scheme: scheme.to_owned() });
    }
}

#[tokio::test]
async fn files_that_are_no_databases() {
    let folder = Folder::new("files");
    let garbage = folder.0.join("garbage.txt");
    let text = "This is a shopping list, and it shall stay one. ".repeat(100);
    std::fs::write(&garbage, &text).expect("writes it");
    let paths = [
        (garbage.clone(), "not a database"),
        (folder.0.clone(), "unable to open"),
        (folder.0.join("missing/dispobox.db"), "unable to open"),
        (folder.0.join("dispobox.db?mode=rwc"), "question mark"),
        (PathBuf::from(":memory:"), "file"),
        (PathBuf::new(), "file"),
    ];
    for (path, expected) in paths {
        let path = path.display().to_string();
        let error = refused(&format!("sqlite://{path}"), ConnectSettings::default()).await;
        let StorageError::Open { target, reason } = &error else { unreachable!("{error:?}") };
        assert!(*target == path && reason.contains(expected), "{error}");
    }
    assert_eq!(std::fs::read_to_string(&garbage).expect("still there"), text);
    assert_eq!(std::fs::read_dir(&folder.0).expect("the folder").count(), 1, "nothing was created");
}

#[tokio::test]
async fn nobody_listens() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    drop(listener);
    let error = refused(&format!("mysql://ann:secret@{address}/x"), ConnectSettings::default()).await;
    let StorageError::Open { target, reason } = &error else { unreachable!("{error:?}") };
    assert_eq!(*target, format!("mysql://ann:***@{address}/x"));
    assert!(reason.contains("refused"), "{error}");
}

#[tokio::test]
async fn somebody_listens_and_says_nothing() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    let settings = ConnectSettings { connect_timeout_ms: 100, ..ConnectSettings::default() };
    let error = refused(&format!("mysql://ann:secret@{address}/x"), settings).await;
    assert_eq!(error, StorageError::Timeout { what: "connecting", after_ms: 100 });
}

#[tokio::test]
async fn a_database_that_is_locked() {
    let folder = Folder::new("locked");
    let url = format!("sqlite://{}/dispobox.db", folder.0.display());
    let other = Storage::connect(&url, ConnectSettings::default()).await.expect("connects");
    Migrator::up(other.connection(), None).await.expect("migrates");
    let settings = ConnectSettings { deadline_ms: 400, ..ConnectSettings::default() };
    let storage = Storage::connect(&url, settings).await.expect("a second time");
    other.connection().execute_unprepared("BEGIN IMMEDIATE").await.expect("takes the lock");
    let line =
        Transition { booth: BoothNumber(41), at: UtcMs(1), observation: Observation::Unknown(UnknownReason::Late) };
    let begun = Instant::now();
    let error = storage.append_transitions(&[line]).await.expect_err("waits and gives up");
    assert!(begun.elapsed() < QUICK && error.is_retryable() && error.to_string().contains("locked"), "{error}");
    storage.read_building().await.expect("readers do not wait");
    other.connection().execute_unprepared("ROLLBACK").await.expect("lets go");
    storage.append_transitions(&[line]).await.expect("works again");
}
