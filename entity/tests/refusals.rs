//! Databases that cannot be used are told apart, quickly, and left as they are.
#![allow(clippy::expect_used)]

mod folder;

use domain::{BoothNumber, Observation, Record, Transition, UnknownReason, UtcMs};
use entity::{ConnectSettings, Storage, StorageError};
use folder::Folder;
use migration::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const QUICK: Duration = Duration::from_secs(2);

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
    let folder = Folder::new("refusals-files");
    let garbage = folder.path().join("garbage.txt");
    let text = "This is a shopping list, and it shall stay one. ".repeat(100);
    std::fs::write(&garbage, &text).expect("writes it");
    let paths = [
        (garbage.clone(), "not a database"),
        (folder.path().to_owned(), "unable to open"),
        (folder.path().join("missing/dispobox.db"), "unable to open"),
        (folder.path().join("dispobox.db?mode=rwc"), "question mark"),
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
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing was created");
}

#[tokio::test]
async fn nobody_listens() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    drop(listener);
    let error = refused(&format!("mysql://ann:secret@{address}/x"), ConnectSettings::default()).await;
    let StorageError::Unreachable { target, reason } = &error else { unreachable!("{error:?}") };
    assert_eq!(*target, format!("mysql://ann:***@{address}/x"));
    assert!(reason.contains("refused") && error.is_silence(), "{error}");
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
async fn a_server_can_be_awaited() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("mysql://ann:secret@{}/x", listener.local_addr().expect("its address"));
    let settings = ConnectSettings { acquire_timeout_ms: 100, ..ConnectSettings::default() };
    let storage = Storage::await_server(&url, settings).expect("nobody is asked");
    assert!(storage.check_health().await.expect_err("it says nothing").is_silence());
    drop(listener);
    assert!(storage.check_health().await.expect_err("nobody listens").is_silence());
    storage.close().await.expect("nothing to close");
    for url in ["sqlite://x.db", "postgres://x", "mysql://ann@host:port/x"] {
        let error = Storage::await_server(url, settings).expect_err("no server");
        assert!(!error.is_silence(), "{error}");
    }
}

#[tokio::test]
async fn a_database_that_is_locked() {
    let folder = Folder::new("refusals-locked");
    let url = format!("sqlite://{}/dispobox.db", folder.path().display());
    let other = Storage::connect(&url, ConnectSettings::default()).await.expect("connects");
    Migrator::up(other.connection(), None).await.expect("migrates");
    let settings = ConnectSettings { deadline_ms: 400, ..ConnectSettings::default() };
    let storage = Storage::connect(&url, settings).await.expect("a second time");
    other.connection().execute_unprepared("BEGIN IMMEDIATE").await.expect("takes the lock");
    let late = Observation::Unknown(UnknownReason::Late);
    let line = Record::Transition(Transition { booth: BoothNumber(41), at: UtcMs(1), observation: late });
    let begun = Instant::now();
    let error = storage.store("spool", 0, 1, std::slice::from_ref(&line)).await.expect_err("waits and gives up");
    assert!(begun.elapsed() < QUICK && error.is_retryable() && error.to_string().contains("locked"), "{error}");
    storage.read_building().await.expect("readers do not wait");
    other.connection().execute_unprepared("ROLLBACK").await.expect("lets go");
    storage.store("spool", 0, 1, &[line]).await.expect("works again");
}
