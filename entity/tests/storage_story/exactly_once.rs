//! From the spool into the database, whatever is repeated.

use crate::folder::Folder;
use crate::words::{FREE, LATE, OCCUPIED, Outcome, after, board, event, expect_stored, line, list};
use domain::{BoardEvent, EventId, Record, Transition, UtcMs};
use entity::{ConnectSettings, Spool, SpoolSettings, Storage, StorageError, StoreOutcome};
use sea_orm::{ConnectionTrait, DbBackend};
use std::error::Error;

const GROUPS: usize = 150;

pub(crate) async fn tell(storage: &Storage, url: &str, folder: &Folder) -> Outcome {
    a_position_is_stored_once(storage).await?;
    a_late_commit_overlaps(storage, url).await?;
    of_two_first_calls_one_stores(storage, url).await?;
    random_records_arrive_once(storage, url, folder).await
}

async fn a_position_is_stored_once(storage: &Storage) -> Outcome {
    assert_eq!(storage.read_position("here").await?, 0);
    let records = |ms| [Record::Transition(line(65, ms, FREE)), Record::Event(event("board-4", (1, 1), ms))];
    let stored = expect_stored(storage.store("here", 0, 3, &records(0)).await?);
    assert_eq!((stored.transitions, stored.events), (1, 1));
    for (after, position) in [(0, 3), (0, 2), (2, 3), (3, 3), (3, 2), (4, 5), (0, 9), (2, 9)] {
        let outcome = storage.store("here", after, position, &records(1)).await?;
        assert_eq!(outcome, StoreOutcome::StandsAt { position: 3 }, "{after} to {position}");
    }
    assert_eq!(storage.store("there", 1, 2, &records(1)).await?, StoreOutcome::StandsAt { position: 0 });
    assert_eq!(storage.read_position("there").await?, 0);
    let stored = expect_stored(storage.store("there", 0, 1, &records(2)).await?);
    assert_eq!((stored.transitions, stored.events, stored.duplicates), (1, 0, 1), "another spool is another story");
    assert_eq!(list(storage, 65, 0, 10).await?, [line(65, 0, FREE), line(65, 2, FREE)]);
    expect_stored(storage.store("here", 3, 4, &[]).await?);
    assert_eq!([storage.read_position("here").await?, storage.read_position("there").await?], [4, 1]);
    Ok(())
}

/// An answer does not come in time, so the next call has more to store; the first is done after all.
async fn a_late_commit_overlaps(storage: &Storage, url: &str) -> Outcome {
    let record = |ms| Record::Transition(line(64, 100_000 + ms, FREE));
    for (source, after, base) in [("late at first", 0, 0), ("late", 1, 10)] {
        if after > 0 {
            expect_stored(storage.store(source, 0, after, &[record(base)]).await?);
        }
        let late = begin_late(url, source, after, after + 2).await?;
        let hasty = ConnectSettings { deadline_ms: 300, ..ConnectSettings::default() };
        let hasty = Storage::connect(url, hasty).await?;
        let more = [1, 2, 3, 4].map(|ms| record(base + ms));
        let error = hasty.store(source, after, after + 4, &more).await.expect_err("the row is locked");
        assert!(error.is_retryable(), "{error}");
        late.connection().execute_unprepared("COMMIT").await?;
        let outcome = storage.store(source, after, after + 4, &more).await?;
        assert_eq!(outcome, StoreOutcome::StandsAt { position: after + 2 });
        expect_stored(storage.store(source, after + 2, after + 4, &more[2..]).await?);
        let lines: Vec<_> = [3, 4].map(|ms| line(64, 100_000 + base + ms, FREE)).into();
        assert_eq!(list(storage, 64, 100_001 + base, 100_005 + base).await?, lines);
        late.close().await?;
        _ = hasty.close().await;
    }
    Ok(())
}

/// Begins to store by hand, and leaves the rest to be committed. Its lines are not written: only who stored them matters.
async fn begin_late(
    url: &str,
    source: &str,
    after: i64,
    position: i64,
) -> Result<Storage, Box<dyn Error + Send + Sync>> {
    let late = Storage::connect(url, ConnectSettings { connections_max: 1, ..ConnectSettings::default() }).await?;
    let sqlite = late.connection().get_database_backend() == DbBackend::Sqlite;
    let change = if after == 0 {
        format!("INSERT INTO journal (source, position) VALUES ('{source}', {position})")
    } else {
        format!("UPDATE journal SET position = {position} WHERE source = '{source}'")
    };
    for statement in [if sqlite { "BEGIN IMMEDIATE" } else { "START TRANSACTION" }, &change] {
        late.connection().execute_unprepared(statement).await?;
    }
    Ok(late)
}

async fn of_two_first_calls_one_stores(storage: &Storage, url: &str) -> Outcome {
    let other = Storage::connect(url, ConnectSettings::default()).await?;
    for round in 0..20 {
        let source = format!("race {round}");
        let records = [Record::Transition(line(63, 200_000 + round, FREE))];
        let (one, two) = tokio::join!(storage.store(&source, 0, 1, &records), other.store(&source, 0, 1, &records));
        let stood = [one?, two?].into_iter().filter(|outcome| *outcome == StoreOutcome::StandsAt { position: 1 });
        assert_eq!(stood.count(), 1, "{source}");
    }
    assert_eq!(list(storage, 63, 200_000, 200_020).await?.len(), 20);
    other.close().await?;
    Ok(())
}

/// Xorshift: the same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// What was appended, by what has to come out of it.
#[derive(Default)]
struct Ledger {
    events: Vec<BoardEvent>,
    lines: Vec<Transition>,
}

impl Ledger {
    /// The next records; now and then an event that was sent before.
    fn make_group(&mut self, dice: &mut Dice) -> Vec<Record> {
        let records = 1 + dice.below(12);
        (0..records).map(|_| self.make_record(dice)).collect()
    }

    fn make_record(&mut self, dice: &mut Dice) -> Record {
        match dice.below(5) {
            0 if !self.events.is_empty() => {
                let old = dice.below(self.events.len() as u64);
                Record::Event(self.events[usize::try_from(old).unwrap_or(0)].clone())
            }
            1 => Record::Alive { at: after(0) },
            2 => {
                let observation = [FREE, OCCUPIED, LATE][usize::try_from(dice.below(3)).unwrap_or(0)];
                let line = line(66, 100 + self.lines.len() as i64, observation);
                self.lines.push(line);
                Record::Transition(line)
            }
            _ => {
                let event = event("board-4", (2, 1 + self.events.len() as u32), 0);
                self.events.push(event.clone());
                Record::Event(event)
            }
        }
    }
}

async fn random_records_arrive_once(storage: &Storage, url: &str, folder: &Folder) -> Outcome {
    let path = folder.path().join("once.sqlite");
    // This one often gives up before the answer comes.
    let hasty = ConnectSettings { deadline_ms: 3, ..ConnectSettings::default() };
    let hasty = Storage::connect(url, hasty).await?;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut ledger = Ledger::default();
    let mut spool = Spool::open(&path, SpoolSettings::default()).await?;
    let (mut after, mut lost) = (0, 0);
    for _ in 0..GROUPS {
        spool.append(&ledger.make_group(&mut dice), UtcMs(0)).await?;
        if dice.below(3) > 0 {
            continue;
        }
        let Some(batch) = read_batch(&spool, after, 1 + usize::try_from(dice.below(40))?).await? else { continue };
        let chosen = if dice.below(3) == 0 { storage } else { &hasty };
        // What became of an answer that is lost, the next call finds out, with more or fewer records.
        match store_batch(chosen, &spool, after, batch).await {
            Ok(position) => after = position,
            Err(_) => lost += 1,
        }
        match dice.below(4) {
            // Killed before it was removed.
            0 => {
                spool.close().await;
                spool = Spool::open(&path, SpoolSettings::default()).await?;
                after = 0;
            }
            1 => {}
            _ => spool.remove(after).await?,
        }
    }
    while let Some(batch) = read_batch(&spool, after, 100).await? {
        after = store_batch(storage, &spool, after, batch).await?;
    }
    println!("{} events and {} lines; {lost} answers lost", ledger.events.len(), ledger.lines.len());
    let from_boot_2 = Some((0, EventId { boot: 2, n: 0 }));
    assert_eq!(storage.list_events(&board("board-4"), from_boot_2, 100_000).await?, ledger.events);
    assert_eq!(list(storage, 66, 100, 86_400_000).await?, ledger.lines);
    // It may not even have the time for that.
    _ = hasty.close().await;
    spool.close().await;
    Ok(())
}

type Batch = (i64, Vec<Record>);

async fn read_batch(spool: &Spool, after: i64, records_max: usize) -> Result<Option<Batch>, StorageError> {
    let groups = spool.read(after, records_max).await?.groups;
    let Some(last) = groups.last() else { return Ok(None) };
    Ok(Some((last.position, groups.into_iter().flat_map(|group| group.records).collect())))
}

/// Up to where it is stored then.
async fn store_batch(
    storage: &Storage,
    spool: &Spool,
    after: i64,
    (position, records): Batch,
) -> Result<i64, StorageError> {
    match storage.store(spool.source(), after, position, &records).await? {
        StoreOutcome::Stored(_) => Ok(position),
        StoreOutcome::StandsAt { position } => Ok(position),
    }
}
