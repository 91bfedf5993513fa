//! Stops and crashes. Each begins with an empty history.

use crate::words::{
    FREE, LATE, NO_DATA, OCCUPIED, Outcome, STOPPED, after, board, event, expect_stored, line, list, store, store_lines,
};
use domain::{BoardSession, BoardSessionEnd, BoothNumber, Occupancy, Prior, Record};
use entity::{Closed, KeptSession, Storage};
use sea_orm::ConnectionTrait;

pub(crate) async fn tell(storage: &Storage) -> Outcome {
    a_stop_leaves_priors(storage).await?;
    a_crash_is_closed_when_the_server_was_last_alive(storage).await?;
    a_crash_leaves_priors(storage).await?;
    a_crash_ends_sessions(storage).await?;
    a_start_may_be_told_later(storage).await?;
    everything_says_that_the_server_is_alive(storage).await?;
    without_a_sign_of_life_it_ends_now(storage).await
}

async fn forget(storage: &Storage) -> Outcome {
    storage.connection().execute_unprepared("DELETE FROM transition").await?;
    storage.connection().execute_unprepared("DELETE FROM journal").await?;
    assert_eq!((storage.read_alive_at().await?, storage.read_history_end().await?), (None, None));
    Ok(())
}

fn alive(ms: i64) -> Record {
    Record::Alive { at: after(ms) }
}

fn prior(booth: u32, occupancy: Occupancy, since_ms: i64, until_ms: i64) -> Prior {
    Prior { booth: BoothNumber(booth), occupancy, since_at: after(since_ms), until_at: after(until_ms) }
}

async fn a_stop_leaves_priors(storage: &Storage) -> Outcome {
    forget(storage).await?;
    store_lines(storage, &[line(41, 20, FREE), line(41, 20, OCCUPIED), line(42, 7, FREE), line(44, 500, LATE)]).await?;
    store_lines(storage, &[41, 42, 44, 45].map(|booth| line(booth, 10_000, STOPPED))).await?;
    let now = after(40_000);
    let priors = [prior(41, Occupancy::Occupied, 20, 10_000), prior(42, Occupancy::Free, 7, 10_000)];
    assert_eq!(storage.list_priors(now, 30_000).await?, priors);
    assert_eq!(storage.list_priors(now, 29_999).await?, []);
    assert!(!storage.close_open_history(now).await?.is_any(), "a clean stop leaves nothing open");
    assert_eq!(storage.read_history_end().await?, Some(after(10_000)));
    Ok(())
}

async fn a_crash_is_closed_when_the_server_was_last_alive(storage: &Storage) -> Outcome {
    forget(storage).await?;
    store_lines(storage, &[line(62, 50_000, FREE), line(64, 50_000, LATE)]).await?;
    store(storage, &[alive(55_000)]).await?;
    // Another server was killed earlier.
    storage.store("other", 0, 1, &[alive(54_000)]).await?;
    assert_eq!(storage.read_alive_at().await?, Some(after(55_000)));
    assert_eq!(storage.close_open_history(after(60_000)).await?, Closed { booths: 1, sessions: 0 });
    assert!(!storage.close_open_history(after(60_000)).await?.is_any());
    assert_eq!(list(storage, 62, 50_000, 90_000).await?, [line(62, 50_000, FREE), line(62, 55_000, NO_DATA)]);
    assert_eq!(list(storage, 64, 50_000, 90_000).await?, [line(64, 50_000, LATE)]);
    assert_eq!(storage.list_priors(after(60_000), 60_000).await?, [], "closed is closed");
    Ok(())
}

async fn a_crash_leaves_priors(storage: &Storage) -> Outcome {
    forget(storage).await?;
    store_lines(storage, &[line(62, 50_000, FREE), line(63, 52_000, OCCUPIED), line(64, 50_000, LATE)]).await?;
    store(storage, &[alive(55_000)]).await?;
    let priors = [prior(62, Occupancy::Free, 50_000, 55_000), prior(63, Occupancy::Occupied, 52_000, 55_000)];
    assert_eq!(storage.list_priors(after(60_000), 5_000).await?, priors);
    assert_eq!(storage.list_priors(after(60_001), 5_000).await?, []);
    assert_eq!(storage.list_priors(after(0), 5_000).await?, priors, "the clock was set back");
    Ok(())
}

fn session(started_ms: i64) -> BoardSession {
    BoardSession {
        board: board("board-1"),
        started_at: after(started_ms),
        boot: 1,
        key_version: 1,
        firmware: "2.0.0".to_owned(),
        reset_reason: "poweron".to_owned(),
        channels: 4,
        peer: "10.1.0.7:50123".to_owned(),
    }
}

fn end(started_ms: i64, ended_ms: i64, reason: &str) -> BoardSessionEnd {
    let (started_at, ended_at) = (after(started_ms), after(ended_ms));
    BoardSessionEnd {
        board: board("board-1"),
        started_at,
        ended_at,
        reason: reason.to_owned(),
        asleep_until_at: None,
        battery_mv: None,
    }
}

fn kept(started_ms: i64, end: Option<BoardSessionEnd>) -> KeptSession {
    KeptSession { session: session(started_ms), end }
}

/// What is kept of the sessions, newest first; forgets them.
async fn take_sessions(storage: &Storage) -> Result<Vec<KeptSession>, Box<dyn std::error::Error + Send + Sync>> {
    let sessions = storage.list_sessions(&board("board-1"), 10).await?;
    storage.connection().execute_unprepared("DELETE FROM board_session").await?;
    Ok(sessions)
}

async fn a_crash_ends_sessions(storage: &Storage) -> Outcome {
    forget(storage).await?;
    let began = [1_000, 2_000, 3_000].map(|ms| Record::SessionStarted(session(ms)));
    store(storage, &began).await?;
    store(storage, &[Record::SessionEnded(end(2_000, 2_500, "closed")), alive(9_000)]).await?;
    assert_eq!(storage.close_open_history(after(60_000)).await?, Closed { booths: 0, sessions: 2 });
    assert!(!storage.close_open_history(after(70_000)).await?.is_any());
    let ended = |ms| kept(ms, Some(end(ms, 9_000, "server_ended")));
    let closed = kept(2_000, Some(end(2_000, 2_500, "closed")));
    assert_eq!(take_sessions(storage).await?, [ended(3_000), closed, ended(1_000)]);
    Ok(())
}

/// Two runs that have never seen the database, of which the first was killed, and a third that has: all in one batch.
async fn a_start_may_be_told_later(storage: &Storage) -> Outcome {
    forget(storage).await?;
    store_lines(storage, &[line(62, 50_000, FREE)]).await?;
    let records = [
        Record::SessionStarted(session(51_000)),
        Record::Transition(line(63, 52_000, OCCUPIED)),
        alive(55_000),
        Record::Started { at: after(60_000) },
        Record::SessionStarted(session(61_000)),
        Record::Transition(line(63, 62_000, FREE)),
        Record::Started { at: after(70_000) },
        Record::Transition(line(62, 71_000, OCCUPIED)),
    ];
    let stored = store(storage, &records).await?;
    assert_eq!((stored.transitions, stored.closed), (3, Closed { booths: 3, sessions: 2 }));
    let of_62 = [line(62, 50_000, FREE), line(62, 55_000, NO_DATA), line(62, 71_000, OCCUPIED)];
    assert_eq!(list(storage, 62, 50_000, 90_000).await?, of_62);
    let of_63 = [(52_000, OCCUPIED), (55_000, NO_DATA), (62_000, FREE), (62_000, NO_DATA)];
    assert_eq!(list(storage, 63, 50_000, 90_000).await?, of_63.map(|(ms, observation)| line(63, ms, observation)));
    let ended = |ms, ended_ms| kept(ms, Some(end(ms, ended_ms, "server_ended")));
    assert_eq!(take_sessions(storage).await?, [ended(61_000, 62_000), ended(51_000, 55_000)]);
    assert_eq!(storage.read_alive_at().await?, Some(after(71_000)));
    // A spool of its own, whose first group is a start.
    let started = [Record::Started { at: after(80_000) }];
    let stored = expect_stored(storage.store("new", 0, 7, &started).await?);
    assert_eq!(stored.closed, Closed { booths: 1, sessions: 0 });
    assert_eq!(list(storage, 62, 71_000, 90_000).await?, [line(62, 71_000, OCCUPIED), line(62, 71_000, NO_DATA)]);
    Ok(())
}

async fn everything_says_that_the_server_is_alive(storage: &Storage) -> Outcome {
    forget(storage).await?;
    store(storage, &[alive(3_000), alive(1_000)]).await?;
    assert_eq!(storage.read_alive_at().await?, Some(after(3_000)));
    store(storage, &[alive(2_000), Record::Transition(line(41, 4_000, FREE))]).await?;
    assert_eq!(storage.read_alive_at().await?, Some(after(4_000)));
    store(storage, &[Record::Event(event("board-1", (1, 1), 5_000))]).await?;
    assert_eq!(storage.read_alive_at().await?, Some(after(6_000)), "when it was received");
    store(storage, &[]).await?;
    assert_eq!(storage.read_history_end().await?, Some(after(6_000)));
    storage.connection().execute_unprepared("DELETE FROM board_event").await?;
    Ok(())
}

/// As in a database that was written before there were spools.
async fn without_a_sign_of_life_it_ends_now(storage: &Storage) -> Outcome {
    forget(storage).await?;
    store_lines(storage, &[line(62, 50_000, FREE), line(63, 70_000, OCCUPIED)]).await?;
    storage.connection().execute_unprepared("DELETE FROM journal").await?;
    assert_eq!(storage.list_priors(after(60_000), 60_000).await?, []);
    assert_eq!(storage.close_open_history(after(60_000)).await?, Closed { booths: 2, sessions: 0 });
    assert_eq!(list(storage, 62, 50_001, 90_000).await?, [line(62, 60_000, NO_DATA)]);
    let clock_set_back = [line(63, 70_000, OCCUPIED), line(63, 70_000, NO_DATA)];
    assert_eq!(list(storage, 63, 50_000, 90_000).await?, clock_set_back);
    assert_eq!(storage.read_history_end().await?, Some(after(70_000)));
    Ok(())
}
