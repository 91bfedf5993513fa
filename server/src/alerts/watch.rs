//! What is wrong now, as far as the server's memory knows. Nothing here waits for anything.

use crate::backend::MemoryBackend;
use domain::{
    AlertKey, AlertKind, AlertLook, AlertSubject, BoardId, BoothNumber, BoothStatus, FlapWatch, FloorNumber, Moment,
    MonoMs, Occupancy, Stuck, is_battery_low,
};
use ingest::{Alert, BoardReport, BoardState, Stranger};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Records that wait longer for the database are worth a look.
const SPOOL_LATE_MS: u64 = 60_000;
/// The two clocks may differ by this between two looks: a clock that is being corrected goes a little faster or slower.
const CLOCK_JUMP_MS: u64 = 5_000;
/// So long it is told of a clock that was set.
const CLOCK_TOLD_FOR_MS: u64 = 60_000;

/// What only the database knows; none before it was asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Stored {
    /// Whether it answers.
    pub(super) answers: Option<bool>,
    pub(super) failed_publications: Option<Vec<(FloorNumber, String)>>,
    pub(super) stuck: Option<Vec<(BoothNumber, Stuck)>>,
}

/// Looks at the server, and remembers what it has to.
pub(super) struct Watch {
    backend: Arc<MemoryBackend>,
    /// A board that was not heard since the start is missing after so long.
    never_after_ms: u64,
    started: MonoMs,
    last: Moment,
    clock_set: Option<MonoMs>,
    flaps: FlapWatch,
    low: BTreeSet<BoardId>,
}

impl Watch {
    pub(super) fn new(backend: Arc<MemoryBackend>, never_after_ms: u64) -> Self {
        let last = backend.live.now();
        let (started, flaps, low) = (last.mono, FlapWatch::default(), BTreeSet::new());
        Self { backend, never_after_ms, started, last, clock_set: None, flaps, low }
    }

    pub(super) fn look(&mut self, stored: &Stored) -> (AlertLook, Moment) {
        let now = self.backend.live.now();
        let mut look = AlertLook::default();
        self.look_at_boards(&mut look, now);
        self.look_at_doors(&mut look, now);
        self.look_at_booths(&mut look, now);
        self.look_at_keeping(&mut look, now);
        self.look_at_clock(&mut look, now);
        look_at_stored(&mut look, stored);
        (look, now)
    }

    fn look_at_boards(&mut self, look: &mut AlertLook, now: Moment) {
        let is_open = self.backend.live.is_open();
        let is_early = now.mono.since(self.started) < self.never_after_ms;
        for (report, booths) in self.backend.list_boards() {
            let late = of_board(AlertKind::BoardLate, &report.id);
            match report.state {
                BoardState::Late => see(look, late, ""),
                BoardState::Never if is_early || !is_open => drop(look.unsure.insert(late)),
                BoardState::Never if !booths.is_empty() => see(look, late, ""),
                // Boards without a name are judged by their booths, of which nobody speaks now.
                BoardState::Asleep if !is_open => drop(look.unsure.insert(late)),
                BoardState::Quarantined => drop(look.unsure.insert(late)),
                BoardState::Never | BoardState::Asleep | BoardState::Online => {}
            }
            self.look_at_battery(look, &report);
        }
    }

    fn look_at_battery(&mut self, look: &mut AlertLook, report: &BoardReport) {
        let low = of_board(AlertKind::BatteryLow, &report.id);
        let Some(vitals) = report.vitals.as_ref().and_then(|vitals| vitals.report) else {
            look.unsure.insert(low);
            return;
        };
        if is_battery_low(self.low.contains(&report.id), vitals.battery_mv) {
            self.low.insert(report.id.clone());
            see(look, low, &vitals.battery_mv.to_string());
        } else {
            self.low.remove(&report.id);
        }
    }

    /// Who wants to come in, and may not.
    fn look_at_doors(&self, look: &mut AlertLook, now: Moment) {
        let boards = self.backend.live.boards();
        for alert in boards.alerts().list(now.mono) {
            see(look, key_of(&alert), "");
        }
        for (stranger, address) in boards.strangers().list(now.mono) {
            let kind = match stranger {
                Stranger::NoKey => AlertKind::UnknownBoard,
                Stranger::OldProtocol => AlertKind::OldProtocol,
            };
            see(look, of_system(kind), &address.to_string());
        }
    }

    fn look_at_booths(&mut self, look: &mut AlertLook, now: Moment) {
        let snapshot = self.backend.hub.snapshot(None);
        self.flaps.keep_only(&snapshot.booths.iter().map(|booth| booth.number).collect());
        for booth in &snapshot.booths {
            let occupancy = match booth.status {
                BoothStatus::Free => Occupancy::Free,
                BoothStatus::Occupied => Occupancy::Occupied,
                _ => continue,
            };
            self.flaps.note(booth.number, occupancy, now.mono);
        }
        for (booth, changes) in self.flaps.list(now.mono) {
            see(look, of_booth(AlertKind::DetectorFlapping, booth), &changes.to_string());
        }
        if now.mono.since(self.started) < FlapWatch::LEARNS_FOR_MS {
            look.unsure_kinds.insert(AlertKind::DetectorFlapping);
        }
    }

    fn look_at_keeping(&self, look: &mut AlertLook, now: Moment) {
        let counters = self.backend.live.counters();
        if counters.journal_failing.get() {
            see(look, of_system(AlertKind::DiskRefuses), &counters.records_waiting().to_string());
        }
        if counters.records_lost.get() > 0 {
            see(look, of_system(AlertKind::RecordsLost), &counters.records_lost.get().to_string());
        }
        let spool = self.backend.spool.depth();
        if spool.oldest_at.is_some_and(|oldest| now.at.since(oldest) > SPOOL_LATE_MS) {
            see(look, of_system(AlertKind::SpoolBehind), &spool.records.to_string());
        }
        if self.backend.drained.awaiting.get() || self.backend.drained.failing.get() {
            see(look, of_system(AlertKind::DatabaseAway), "");
        }
    }

    fn look_at_clock(&mut self, look: &mut AlertLook, now: Moment) {
        let passed = i64::try_from(now.mono.since(self.last.mono)).unwrap_or(i64::MAX);
        let jump_ms = now.at.0.saturating_sub(self.last.at.0).saturating_sub(passed);
        self.last = now;
        if jump_ms.unsigned_abs() >= CLOCK_JUMP_MS {
            self.clock_set = Some(now.mono);
            see(look, of_system(AlertKind::ClockJump), &(jump_ms / 1_000).to_string());
            return;
        }
        let is_recent = self.clock_set.is_some_and(|set| now.mono.since(set) < CLOCK_TOLD_FOR_MS);
        if is_recent {
            look.unsure_kinds.insert(AlertKind::ClockJump);
        }
    }
}

fn look_at_stored(look: &mut AlertLook, stored: &Stored) {
    match stored.answers {
        Some(false) => see(look, of_system(AlertKind::DatabaseAway), ""),
        Some(true) => {}
        None => drop(look.unsure_kinds.insert(AlertKind::DatabaseAway)),
    }
    match &stored.failed_publications {
        Some(failed) => {
            for (floor, problem) in failed {
                let key = AlertKey { kind: AlertKind::PublicationFailed, subject: AlertSubject::Floor(*floor) };
                see(look, key, problem);
            }
        }
        None => drop(look.unsure_kinds.insert(AlertKind::PublicationFailed)),
    }
    match &stored.stuck {
        Some(stuck) => {
            for (booth, stuck) in stuck {
                let (kind, hours) = match stuck {
                    Stuck::Occupied(hours) => (AlertKind::StuckOccupied, hours),
                    Stuck::Free(hours) => (AlertKind::StuckFree, hours),
                };
                see(look, of_booth(kind, *booth), &hours.to_string());
            }
        }
        None => look.unsure_kinds.extend([AlertKind::StuckOccupied, AlertKind::StuckFree]),
    }
}

/// The incident that an alert of the board listener belongs to.
pub(super) fn key_of(alert: &Alert) -> AlertKey {
    match alert {
        Alert::Downgrade { booth } => of_booth(AlertKind::Downgrade, *booth),
        Alert::BootWentBack { board } => of_board(AlertKind::BootWentBack, board),
        Alert::Quarantine { board } => of_board(AlertKind::Quarantine, board),
        Alert::KeyRevoked { board } => of_board(AlertKind::KeyRevoked, board),
    }
}

fn see(look: &mut AlertLook, key: AlertKey, detail: &str) {
    look.seen.insert(key, detail.to_owned());
}

fn of_system(kind: AlertKind) -> AlertKey {
    AlertKey { kind, subject: AlertSubject::System }
}

fn of_board(kind: AlertKind, board: &BoardId) -> AlertKey {
    AlertKey { kind, subject: AlertSubject::Board(board.clone()) }
}

fn of_booth(kind: AlertKind, booth: BoothNumber) -> AlertKey {
    AlertKey { kind, subject: AlertSubject::Booth(booth) }
}
