//! A day of history.

use crate::words::{FREE, LATE, OCCUPIED, Outcome, after, line, list, store, store_lines};
use domain::{BoothNumber, Record, Transition};
use entity::{Skipped, Storage, StorageError};
use std::time::Instant;

const BATCH_ROWS: i64 = 1_000;
/// Written one by one they take 2,000 ms and more, in a few statements some 40 ms.
const BATCH_MS_MAX: u128 = 1_000;

pub(crate) async fn tell(storage: &Storage) -> Outcome {
    it_keeps_its_order(storage).await?;
    what_was_known_before(storage).await?;
    unknown_booths_are_passed_over(storage).await?;
    a_big_batch_is_quick(storage).await
}

pub(crate) async fn list_day(storage: &Storage) -> Result<Vec<Transition>, StorageError> {
    list(storage, 41, 0, 86_400_000).await
}

async fn it_keeps_its_order(storage: &Storage) -> Outcome {
    let lines =
        [line(41, 0, FREE), line(41, 7, OCCUPIED), line(41, 7, FREE), line(41, 7, LATE), line(41, 20, OCCUPIED)];
    assert_eq!(store_lines(storage, &lines[..3]).await?.transitions, 3);
    store_lines(storage, &[line(42, 7, FREE), lines[3], lines[4]]).await?;
    assert_eq!(store(storage, &[]).await?.transitions, 0);
    assert_eq!(list(storage, 41, 0, 21).await?, lines);
    assert_eq!(list(storage, 41, 7, 20).await?, lines[1..4], "from is within, until is not");
    Ok(())
}

async fn what_was_known_before(storage: &Storage) -> Outcome {
    for (ms, expect) in
        [(0, None), (1, Some(FREE)), (7, Some(FREE)), (8, Some(LATE)), (20, Some(LATE)), (21, Some(OCCUPIED))]
    {
        assert_eq!(storage.find_observation_before(BoothNumber(41), after(ms)).await?, expect, "{ms} ms");
    }
    let error = storage.find_observation_before(BoothNumber(999), after(0)).await.expect_err("names it");
    assert_eq!(error, StorageError::UnknownBooth { booth: BoothNumber(999) });
    Ok(())
}

async fn unknown_booths_are_passed_over(storage: &Storage) -> Outcome {
    let lines = [line(999, 30, FREE), line(43, 30, OCCUPIED), line(7, 31, FREE), line(999, 32, FREE)];
    let stored = store_lines(storage, &lines).await?;
    assert_eq!(stored.skipped, [7, 999].map(|number| Skipped::Booth(BoothNumber(number))));
    assert_eq!(stored.transitions, 1);
    assert_eq!(list(storage, 43, 30, 31).await?, lines[1..2], "the rest is stored");
    assert!(matches!(list(storage, 999, 0, 1).await, Err(StorageError::UnknownBooth { .. })));
    Ok(())
}

async fn a_big_batch_is_quick(storage: &Storage) -> Outcome {
    let observation = |number: i64| if number % 2 == 0 { FREE } else { OCCUPIED };
    let lines: Vec<_> = (0..BATCH_ROWS + 1).map(|number| line(61, 1_000 + number, observation(number))).collect();
    let records: Vec<_> = lines.iter().copied().map(Record::Transition).collect();
    let begun = Instant::now();
    store(storage, &records).await?;
    let took_ms = begun.elapsed().as_millis();
    println!("{} transitions in {took_ms} ms", lines.len());
    assert!(took_ms < BATCH_MS_MAX, "{took_ms} ms");
    assert_eq!(list(storage, 61, 1_000, 1_000 + BATCH_ROWS + 1).await?, lines);
    Ok(())
}
