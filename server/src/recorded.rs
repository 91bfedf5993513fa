//! What the detectors of a booth have said lately: for whoever tries another filter.

use crate::backend::MemoryBackend;
use domain::{BoothNumber, Channel, Holds, ReadAdmin, Recorded, RecordedReport, SensorCount, SensorId, UtcMs};
use entity::{Storage, StorageError};
use ingest::{FRESH_FOR_MS, SAMPLES_PER_S, Signal};

const DAY_MS: u64 = 86_400_000;
const SAMPLE_EVERY_MS: u64 = 500;

/// The reports about a booth, oldest first, and how long each is fresh: of the last 24 hours, where its boards keep events. Of
/// boards of 2016, whose samples are kept nowhere, what is remembered of their last minutes.
pub(crate) async fn list_reports(
    backend: &MemoryBackend,
    storage: &Storage,
    by: &Holds<ReadAdmin>,
    (booth, until): (BoothNumber, UtcMs),
) -> Result<(Vec<RecordedReport>, u64), StorageError> {
    let shown = backend.memory.get();
    let boards = backend.live.boards();
    let mut reports = Vec::new();
    for (sensor, wire) in (0..).zip(shown.building.wires.iter().filter(|wire| wire.booth == booth)) {
        let window_samples = boards.window_samples(&wire.board);
        let events = match storage.list_recorded(by, &wire.board, until.minus(DAY_MS)).await {
            Ok(events) => events,
            Err(StorageError::UnknownBoard { .. }) => continue,
            Err(error) => return Err(error),
        };
        for event in events {
            let Channel(channel) = wire.channel;
            let Some(said) = event.channels.get(usize::from(channel)) else { continue };
            let since_woken = u16::try_from(event.up_s).unwrap_or(u16::MAX).saturating_mul(SAMPLES_PER_S);
            let is_still = !said.high && said.high_samples == 0;
            let seen_samples = if is_still { window_samples } else { since_woken.min(window_samples) };
            let high_samples = said.high_samples;
            let count = SensorCount { booth, sensor: SensorId(sensor), high_samples, seen_samples, window_samples };
            reports.push(RecordedReport { at: event.at, said: Recorded::Count { count, high: said.high } });
        }
    }
    reports.sort_by_key(|report| report.at);
    if !reports.is_empty() {
        return Ok((reports, u64::from(boards.heartbeat_s()) * 2_500));
    }
    let Some(signal) = boards.signal_of_booth(booth) else { return Ok((Vec::new(), FRESH_FOR_MS)) };
    let now = backend.live.now();
    let at = |mono| now.at.minus(now.mono.since(mono));
    Ok((samples_of(&signal, at), FRESH_FOR_MS))
}

/// A board of 2016 is asked twice a second.
fn samples_of(signal: &Signal, at: impl Fn(domain::MonoMs) -> UtcMs) -> Vec<RecordedReport> {
    let Some(heard) = signal.heard() else { return Vec::new() };
    let changes: Vec<_> = signal.changes().collect();
    let ends = changes.iter().skip(1).map(|(until, _)| *until).chain([heard]);
    let mut samples = Vec::new();
    for ((from, high), until) in changes.iter().zip(ends) {
        let mut now = *from;
        while now < until {
            samples.push(RecordedReport { at: at(now), said: Recorded::Sample { high: *high } });
            now = now.plus(SAMPLE_EVERY_MS);
        }
    }
    samples
}
