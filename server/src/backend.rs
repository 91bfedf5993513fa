//! What the pages ask, answered from memory.

use crate::building_now::BuildingNow;
use crate::clock::{SystemClock, utc_now};
use crate::live::{Hub, Latency};
use crate::storing::DrainState;
use app::backend::{Backend, BoardCounts, BoothEntry, FloorDetail, Overview, StatusReport};
use domain::{Booth, BoothNumber, BoothState, BoothStatus, FloorNumber, LocalDay, UtcMs};
use entity::Spool;
use ingest::{BoardReport, BoardState, Clock, Live};
use std::sync::Arc;

/// The server's side of the pages.
pub(crate) struct MemoryBackend {
    pub(crate) memory: Arc<BuildingNow>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) live: Arc<Live>,
    pub(crate) latency: Arc<Latency>,
    pub(crate) clock: SystemClock,
    pub(crate) build: String,
    pub(crate) spool: Arc<Spool>,
    pub(crate) drained: Arc<DrainState>,
}

impl Backend for MemoryBackend {
    fn overview(&self) -> Overview {
        let shown = self.memory.get();
        Overview {
            floors: shown.building.floors.iter().map(|floor| floor.number).collect(),
            snapshot: self.hub.snapshot(None),
            time_zone: shown.site.time_zone.clone(),
            now: self.now(),
            kept: false,
            brews: false,
        }
    }

    fn find_floor(&self, number: FloorNumber) -> Option<FloorDetail> {
        self.memory.get().find_floor(number)
    }

    fn list_booths(&self) -> Vec<BoothEntry> {
        let entry = |booth: &Booth| BoothEntry { number: booth.number, floor: booth.floor, name: booth.name.clone() };
        self.memory.get().building.booths.iter().map(entry).collect()
    }

    fn status(&self) -> StatusReport {
        StatusReport {
            build: self.build.clone(),
            started_at: self.clock.started_at(),
            boards: usize::try_from(self.live.counters().connections_open()).unwrap_or(usize::MAX),
            boards_by_state: count_boards(self.list_boards().iter().map(|(report, _)| report.state)),
            records_waiting: self.spool.depth().records,
            readers: self.hub.reader_count(),
            publication: self.latency.summary(),
        }
    }

    fn local_time(&self, at: UtcMs) -> String {
        self.clock.local_time(at)
    }

    fn local_day(&self, at: UtcMs) -> LocalDay {
        self.clock.local(at).day
    }

    fn now(&self) -> UtcMs {
        utc_now()
    }
}

impl MemoryBackend {
    /// All boards by name, with their booths. Those that prove who they are say themselves how they are; the others are
    /// judged by their booths.
    pub(crate) fn list_boards(&self) -> Vec<(BoardReport, Vec<BoothNumber>)> {
        let mut reports = self.live.boards().list(self.live.now().mono);
        let shown = self.memory.get();
        let building = &shown.building;
        let snapshot = self.hub.snapshot(None);
        for board in &building.boards {
            if !reports.iter().any(|report| report.id == board.id) {
                let booths: Vec<_> = building.booths_of_board(&board.id).collect();
                let states = || snapshot.booths.iter().filter(|booth| booths.contains(&booth.number));
                let state = state_by_booths(states());
                let id = board.id.clone();
                reports.push(BoardReport {
                    id,
                    state,
                    last: None,
                    asleep_until: states().filter_map(|booth| booth.until_at).max(),
                    vitals: None,
                    key_versions: vec![],
                    takeovers: 0,
                });
            }
        }
        reports.sort_by(|a, b| a.id.cmp(&b.id));
        let with_booths = |report: BoardReport| {
            let booths = building.booths_of_board(&report.id).collect();
            (report, booths)
        };
        reports.into_iter().map(with_booths).collect()
    }
}

fn count_boards(states: impl Iterator<Item = BoardState>) -> BoardCounts {
    let mut counts = BoardCounts::default();
    for state in states {
        *match state {
            BoardState::Online => &mut counts.online,
            BoardState::Asleep => &mut counts.asleep,
            BoardState::Late => &mut counts.late,
            BoardState::Never => &mut counts.never,
            BoardState::Quarantined => &mut counts.quarantined,
        } += 1;
    }
    counts
}

fn state_by_booths<'a>(booths: impl Iterator<Item = &'a BoothState>) -> BoardState {
    let state = |booth: &BoothState| match booth.status {
        BoothStatus::Free | BoothStatus::Occupied => BoardState::Online,
        BoothStatus::Asleep | BoothStatus::Off => BoardState::Asleep,
        BoothStatus::Late => BoardState::Late,
        BoothStatus::Unknown => BoardState::Never,
    };
    // One booth that is known is enough; the states are in this order.
    booths.map(state).min().unwrap_or(BoardState::Never)
}
