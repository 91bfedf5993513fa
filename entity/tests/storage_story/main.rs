//! One story, told on SQLite and on MySQL: a new installation, a day of history, a crash, a restart, boards and keys.
#![allow(clippy::expect_used)]

#[path = "../folder/mod.rs"]
mod folder;

mod accounts;
mod alerts;
mod boards;
mod brewery;
mod crash;
mod exactly_once;
mod fleet;
mod history;
mod installation;
mod keys;
mod layouts;
mod screens;
mod words;

use entity::{ConnectSettings, Storage, StorageError};
use folder::Folder;
use migration::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;
use words::Outcome;

#[tokio::test]
async fn on_sqlite() {
    let folder = Folder::new("storage-story");
    let url = format!("sqlite://{}/dispobox with space é.db", folder.path().display());
    tell(&url, &folder).await.expect("the story");
}

#[tokio::test]
async fn on_mysql() {
    let server = mysql_server();
    let admin = sea_orm::Database::connect(&server).await.expect("the test server");
    let database = format!("dispobox_story_{}", std::process::id());
    let create = format!("CREATE DATABASE {database} CHARACTER SET utf8mb4");
    admin.execute_unprepared(&create).await.expect("creates a database");
    let url = format!("{}/{database}", server.trim_end_matches('/'));
    let told = tokio::spawn(async move { tell(&url, &Folder::new("storage-story-mysql")).await }).await;
    admin.execute_unprepared(&format!("DROP DATABASE {database}")).await.expect("drops it");
    told.expect("the story does not panic").expect("the story");
}

#[tokio::test]
async fn a_wrong_password_is_told_and_not_shown() {
    let server = mysql_server();
    let (_, place) = server.rsplit_once('@').expect("a URL with a user");
    let url = format!("mysql://nobody:secret@{place}");
    let error = Storage::connect(&url, ConnectSettings::default()).await.expect_err("refuses");
    assert!(matches!(error, StorageError::Open { .. }), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("Access denied") && text.contains("nobody:***@") && !text.contains("secret"), "{text}");
}

/// `mysql://root@127.0.0.1:3307/`: a server on which databases may be created, without a database.
fn mysql_server() -> String {
    std::env::var("DISPOBOX_TEST_MYSQL_URL")
        .expect("DISPOBOX_TEST_MYSQL_URL is not set: run `cargo xtask test`, which starts a database")
}

async fn tell(url: &str, folder: &Folder) -> Outcome {
    let storage = Storage::connect(url, ConnectSettings::default()).await?;
    installation::tell(&storage).await?;
    history::tell(&storage).await?;
    crash::tell(&storage).await?;
    keys::tell(&storage).await?;
    boards::tell(&storage).await?;
    fleet::tell(&storage).await?;
    brewery::tell(&storage).await?;
    accounts::tell(&storage).await?;
    layouts::tell(&storage).await?;
    alerts::tell(&storage).await?;
    screens::tell(&storage).await?;
    exactly_once::tell(&storage, url, folder).await?;
    let before = (history::list_day(&storage).await?, storage.read_registry().await?);
    storage.close().await?;
    let again = Storage::connect(url, ConnectSettings::default()).await?;
    assert_eq!((history::list_day(&again).await?, again.read_registry().await?), before);
    installation::nonsense_is_named(&again).await?;
    Migrator::down(again.connection(), None).await?;
    Migrator::up(again.connection(), None).await?;
    installation::default_data_is_complete(&again).await?;
    again.close().await?;
    Ok(())
}
