//! What boards have said, and when they were there.

use crate::words::{Outcome, after, board, by, event, store, store_events};
use domain::{BoardEvent, BoardSession, BoardSessionEnd, ChannelReport, EventId, Record};
use entity::{KeptSession, Skipped, Storage};

pub(crate) async fn tell(storage: &Storage) -> Outcome {
    events_come_back_as_they_were(storage).await?;
    a_repeated_event_is_stored_once(storage).await?;
    what_cannot_be_kept_is_passed_over(storage).await?;
    a_new_era_begins_anew(storage).await?;
    sessions_begin_and_end(storage).await?;
    old_events_are_forgotten(storage).await
}

async fn last_of(storage: &Storage, name: &str) -> Result<Option<EventId>, entity::StorageError> {
    let boards = storage.read_registry().await?.boards;
    Ok(boards.into_iter().find(|known| known.id.as_str() == name).expect("the board").last)
}

async fn events_come_back_as_they_were(storage: &Storage) -> Outcome {
    let first = event("board-1", (7, 1), 0);
    let silent =
        BoardEvent { channels: vec![], rssi_dbm: i16::MIN, battery_mv: u16::MAX, ..event("board-1", (7, 2), 10) };
    let loud = ChannelReport { high: true, high_samples: u16::MAX };
    let largest = BoardEvent { channels: vec![loud; 8], gap: u32::MAX, ..event("board-1", (u32::MAX, u32::MAX), 20) };
    // Out of order: a board may send an old event late.
    let stored = store_events(storage, &[largest.clone(), silent.clone(), first.clone()]).await?;
    assert_eq!((stored.events, stored.duplicates), (3, 0));
    let one = board("board-1");
    assert_eq!(storage.list_events(&one, None, 10).await?, [first.clone(), silent.clone(), largest.clone()]);
    assert_eq!(storage.list_events(&one, Some((0, first.id)), 10).await?, [silent.clone(), largest.clone()]);
    assert_eq!(storage.list_events(&one, Some((0, silent.id)), 10).await?, std::slice::from_ref(&largest));
    assert_eq!(storage.list_events(&one, Some((0, largest.id)), 10).await?, []);
    assert_eq!(storage.list_events(&one, None, 1).await?, [first]);
    assert_eq!(storage.list_events(&board("board-2"), None, 10).await?, []);
    assert_eq!(last_of(storage, "board-1").await?, Some(largest.id));
    Ok(())
}

async fn a_repeated_event_is_stored_once(storage: &Storage) -> Outcome {
    let [first, second] = [event("board-2", (1, 1), 0), event("board-2", (1, 2), 1)];
    store_events(storage, std::slice::from_ref(&first)).await?;
    // With another time of arrival: what was stored first stays.
    let again = BoardEvent { received_at: after(90_000), ..first.clone() };
    let stored = store_events(storage, &[again, second.clone(), second.clone()]).await?;
    assert_eq!((stored.events, stored.duplicates), (1, 2));
    assert_eq!(storage.list_events(&board("board-2"), None, 10).await?, [first, second]);
    Ok(())
}

async fn what_cannot_be_kept_is_passed_over(storage: &Storage) -> Outcome {
    let wide =
        BoardEvent { channels: vec![ChannelReport { high: false, high_samples: 0 }; 9], ..event("board-2", (1, 3), 2) };
    let good = event("board-2", (1, 4), 3);
    let stored = store_events(storage, &[event("stranger", (1, 1), 0), wide.clone(), good.clone()]).await?;
    let channels = Skipped::Channels { board: wide.board, id: wide.id, channels: 9 };
    assert_eq!(stored.skipped, [Skipped::Board(board("stranger")), channels]);
    assert_eq!(stored.events, 1);
    assert_eq!(last_of(storage, "board-2").await?, Some(good.id));
    Ok(())
}

async fn a_new_era_begins_anew(storage: &Storage) -> Outcome {
    let era = storage.confirm_restart(&by(), &board("board-2"), after(0)).await?;
    assert_eq!(last_of(storage, "board-2").await?, None);
    let restarted = BoardEvent { era, ..event("board-2", (1, 1), 4) };
    assert_eq!(store_events(storage, std::slice::from_ref(&restarted)).await?.events, 1);
    assert_eq!(last_of(storage, "board-2").await?, Some(restarted.id));
    let old = EventId { boot: u32::MAX, n: u32::MAX };
    assert_eq!(storage.list_events(&board("board-2"), Some((0, old)), 10).await?, [restarted]);
    Ok(())
}

async fn sessions_begin_and_end(storage: &Storage) -> Outcome {
    let session = |started_ms, firmware: &str| BoardSession {
        board: board("board-1"),
        started_at: after(started_ms),
        boot: u32::MAX,
        key_version: 255,
        firmware: firmware.to_owned(),
        reset_reason: "deep-sleep".to_owned(),
        channels: 4,
        peer: "[2001:db8::1]:50123".to_owned(),
    };
    let end = |started_ms, reason: &str| BoardSessionEnd {
        board: board("board-1"),
        started_at: after(started_ms),
        ended_at: after(started_ms + 50),
        reason: reason.to_owned(),
        asleep_until_at: None,
        battery_mv: None,
    };
    let (first, second) = (session(100, "2.0.1"), session(200, "2.0.1-éééééééééé-too-long"));
    let stranger = BoardSession { board: board("stranger"), ..first.clone() };
    let began = [&first, &first, &stranger, &second].map(|session| Record::SessionStarted(session.clone()));
    assert_eq!(store(storage, &began).await?.skipped, [Skipped::Board(board("stranger"))]);
    store(storage, &[Record::SessionEnded(end(100, "silent")), Record::SessionEnded(end(150, "never began"))]).await?;
    store(storage, &[Record::SessionStarted(first.clone())]).await?;
    let cut = BoardSession { firmware: "2.0.1-éééééééééé".to_owned(), ..second };
    let kept = [KeptSession { session: cut, end: None }, KeptSession { session: first, end: Some(end(100, "silent")) }];
    assert_eq!(storage.list_sessions(&board("board-1"), 10).await?, kept);
    assert_eq!(storage.list_sessions(&board("board-1"), 1).await?, kept[..1]);
    Ok(())
}

async fn old_events_are_forgotten(storage: &Storage) -> Outcome {
    let events: Vec<_> = (1..=1_500).map(|n| event("board-3", (1, n), i64::from(n))).collect();
    assert_eq!(store_events(storage, &events).await?.events, 1_500);
    let ids = |events: Vec<BoardEvent>| events.into_iter().map(|event| event.id.n).collect::<Vec<_>>();
    // Those of the other boards: 2 of the first, 3 of the second; their newest stay.
    assert_eq!(storage.delete_board_events_before(after(11), 1_000).await?, 10 + 2 + 3);
    assert_eq!(storage.delete_board_events_before(after(11), 1_000).await?, 0);
    assert_eq!(ids(storage.list_events(&board("board-3"), None, 2).await?), [11, 12]);
    assert_eq!(storage.delete_board_events_before(after(100_000), 1_200).await?, 1_200);
    assert_eq!(storage.delete_board_events_before(after(100_000), 1_200).await?, 289);
    assert_eq!(storage.delete_board_events_before(after(100_000), 1_200).await?, 0);
    for (name, last) in [("board-1", u32::MAX), ("board-2", 1), ("board-3", 1_500)] {
        assert_eq!(ids(storage.list_events(&board(name), None, 10).await?), [last], "{name}");
        assert_eq!(last_of(storage, name).await?.map(|id| id.n), Some(last), "{name}");
    }
    Ok(())
}
