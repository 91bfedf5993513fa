//! How fast this disk takes groups, in the form of the product's own spool.

use crate::figures::{Figures, Latencies, per_second};
use crate::installation::Folder;
use crate::process::own_usage;
use crate::v2::board_id;
use domain::{BoardEvent, ChannelReport, EventId, Record, UtcMs};
use entity::{Spool, SpoolSettings};
use std::time::{Duration, Instant};

/// Appends groups of so many events for this long, one after the other.
pub(crate) async fn commit_groups(folder: &Folder, events: u32, measured: Duration) -> anyhow::Result<Figures> {
    let path = folder.path().join("limit.sqlite");
    drop(std::fs::remove_file(&path));
    let spool = Spool::open(&path, SpoolSettings::default()).await?;
    let group = make_group(events)?;
    let (before, started) = (own_usage()?, Instant::now());
    let mut latencies = Latencies::default();
    while started.elapsed() < measured {
        let began = Instant::now();
        spool.append(&group, UtcMs(0)).await?;
        latencies.note(began.elapsed());
    }
    let frames = latencies.count() * u64::from(events);
    let seconds = started.elapsed().as_secs_f64();
    let cpu = own_usage()?.cpu.saturating_sub(before.cpu);
    spool.close().await;
    let durable = Some(per_second(frames, seconds));
    Ok(Figures { durable, ..Figures::of(frames, cpu, &latencies) })
}

fn make_group(events: u32) -> anyhow::Result<Vec<Record>> {
    let board = board_id(100)?;
    let channels = vec![ChannelReport { high: false, high_samples: 23 }; 3];
    let event = |n| {
        Record::Event(BoardEvent {
            board: board.clone(),
            era: 0,
            id: EventId { boot: 1, n },
            at: UtcMs(1_790_000_000_000),
            received_at: UtcMs(1_790_000_000_012),
            channels: channels.clone(),
            battery_mv: 3_712,
            rssi_dbm: -67,
            up_s: 4_321,
            gap: 0,
        })
    };
    Ok((0..events).map(event).collect())
}
