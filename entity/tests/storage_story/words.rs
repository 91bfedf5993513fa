//! What all chapters use.

use domain::{
    BoardEvent, BoardId, BoothNumber, ChannelReport, EventId, Holds, Observation, Occupancy, OperateBoards, Record,
    Transition, UnknownReason, UtcMs,
};
use entity::{Storage, StorageError, StoreOutcome, Stored};
use std::error::Error;

pub(crate) type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

pub(crate) const FREE: Observation = Observation::Sensed(Occupancy::Free);
pub(crate) const OCCUPIED: Observation = Observation::Sensed(Occupancy::Occupied);
pub(crate) const LATE: Observation = Observation::Unknown(UnknownReason::Late);
pub(crate) const NO_DATA: Observation = Observation::Unknown(UnknownReason::NoData);
pub(crate) const STOPPED: Observation = Observation::Unknown(UnknownReason::Stopped);

/// A Monday morning.
pub(crate) const START_AT: i64 = 1_795_248_000_000;

/// So long after that morning began.
pub(crate) fn after(ms: i64) -> UtcMs {
    UtcMs(START_AT + ms)
}

pub(crate) fn line(booth: u32, after_ms: i64, observation: Observation) -> Transition {
    Transition { booth: BoothNumber(booth), at: after(after_ms), observation }
}

pub(crate) fn board(name: &str) -> BoardId {
    BoardId::new(name).expect("a valid name")
}

/// An event that was received a second after it happened.
pub(crate) fn event(name: &str, (boot, n): (u32, u32), after_ms: i64) -> BoardEvent {
    BoardEvent {
        board: board(name),
        era: 0,
        id: EventId { boot, n },
        at: after(after_ms),
        received_at: after(after_ms + 1_000),
        channels: [0, 12, 44].map(|high_samples| ChannelReport { high: high_samples > 20, high_samples }).to_vec(),
        battery_mv: 3_712,
        rssi_dbm: -67,
        up_s: u32::MAX,
        gap: n,
    }
}

/// Somebody at the command line.
pub(crate) fn by() -> Holds<OperateBoards> {
    Holds::at_command_line()
}

/// Stores as the next group of a spool.
pub(crate) async fn store(storage: &Storage, records: &[Record]) -> Result<Stored, StorageError> {
    let after = storage.read_position("story").await?;
    Ok(expect_stored(storage.store("story", after, after + 1, records).await?))
}

/// What was stored; something must have been.
pub(crate) fn expect_stored(outcome: StoreOutcome) -> Stored {
    let StoreOutcome::Stored(stored) = outcome else { panic!("{outcome:?}") };
    stored
}

pub(crate) async fn store_lines(storage: &Storage, lines: &[Transition]) -> Result<Stored, StorageError> {
    let records: Vec<_> = lines.iter().copied().map(Record::Transition).collect();
    store(storage, &records).await
}

pub(crate) async fn store_events(storage: &Storage, events: &[BoardEvent]) -> Result<Stored, StorageError> {
    let records: Vec<_> = events.iter().cloned().map(Record::Event).collect();
    store(storage, &records).await
}

pub(crate) async fn list(
    storage: &Storage,
    booth: u32,
    from_ms: i64,
    until_ms: i64,
) -> Result<Vec<Transition>, StorageError> {
    storage.list_transitions(BoothNumber(booth), after(from_ms), after(until_ms)).await
}
