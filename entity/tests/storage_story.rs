//! One story, told on SQLite and on MySQL: a new installation, a day of history, a crash, a restart.
#![allow(clippy::expect_used)]

use domain::{
    BoardId, BoothNumber, FloorNumber, Observation, Occupancy, Prior, ServiceHours, Transition, UnknownReason, UtcMs,
};
use entity::{ConnectSettings, Storage, StorageError};
use migration::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;
use std::error::Error;
use std::time::Instant;

const FREE: Observation = Observation::Sensed(Occupancy::Free);
const OCCUPIED: Observation = Observation::Sensed(Occupancy::Occupied);
const LATE: Observation = Observation::Unknown(UnknownReason::Late);
const NO_DATA: Observation = Observation::Unknown(UnknownReason::NoData);
const STOPPED: Observation = Observation::Unknown(UnknownReason::Stopped);

/// A Monday morning.
const START_AT: i64 = 1_795_248_000_000;
const BATCH_ROWS: i64 = 1_000;
/// Written one by one they take 2,000 ms and more, in one statement some 40 ms.
const BATCH_MS_MAX: u128 = 1_000;

type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

#[tokio::test]
async fn on_sqlite() {
    let folder = format!("{}/storage-story-{}", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    std::fs::create_dir_all(&folder).expect("the test's own folder");
    let told = tokio::spawn(tell(format!("sqlite://{folder}/dispobox with space é.db"))).await;
    std::fs::remove_dir_all(&folder).expect("removes it");
    told.expect("the story does not panic").expect("the story");
}

#[tokio::test]
async fn on_mysql() {
    let server = mysql_server();
    let admin = sea_orm::Database::connect(&server).await.expect("the test server");
    let database = format!("dispobox_story_{}", std::process::id());
    let create = format!("CREATE DATABASE {database} CHARACTER SET utf8mb4");
    admin.execute_unprepared(&create).await.expect("creates a database");
    let told = tokio::spawn(tell(format!("{}/{database}", server.trim_end_matches('/')))).await;
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

async fn tell(url: String) -> Outcome {
    let storage = Storage::connect(&url, ConnectSettings::default()).await?;
    migrate_twice(&storage).await?;
    storage.check_health().await?;
    default_data_is_complete(&storage).await?;
    history_keeps_its_order(&storage).await?;
    unknown_booths_are_named(&storage).await?;
    a_big_batch_is_quick(&storage).await?;
    a_stop_leaves_priors(&storage).await?;
    a_crash_is_closed_once(&storage).await?;
    text_survives(&storage).await?;
    let day = (UtcMs(START_AT), UtcMs(START_AT + 86_400_000));
    let before = storage.list_transitions(BoothNumber(41), day.0, day.1).await?;
    storage.close().await?;
    let again = Storage::connect(&url, ConnectSettings::default()).await?;
    assert_eq!(again.list_transitions(BoothNumber(41), day.0, day.1).await?, before);
    nonsense_is_named(&again).await?;
    Migrator::down(again.connection(), None).await?;
    Migrator::up(again.connection(), None).await?;
    default_data_is_complete(&again).await?;
    again.close().await?;
    Ok(())
}

async fn migrate_twice(storage: &Storage) -> Outcome {
    Migrator::up(storage.connection(), None).await?;
    assert!(Migrator::get_pending_migrations(storage.connection()).await?.is_empty());
    let first = storage.read_building().await?;
    Migrator::up(storage.connection(), None).await?;
    assert_eq!(storage.read_building().await?, first);
    Ok(())
}

async fn default_data_is_complete(storage: &Storage) -> Outcome {
    let site = storage.read_site().await?;
    assert_eq!((site.name.as_str(), site.time_zone.as_str()), ("DispoBox", "Europe/Paris"));
    assert_eq!(site.hours, ServiceHours::new(0b1_1111, 9 * 60, 21 * 60)?);
    let building = storage.read_building().await?;
    let numbers = |booths: &[u32]| booths.iter().copied().map(BoothNumber).collect::<Vec<_>>();
    let floors: Vec<_> = building.floors.iter().map(|floor| (floor.number.0, floor.version)).collect();
    assert_eq!(floors, [(4, 1), (6, 1)]);
    let booths: Vec<_> = building.booths.iter().map(|booth| booth.number).collect();
    assert_eq!(booths, numbers(&[41, 42, 43, 44, 45, 46, 47, 61, 62, 63, 64, 65, 66, 67, 68]));
    let wiring = [
        ("board-1", [41, 42, 43, 44].as_slice()),
        ("board-2", &[45, 46, 47]),
        ("board-3", &[61, 62, 63, 64]),
        ("board-4", &[65, 66, 67, 68]),
    ];
    let boards: Vec<_> = building.boards.iter().map(|board| board.id.as_str()).collect();
    assert_eq!(boards, wiring.map(|(board, _)| board));
    for (board, booths) in wiring {
        let board = BoardId::new(board).expect("a valid name");
        assert_eq!(building.booths_of_board(&board).collect::<Vec<_>>(), numbers(booths));
    }
    for floor in building.floors {
        let plan = storage.find_plan(floor.number).await?.expect("a plan");
        assert_eq!((plan.view_box.width, plan.view_box.height), (1500.0, 840.0));
        assert!(plan.drawing.starts_with("<g") && plan.drawing.ends_with("</g>") && plan.drawing.contains("Cafétéria"));
    }
    assert_eq!(storage.find_plan(FloorNumber(5)).await?, None);
    Ok(())
}

fn at(booth: u32, after_ms: i64, observation: Observation) -> Transition {
    Transition { booth: BoothNumber(booth), at: UtcMs(START_AT + after_ms), observation }
}

async fn list(storage: &Storage, booth: u32, from: i64, until: i64) -> Result<Vec<Transition>, StorageError> {
    storage.list_transitions(BoothNumber(booth), UtcMs(START_AT + from), UtcMs(START_AT + until)).await
}

async fn history_keeps_its_order(storage: &Storage) -> Outcome {
    let lines = [at(41, 0, FREE), at(41, 7, OCCUPIED), at(41, 7, FREE), at(41, 7, LATE), at(41, 20, OCCUPIED)];
    storage.append_transitions(&lines[..3]).await?;
    storage.append_transitions(&[at(42, 7, FREE), lines[3], lines[4]]).await?;
    storage.append_transitions(&[]).await?;
    assert_eq!(list(storage, 41, 0, 21).await?, lines);
    assert_eq!(list(storage, 41, 7, 20).await?, lines[1..4], "from is within, until is not");
    storage.append_transitions(&lines[4..]).await?;
    assert_eq!(list(storage, 41, 0, 21).await?, lines, "repeated after a time-out, seen once");
    Ok(())
}

async fn unknown_booths_are_named(storage: &Storage) -> Outcome {
    let lines = [at(999, 30, FREE), at(43, 30, OCCUPIED), at(7, 31, FREE), at(999, 32, FREE)];
    let booths = [7, 999].map(BoothNumber).to_vec();
    let error = storage.append_transitions(&lines).await.expect_err("names them");
    assert_eq!(error, StorageError::UnknownBooths { booths });
    assert!(!error.is_retryable());
    assert_eq!(list(storage, 43, 30, 31).await?, lines[1..2], "the rest is stored");
    assert!(matches!(list(storage, 999, 0, 1).await, Err(StorageError::UnknownBooths { .. })));
    Ok(())
}

async fn a_big_batch_is_quick(storage: &Storage) -> Outcome {
    let observation = |line: i64| if line % 2 == 0 { FREE } else { OCCUPIED };
    let lines: Vec<_> = (0..BATCH_ROWS + 1).map(|line| at(61, 1_000 + line, observation(line))).collect();
    let begun = Instant::now();
    storage.append_transitions(&lines).await?;
    let took_ms = begun.elapsed().as_millis();
    println!("{} transitions in {took_ms} ms", lines.len());
    assert!(took_ms < BATCH_MS_MAX, "{took_ms} ms");
    assert_eq!(list(storage, 61, 1_000, 1_000 + BATCH_ROWS + 1).await?, lines);
    Ok(())
}

async fn a_stop_leaves_priors(storage: &Storage) -> Outcome {
    let stop = [41, 42, 43, 61].map(|booth| at(booth, 10_000, STOPPED));
    storage.append_transitions(&stop).await?;
    storage.append_transitions(&[at(44, 500, LATE), at(44, 10_000, STOPPED), at(45, 10_000, STOPPED)]).await?;
    let prior = |booth, occupancy, after_ms| Prior {
        booth: BoothNumber(booth),
        occupancy,
        since_at: UtcMs(START_AT + after_ms),
        until_at: UtcMs(START_AT + 10_000),
    };
    let priors = [
        prior(41, Occupancy::Occupied, 20),
        prior(42, Occupancy::Free, 7),
        prior(43, Occupancy::Occupied, 30),
        prior(61, Occupancy::Free, 1_000 + BATCH_ROWS),
    ];
    let now = UtcMs(START_AT + 40_000);
    assert_eq!(storage.list_priors(now, 30_000).await?, priors);
    assert_eq!(storage.list_priors(now, 29_999).await?, []);
    assert_eq!(storage.close_open_history(now).await?, 0, "a clean stop leaves nothing open");
    Ok(())
}

async fn a_crash_is_closed_once(storage: &Storage) -> Outcome {
    storage.append_transitions(&[at(62, 50_000, FREE), at(63, 70_000, OCCUPIED), at(64, 50_000, LATE)]).await?;
    let now = UtcMs(START_AT + 60_000);
    assert_eq!(storage.close_open_history(now).await?, 2);
    assert_eq!(storage.close_open_history(now).await?, 0);
    assert_eq!(list(storage, 62, 50_000, 90_000).await?, [at(62, 50_000, FREE), at(62, 60_000, NO_DATA)]);
    let clock_set_back = [at(63, 70_000, OCCUPIED), at(63, 70_000, NO_DATA)];
    assert_eq!(list(storage, 63, 50_000, 90_000).await?, clock_set_back);
    assert_eq!(storage.list_priors(now, 60_000).await?.len(), 4, "a crash adds no priors");
    Ok(())
}

async fn text_survives(storage: &Storage) -> Outcome {
    let name = "Zoë Müller, déjà là 🧑‍🚀";
    storage.connection().execute_unprepared(&format!("UPDATE booth SET name = '{name}' WHERE number = 46")).await?;
    let building = storage.read_building().await?;
    assert_eq!(building.booths.iter().find(|booth| booth.number.0 == 46).expect("booth 46").name, name);
    Ok(())
}

async fn nonsense_is_named(storage: &Storage) -> Outcome {
    storage.connection().execute_unprepared("UPDATE booth SET presence_window = 0 WHERE number = 47").await?;
    let error = storage.read_building().await.expect_err("names the booth");
    assert!(matches!(&error, StorageError::Corrupt { table: "booth", key, .. } if key == "47"), "{error:?}");
    let constraint = storage.connection().execute_unprepared("DELETE FROM floor").await;
    assert!(constraint.is_err(), "a floor with booths cannot be deleted");
    Ok(())
}
