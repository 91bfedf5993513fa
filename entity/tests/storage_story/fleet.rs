//! Boards as they are looked after: samples, commands, what they are called, retirement.

use crate::words::{Outcome, after, board, by, event, store};
use domain::{
    BatteryReading, BoardCommand, BoardEvent, BoardSample, BoardSession, BoardSessionEnd, CommandState, Holds,
    ReadAdmin, ReadAudit, Record, UtcMs,
};
use entity::{AuditFilter, Storage, StorageError};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

pub(crate) async fn tell(storage: &Storage) -> Outcome {
    boards_are_made_once(storage).await?;
    samples_are_few(storage).await?;
    trends_are_fewer(storage).await?;
    commands_wait(storage).await?;
    what_is_arranged_is_followed(storage).await?;
    retired_boards_keep_their_past(storage).await
}

fn reader() -> Holds<ReadAdmin> {
    Holds::at_command_line()
}

async fn boards_are_made_once(storage: &Storage) -> Outcome {
    let hut = board("hut");
    assert_eq!(storage.create_board(&by(), &hut, after(0)).await?, 1);
    let taken = StorageError::BoardTaken { board: hut.clone() };
    assert_eq!(storage.create_board(&by(), &hut, after(1)).await, Err(taken.clone()));
    storage.revoke_key(&by(), &hut, None, after(2)).await?;
    assert_eq!(storage.create_board(&by(), &hut, after(3)).await, Err(taken), "its name stays its own");
    assert_eq!(storage.issue_key(&by(), &hut, after(4)).await?, 2);
    let log = storage.list_audit(&Holds::<ReadAudit>::at_command_line(), &AuditFilter::default(), 3).await?;
    let said: Vec<_> = log.iter().map(|entry| (entry.action.as_str(), entry.subject.as_str())).collect();
    assert_eq!(
        said,
        [("board.key_issued", "board:hut"), ("board.key_revoked", "board:hut"), ("board.created", "board:hut")]
    );
    assert_eq!(log[0].after.as_deref(), Some(r#"{"versions":[2]}"#));
    Ok(())
}

/// Received so many minutes after the story's morning.
fn said(n: u32, minutes: i64, battery_mv: u16) -> Record {
    Record::Event(BoardEvent { received_at: after(minutes * MINUTE), battery_mv, ..event("hut", (1, n), 0) })
}

fn began(minutes: i64) -> Record {
    Record::SessionStarted(BoardSession {
        board: board("hut"),
        started_at: after(minutes * MINUTE),
        boot: 1,
        key_version: 2,
        firmware: "2.0.0".to_owned(),
        reset_reason: "deepsleep".to_owned(),
        channels: 2,
        peer: "10.0.0.7".to_owned(),
    })
}

fn ended(started: i64, minutes: i64, asleep_until: Option<i64>, battery_mv: Option<u16>) -> Record {
    Record::SessionEnded(BoardSessionEnd {
        board: board("hut"),
        started_at: after(started * MINUTE),
        ended_at: after(minutes * MINUTE),
        reason: if asleep_until.is_some() { "asleep" } else { "closed" }.to_owned(),
        asleep_until_at: asleep_until.map(|minutes| after(minutes * MINUTE)),
        battery_mv,
    })
}

async fn list(storage: &Storage) -> Result<Vec<(i64, u16, bool)>, StorageError> {
    let samples = storage.list_samples(&board("hut"), UtcMs(0), 1).await?;
    let minutes = |sample: &BoardSample| (sample.at.0 - after(0).0) / MINUTE;
    Ok(samples.iter().map(|sample| (minutes(sample), sample.battery_mv, sample.rssi_dbm.is_some())).collect())
}

async fn samples_are_few(storage: &Storage) -> Outcome {
    store(storage, &[began(0), said(1, 0, 4_100), said(2, 1, 4_099), said(3, 14, 4_098), said(4, 15, 4_097)]).await?;
    store(storage, &[said(5, 20, 4_096), ended(0, 21, Some(81), Some(4_120))]).await?;
    // It has come back; what it says a moment later is no news.
    store(storage, &[began(81), said(6, 82, 4_090), said(7, 83, 4_089)]).await?;
    // Again and again within a minute.
    store(storage, &[ended(81, 82, None, None), began(82), said(8, 82, 4_000)]).await?;
    assert_eq!(list(storage).await?, [(0, 4_100, true), (15, 4_097, true), (21, 4_120, false), (82, 4_090, true)]);
    let found = storage.find_fleet_board(&reader(), &board("hut")).await?;
    let session = found.session.expect("a session");
    assert_eq!((session.session.firmware.as_str(), session.end), ("2.0.0", None));
    assert_eq!(found.sample.map(|sample| sample.battery_mv), Some(4_090));
    let first = storage.list_sessions(&board("hut"), 10).await?.pop().and_then(|kept| kept.end).expect("an end");
    assert_eq!(first.asleep_until_at, Some(after(81 * MINUTE)));
    Ok(())
}

async fn trends_are_fewer(storage: &Storage) -> Outcome {
    let slot = |battery_mv, slot_ms: i64| {
        let at = after(0).0;
        BatteryReading { at: UtcMs(at - at % slot_ms), battery_mv }
    };
    let trends = storage.list_trends(after(0), 24 * 3_600_000).await?;
    let hut = trends.iter().find(|trend| trend.board == board("hut")).expect("a trend");
    assert_eq!(hut.battery, [slot(4_120, 24 * HOUR)]);
    assert_eq!(hut.rssi_dbm.iter().map(|(_, rssi_dbm)| *rssi_dbm).collect::<Vec<_>>(), [-67]);
    assert!(storage.list_trends(after(24 * HOUR), 1).await?.is_empty());
    assert_eq!(storage.list_samples(&board("hut"), after(0), 3_600_000).await?.len(), 2, "one of each hour");
    assert_eq!(storage.delete_samples_before(after(16 * MINUTE)).await?, 2 + old_samples_of_others());
    assert_eq!(list(storage).await?.len(), 2);
    Ok(())
}

/// Other chapters' boards have spoken then, too.
fn old_samples_of_others() -> u64 {
    3
}

async fn commands_wait(storage: &Storage) -> Outcome {
    let hut = board("hut");
    let id = storage.create_command(&by(), &hut, BoardCommand::Identify, after(0)).await?;
    let nap = storage.create_command(&by(), &hut, BoardCommand::Sleep { seconds: 600 }, after(1)).await?;
    let states = async || -> Result<Vec<CommandState>, StorageError> {
        Ok(storage.list_commands(&reader(), &hut, 10).await?.into_iter().map(|kept| kept.state).collect())
    };
    assert_eq!(states().await?, [CommandState::Waiting, CommandState::Waiting]);
    storage.note_command(id, &CommandState::Sent, after(2)).await?;
    assert!(!storage.take_command_back(&by(), &hut, id, after(3)).await?, "it was told");
    assert!(storage.take_command_back(&by(), &hut, nap, after(3)).await?);
    let refused = CommandState::Refused { word: "noled".to_owned() };
    storage.note_command(id, &refused, after(4)).await?;
    storage.note_command(id, &CommandState::Done, after(5)).await?;
    assert_eq!(states().await?, [CommandState::TakenBack, refused], "what is over stays so");
    let (first, second) = (
        storage.create_command(&by(), &hut, BoardCommand::Reboot, after(6)).await?,
        storage.create_command(&by(), &hut, BoardCommand::Identify, after(7)).await?,
    );
    storage.note_command(first, &CommandState::Sent, after(8)).await?;
    let resumed = storage.resume_commands(after(9)).await?;
    assert_eq!(
        resumed.iter().map(|kept| (kept.id, kept.command)).collect::<Vec<_>>(),
        [(second, BoardCommand::Identify)]
    );
    assert_eq!(states().await?[..2], [CommandState::Waiting, CommandState::Unanswered]);
    for _ in 0..7 {
        storage.create_command(&by(), &hut, BoardCommand::Identify, after(10)).await?;
    }
    let full = StorageError::CommandsWaiting { board: hut.clone(), waiting: 8 };
    assert_eq!(storage.create_command(&by(), &hut, BoardCommand::Identify, after(11)).await, Err(full));
    for kept in storage.list_commands(&reader(), &hut, 8).await? {
        assert!(storage.take_command_back(&by(), &hut, kept.id, after(12)).await?);
    }
    Ok(())
}

async fn what_is_arranged_is_followed(storage: &Storage) -> Outcome {
    let hut = board("hut");
    let before = storage.read_registry_version().await?;
    storage.set_board_label(&by(), &hut, &"above the door".parse()?, after(0)).await?;
    storage.set_board_heartbeat(&by(), &hut, Some(120), after(1)).await?;
    assert!(storage.read_registry_version().await? > before);
    let registry = storage.read_registry().await?;
    let found = registry.boards.iter().find(|known| known.id == hut).expect("the board");
    assert_eq!(found.heartbeat_s, Some(120));
    assert_eq!(storage.find_fleet_board(&reader(), &hut).await?.label.as_str(), "above the door");
    storage.set_board_heartbeat(&by(), &hut, None, after(2)).await?;
    Ok(())
}

async fn retired_boards_keep_their_past(storage: &Storage) -> Outcome {
    let (hut, wired) = (board("hut"), board("board-1"));
    let still = StorageError::BoardWired { board: wired.clone() };
    assert_eq!(storage.retire_board(&by(), &wired, after(0)).await, Err(still));
    storage.retire_board(&by(), &hut, after(1)).await?;
    let found = storage.find_fleet_board(&reader(), &hut).await?;
    assert_eq!(found.retired_at, Some(after(1)));
    assert!(found.keys.iter().all(|key| key.revoked_at.is_some()) && found.session.is_some());
    storage.rotate_key(&by(), &hut, after(2)).await?;
    let fleet = storage.list_fleet(&reader()).await?;
    assert!(fleet.iter().any(|known| known.id == hut && known.retired_at.is_none()), "used again");
    assert!(fleet.is_sorted_by(|a, b| a.id < b.id));
    Ok(())
}
