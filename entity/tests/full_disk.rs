//! SQLite ends a transaction by itself when the disk is full.
#![allow(clippy::expect_used)]

mod folder;

use domain::{BoardEvent, BoardId, ChannelReport, EventId, Record, UtcMs};
use entity::{ConnectSettings, Storage, StoreOutcome};
use folder::Folder;
use migration::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;

/// Does what SQLite does in most places where it finds the disk full.
const FILL: &str = "CREATE TRIGGER full BEFORE INSERT ON board_event BEGIN SELECT RAISE(ROLLBACK, 'disk is full'); END";

fn events(boot: u32) -> Vec<Record> {
    let event = |n| BoardEvent {
        board: BoardId::new("board-1").expect("a name"),
        era: 0,
        id: EventId { boot, n },
        at: UtcMs(i64::from(n)),
        received_at: UtcMs(i64::from(n)),
        channels: vec![ChannelReport { high: true, high_samples: 60 }; 8],
        battery_mv: 3_712,
        rssi_dbm: -67,
        up_s: 0,
        gap: 0,
    };
    (1..=1_000).map(|n| Record::Event(event(n))).collect()
}

/// Whatever goes wrong, and whatever is given up: what is said to be stored is what others see.
#[tokio::test]
async fn what_is_stored_is_seen_by_others() {
    let folder = Folder::new("full-disk");
    let url = format!("sqlite://{}/dispobox.db", folder.path().display());
    let storage = Storage::connect(&url, ConnectSettings::default()).await.expect("connects");
    Migrator::up(storage.connection(), None).await.expect("migrates");
    for boot in 1..=3 {
        let after = i64::from(boot) - 1;
        storage.connection().execute_unprepared(FILL).await.expect("made");
        for _ in 0..2 {
            let error = storage.store("spool", after, after + 1, &events(boot)).await.expect_err("no room");
            assert!(error.to_string().contains("disk is full"), "{error}");
        }
        storage.connection().execute_unprepared("DROP TRIGGER full").await.expect("room again");
        let elsewhere = storage.store("spool", 77, 78, &[]).await.expect("an answer");
        assert_eq!(elsewhere, StoreOutcome::StandsAt { position: after });
        let stored = storage.store("spool", after, after + 1, &events(boot)).await.expect("room again");
        assert!(matches!(stored, StoreOutcome::Stored(stored) if stored.events == 1_000));
        let other = Storage::connect(&url, ConnectSettings::default()).await.expect("connects");
        assert_eq!(other.read_position("spool").await.expect("reads"), after + 1);
        let board = BoardId::new("board-1").expect("a name");
        let seen = other.list_events(&board, None, 10_000).await.expect("lists");
        assert_eq!(seen.len(), 1_000 * usize::try_from(boot).expect("few"));
        other.close().await.expect("closes");
    }
    storage.close().await.expect("closes");
}
