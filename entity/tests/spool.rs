//! The spool: order, removal, reopening, and everything that may go wrong with its file.
#![allow(clippy::expect_used)]

mod folder;

use domain::{
    BoardEvent, BoardId, BoardSession, BoardSessionEnd, BoothNumber, ChannelReport, EventId, Observation, Occupancy,
    Record, Transition, UtcMs,
};
use entity::{Spool, SpoolDepth, SpoolSettings, StorageError};
use folder::Folder;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{ConnectOptions, Executor, SqliteConnection, query_scalar};
use std::path::Path;
use std::time::Duration;

const HASTY: SpoolSettings = SpoolSettings { bytes_max: 1 << 20, deadline_ms: 400 };

async fn open(folder: &Folder, settings: SpoolSettings) -> Spool {
    Spool::open(&folder.path().join("spool.sqlite"), settings).await.expect("opens")
}

/// Somebody else who has the file open.
async fn meddle(folder: &Folder) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.path().join("spool.sqlite"));
    options.connect().await.expect("connects")
}

fn alive(at: i64) -> Record {
    Record::Alive { at: UtcMs(at) }
}

/// Appends one group for each number, that many milliseconds after 1970.
async fn append(spool: &Spool, numbers: impl IntoIterator<Item = i64>) {
    for number in numbers {
        spool.append(&[alive(number)], UtcMs(number)).await.expect("appends");
    }
}

/// Positions and numbers of the groups after a position.
async fn list(spool: &Spool, after: i64) -> Vec<(i64, i64)> {
    let batch = spool.read(after, 1_000).await.expect("reads");
    assert_eq!(batch.set_aside, []);
    let number = |records: &[Record]| match records {
        [Record::Alive { at }] => at.0,
        _ => unreachable!("{records:?}"),
    };
    batch.groups.iter().map(|group| (group.position, number(&group.records))).collect()
}

#[tokio::test]
async fn every_record_comes_back() {
    let folder = Folder::new("spool-records");
    let board = || BoardId::new("board-1").expect("a valid name");
    let event = BoardEvent {
        board: board(),
        era: 1,
        id: EventId { boot: u32::MAX, n: 2 },
        at: UtcMs(-3),
        received_at: UtcMs(i64::MAX),
        channels: vec![ChannelReport { high: true, high_samples: 44 }, ChannelReport { high: false, high_samples: 0 }],
        battery_mv: 3_712,
        rssi_dbm: -67,
        up_s: 5,
        gap: 6,
    };
    let began = BoardSession {
        board: board(),
        started_at: UtcMs(7),
        boot: 8,
        key_version: 9,
        firmware: "2.0 \"é\"\n".to_owned(),
        reset_reason: String::new(),
        channels: 4,
        peer: "[::1]:5".to_owned(),
    };
    let ended = BoardSessionEnd {
        board: board(),
        started_at: UtcMs(7),
        ended_at: UtcMs(9),
        reason: "silent".to_owned(),
        asleep_until_at: None,
        battery_mv: None,
    };
    let observation = Observation::Sensed(Occupancy::Occupied);
    let line = Transition { booth: BoothNumber(42), at: UtcMs(1), observation };
    let records = [
        Record::Event(event),
        Record::Transition(line),
        Record::SessionStarted(began),
        Record::SessionEnded(ended),
        alive(10),
    ];
    let spool = open(&folder, SpoolSettings::default()).await;
    spool.append(&records, UtcMs(1)).await.expect("appends");
    let batch = spool.read(0, 1).await.expect("reads");
    assert_eq!(batch.groups.len(), 1);
    assert_eq!((batch.groups[0].position, batch.groups[0].records.as_slice()), (1, records.as_slice()));
    spool.close().await;
}

#[tokio::test]
async fn groups_keep_their_order_until_they_are_removed() {
    let folder = Folder::new("spool-order");
    let spool = open(&folder, SpoolSettings::default()).await;
    assert_eq!((spool.depth(), list(&spool, 0).await), (SpoolDepth::default(), vec![]));
    append(&spool, 1..=3).await;
    spool.append(&[], UtcMs(9)).await.expect("nothing is nothing");
    assert_eq!(list(&spool, 0).await, [(1, 1), (2, 2), (3, 3)]);
    assert_eq!(list(&spool, 2).await, [(3, 3)]);
    let bytes = "[{\"alive\":{\"at\":1}}]".len() as u64;
    let depth = |groups: u64, oldest| SpoolDepth {
        groups,
        records: groups,
        bytes: groups * bytes,
        oldest_at: Option::map(oldest, UtcMs),
    };
    assert_eq!(spool.depth(), depth(3, Some(1)));
    for (up_to, left) in [(0, depth(3, Some(1))), (2, depth(1, Some(3))), (1, depth(1, Some(3))), (99, depth(0, None))]
    {
        spool.remove(up_to).await.expect("removes");
        assert_eq!(spool.depth(), left, "up to {up_to}");
    }
    append(&spool, 4..=5).await;
    assert_eq!((list(&spool, 0).await, spool.depth()), (vec![(4, 4), (5, 5)], depth(2, Some(4))));
    spool.close().await;
}

#[tokio::test]
async fn as_many_groups_as_it_takes() {
    let folder = Folder::new("spool-batches");
    let spool = open(&folder, SpoolSettings::default()).await;
    for records in [3, 1, 5] {
        spool.append(&vec![alive(0); records], UtcMs(0)).await.expect("appends");
    }
    for (after, records_max, expect) in [
        (0, 0, vec![1]),
        (0, 3, vec![1]),
        (0, 4, vec![1, 2]),
        (0, 5, vec![1, 2, 3]),
        (2, usize::MAX, vec![3]),
        (3, 1, vec![]),
    ] {
        let groups = spool.read(after, records_max).await.expect("reads").groups;
        assert_eq!(groups.iter().map(|group| group.position).collect::<Vec<_>>(), expect, "{after} {records_max}");
    }
    assert_eq!(spool.depth().records, 9);
    spool.close().await;
}

#[tokio::test]
async fn positions_and_its_name_outlive_everything() {
    let folder = Folder::new("spool-reopened");
    let spool = open(&folder, SpoolSettings::default()).await;
    let source = spool.source().to_owned();
    assert!(source.len() == 36 && source.chars().all(|c| c == '-' || c.is_ascii_hexdigit()), "{source}");
    append(&spool, 1..=3).await;
    spool.remove(1).await.expect("removes");
    let depth = spool.depth();
    spool.close().await;
    let spool = open(&folder, SpoolSettings::default()).await;
    assert_eq!((spool.source(), spool.depth()), (source.as_str(), depth));
    assert_eq!(list(&spool, 0).await, [(2, 2), (3, 3)]);
    spool.remove(3).await.expect("removes");
    spool.close().await;
    let spool = open(&folder, SpoolSettings::default()).await;
    assert_eq!(spool.depth(), SpoolDepth::default());
    append(&spool, [4]).await;
    assert_eq!(list(&spool, 0).await, [(4, 4)], "no position twice");
    spool.close().await;
    let other = Folder::new("spool-other");
    let spool = open(&other, SpoolSettings::default()).await;
    assert_ne!(spool.source(), source);
    spool.close().await;
}

/// What a killed process or a cut of the power leaves: the files as they are, with the log not yet in the database.
#[tokio::test]
async fn what_was_appended_is_on_the_disk() {
    let (folder, crashed) = (Folder::new("spool-running"), Folder::new("spool-crashed"));
    let spool = open(&folder, SpoolSettings::default()).await;
    append(&spool, 1..=4).await;
    spool.remove(2).await.expect("removes");
    copy(folder.path(), crashed.path());
    let again = open(&crashed, SpoolSettings::default()).await;
    assert_eq!((again.source(), again.depth()), (spool.source(), spool.depth()));
    assert_eq!(list(&again, 0).await, [(3, 3), (4, 4)]);
    append(&again, [5]).await;
    assert_eq!(list(&again, 4).await, [(5, 5)]);
    again.close().await;
    spool.close().await;
}

fn copy(from: &Path, to: &Path) {
    for name in ["spool.sqlite", "spool.sqlite-wal"] {
        std::fs::copy(from.join(name), to.join(name)).expect("copies");
    }
}

/// Then the main database has stored more of it than it knows of.
#[tokio::test]
async fn a_spool_that_was_put_back_goes_on_after_what_is_stored() {
    let folder = Folder::new("spool-restored");
    let spool = open(&folder, SpoolSettings::default()).await;
    spool.continue_after(0).await.expect("nothing to do");
    append(&spool, 1..=2).await;
    spool.continue_after(1).await.expect("nothing to do");
    spool.continue_after(70).await.expect("moves on");
    append(&spool, [3]).await;
    assert_eq!(list(&spool, 0).await, [(1, 1), (2, 2), (71, 3)]);
    spool.close().await;
}

#[tokio::test]
async fn a_start_that_cannot_ask_leaps_ahead() {
    let folder = Folder::new("spool-start");
    let full = SpoolSettings { bytes_max: 0, ..SpoolSettings::default() };
    let spool = open(&folder, SpoolSettings::default()).await;
    append(&spool, [1, 2]).await;
    spool.close().await;
    let spool = open(&folder, full).await;
    spool.note_start(UtcMs(3)).await.expect("also when it is full");
    assert_eq!((spool.depth().groups, spool.depth().records), (3, 3));
    spool.close().await;
    let spool = open(&folder, SpoolSettings::default()).await;
    append(&spool, [4]).await;
    let groups = spool.read(0, 100).await.expect("reads").groups;
    let [_, last, start, next] = &groups[..] else { panic!("{groups:?}") };
    assert_eq!(start.records, [Record::Started { at: UtcMs(3) }]);
    assert!(start.position > last.position + 1_000_000_000 && next.position == start.position + 1, "{groups:?}");
    spool.remove(start.position).await.expect("removes");
    assert_eq!(list(&spool, 0).await, [(next.position, 4)]);
    spool.close().await;
}

#[tokio::test]
async fn a_full_spool_refuses_until_there_is_room() {
    let folder = Folder::new("spool-full");
    let settings = SpoolSettings { bytes_max: 45, ..SpoolSettings::default() };
    let spool = open(&folder, settings).await;
    append(&spool, 1..=2).await;
    let error = spool.append(&[alive(3)], UtcMs(3)).await.expect_err("is full");
    assert_eq!(error, StorageError::SpoolFull { bytes_max: 45 });
    assert!(error.is_retryable());
    spool.remove(1).await.expect("removes");
    append(&spool, [4]).await;
    assert_eq!(list(&spool, 0).await, [(2, 2), (3, 4)]);
    spool.close().await;
    let spool = open(&folder, settings).await;
    spool.append(&[alive(5)], UtcMs(5)).await.expect_err("still full");
    spool.close().await;
}

#[tokio::test]
async fn it_belongs_to_one_process() {
    let folder = Folder::new("spool-twice");
    let spool = open(&folder, SpoolSettings::default()).await;
    let path = folder.path().join("spool.sqlite");
    let error = Spool::open(&path, SpoolSettings::default()).await.expect_err("is taken");
    assert!(matches!(&error, StorageError::Open { reason, .. } if reason.contains("another process")), "{error}");
    append(&spool, [1]).await;
    spool.close().await;
    open(&folder, SpoolSettings::default()).await.close().await;
}

#[tokio::test]
async fn files_that_are_no_spools() {
    let folder = Folder::new("spool-garbage");
    std::fs::write(folder.path().join("garbage"), "This is a shopping list. ".repeat(100)).expect("writes it");
    for (name, expect) in [("garbage", "not a database"), ("missing/spool.sqlite", "No such file")] {
        let path = folder.path().join(name);
        let error = Spool::open(&path, SpoolSettings::default()).await.expect_err("refuses");
        let StorageError::Open { target, reason } = &error else { unreachable!("{error:?}") };
        assert!(*target == path.display().to_string() && reason.contains(expect), "{error}");
    }
}

#[tokio::test]
async fn a_failed_append_leaves_nothing_behind() {
    let folder = Folder::new("spool-locked");
    let spool = open(&folder, HASTY).await;
    append(&spool, [1]).await;
    let mut other = meddle(&folder).await;
    other.execute("BEGIN IMMEDIATE").await.expect("takes the lock");
    for _ in 0..2 {
        let error = spool.append(&[alive(2)], UtcMs(2)).await.expect_err("is locked");
        assert!(error.is_retryable() && error.to_string().contains("locked"), "{error}");
        let error = spool.remove(1).await.expect_err("is locked");
        assert!(error.is_retryable() && error.to_string().contains("locked"), "{error}");
    }
    assert_eq!(list(&spool, 0).await, [(1, 1)], "readers do not wait");
    other.execute("ROLLBACK").await.expect("lets go");
    append(&spool, [3]).await;
    assert_eq!(list(&spool, 0).await.last().map(|(_, number)| *number), Some(3));
    spool.remove(1).await.expect("removes");
    assert_eq!((list(&spool, 0).await.len(), spool.depth().groups), (1, 1));
    spool.close().await;
}

/// Nobody waits for the answer any more when the group is written after all: its sender was told that it was not.
#[tokio::test]
async fn a_group_whose_append_was_given_up_is_never_read() {
    let folder = Folder::new("spool-given-up");
    let spool = open(&folder, SpoolSettings { deadline_ms: 60_000, ..HASTY }).await;
    append(&spool, [1]).await;
    let mut other = meddle(&folder).await;
    other.execute("BEGIN IMMEDIATE").await.expect("takes the lock");
    let given_up = tokio::time::timeout(Duration::from_millis(50), spool.append(&[alive(2)], UtcMs(2))).await;
    assert!(given_up.is_err(), "it waits for the lock");
    other.execute("ROLLBACK").await.expect("lets go");
    let landed = async {
        while query_scalar::<_, i64>("SELECT COUNT(*) FROM spooled").fetch_one(&mut other).await.expect("counts") < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), landed).await.expect("it is written in the end");
    assert_eq!((list(&spool, 0).await, spool.depth().groups), (vec![(1, 1)], 1));
    append(&spool, [3]).await;
    assert_eq!((list(&spool, 0).await, spool.depth().groups), (vec![(1, 1), (3, 3)], 2));
    spool.close().await;
}

/// The same for a removal: what is gone is not counted twice.
#[tokio::test]
async fn a_removal_that_was_given_up_is_finished() {
    let folder = Folder::new("spool-removal");
    let spool = open(&folder, SpoolSettings { deadline_ms: 60_000, ..HASTY }).await;
    append(&spool, 1..=3).await;
    let mut other = meddle(&folder).await;
    other.execute("BEGIN IMMEDIATE").await.expect("takes the lock");
    let given_up = tokio::time::timeout(Duration::from_millis(50), spool.remove(2)).await;
    assert!(given_up.is_err(), "it waits for the lock");
    assert_eq!(spool.depth().groups, 3);
    other.execute("ROLLBACK").await.expect("lets go");
    spool.remove(2).await.expect("removes");
    assert_eq!((list(&spool, 0).await, spool.depth().groups), (vec![(3, 3)], 1));
    assert_eq!(spool.depth().oldest_at, Some(UtcMs(3)));
    spool.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_set_aside() {
    let folder = Folder::new("spool-unreadable");
    let spool = open(&folder, SpoolSettings::default()).await;
    append(&spool, 1..=5).await;
    // What is still in memory is not read.
    spool.close().await;
    let spool = open(&folder, SpoolSettings::default()).await;
    let mut other = meddle(&folder).await;
    for spoil in [
        "UPDATE spooled SET payload = '[{\"not yet invented\":{}}]' WHERE position = 1",
        "UPDATE spooled SET payload = CAST(x'ff00' AS TEXT) WHERE position = 2",
        "UPDATE spooled SET payload = '' WHERE position = 4",
    ] {
        other.execute(spoil).await.expect("spoils it");
    }
    let batch = spool.read(0, 1).await.expect("reads");
    assert_eq!(batch.set_aside.iter().map(|aside| aside.position).collect::<Vec<_>>(), [1, 2]);
    assert!(batch.set_aside[0].reason.contains("not yet invented"), "{}", batch.set_aside[0].reason);
    assert_eq!(batch.groups.iter().map(|group| group.position).collect::<Vec<_>>(), [3], "the next that can be read");
    assert_eq!(spool.depth().groups, 3);
    let batch = spool.read(3, 100).await.expect("reads");
    assert_eq!((batch.set_aside.len(), batch.groups.len()), (1, 1));
    assert_eq!((list(&spool, 0).await, spool.depth().groups), (vec![(3, 3), (5, 5)], 2));
    let kept = query_scalar::<_, i64>("SELECT COUNT(*) FROM unreadable WHERE position IN (1, 2, 4)");
    assert_eq!(kept.fetch_one(&mut other).await.expect("counts"), 3);
    spool.close().await;
}
