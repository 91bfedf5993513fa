//! What is known of boards, put together: memory knows the present, the database the past.

use super::desk::FleetDesk;
use super::trends::{Trend, Trends};
use crate::clock::utc_now;
use app::admin::{
    BoardEntry, BoardKeyEntry, BoardView, BoardWire, ChartRange, CommandEntry, FleetQuery, FleetShow, FleetSort,
    FleetView, SessionEntry, Span, Suspicion,
};
use domain::{
    BatteryOutlook, BoardHealth, BoardId, BoardPresence, BoardSigns, BoardSleep, BoothNumber, Holds, ReadAdmin, UtcMs,
    battery_percent,
};
use entity::{FleetBoard, IssuedKey, KeptCommand, KeptSession, StorageError};
use ingest::{Alert, BoardReport, BoardState};
use std::cmp::{Ordering, Reverse};

/// Sessions and commands on a board's page.
const PAST_MAX: u64 = 20;
/// More often within a minute than a board that only has a bad network.
const TAKEOVERS_STRANGE: usize = 3;
/// Of a season, so much is one point.
const SEASON_SLOT_MS: u32 = 6 * 3_600_000;

type Live = (BoardReport, Vec<BoothNumber>);

impl FleetDesk {
    /// The boards that were asked for.
    pub(crate) async fn list(&self, by: &Holds<ReadAdmin>, query: FleetQuery) -> Result<FleetView, StorageError> {
        let now = utc_now();
        let fleet = self.storage.list_fleet(by).await?;
        let trends = self.trends.read(&self.storage, now).await?;
        let (live, alerts) = (self.backend.list_boards(), self.alerts());
        let entry = |kept: FleetBoard| {
            let known = live.iter().find(|(report, _)| report.id == kept.id);
            let trend = trends.get(&kept.id);
            entry(self.heartbeat_of(&kept), kept, known, trend, &alerts, now)
        };
        let entries: Vec<_> = fleet.into_iter().map(entry).collect();
        let used = || entries.iter().filter(|entry| !entry.is_retired);
        let (total, problems) = (used().count(), used().filter(|entry| is_problem(entry)).count());
        let mut boards: Vec<_> = entries.into_iter().filter(|entry| is_asked_for(entry, &query)).collect();
        boards.sort_by(|a, b| order(a, b, query.sort).then_with(|| a.id.cmp(&b.id)));
        if query.is_descending {
            boards.reverse();
        }
        Ok(FleetView { query, boards, total, problems, span: Trends::span(now) })
    }

    /// One board with all that is known of it.
    pub(crate) async fn find(
        &self,
        by: &Holds<ReadAdmin>,
        board: &BoardId,
        range: ChartRange,
    ) -> Result<BoardView, StorageError> {
        let now = utc_now();
        let kept = self.storage.find_fleet_board(by, board).await?;
        let commands = self.storage.list_commands(by, board, PAST_MAX).await?;
        let sessions = self.storage.list_sessions(board, PAST_MAX).await?;
        let span = Span { from: now.minus(range.hours() * 3_600_000), to: now };
        let slot_ms = if range == ChartRange::Season { SEASON_SLOT_MS } else { 1 };
        let samples = self.storage.list_samples(board, span.from, slot_ms).await?;
        let trends = self.trends.read(&self.storage, now).await?;
        let live = self.backend.list_boards();
        let known = live.iter().find(|(report, _)| report.id == *board);
        let used = kept.session.as_ref().map(|kept| kept.session.key_version);
        let (heartbeat_s, heartbeat_default_s) = (kept.heartbeat_s, self.backend.live.boards().heartbeat_s());
        Ok(BoardView {
            keys: kept.keys.iter().rev().map(|key| key_entry(key, used)).collect(),
            wires: self.wires_of(board),
            entry: entry(self.heartbeat_of(&kept), kept, known, trends.get(board), &self.alerts(), now),
            commands: commands.into_iter().map(command_entry).collect(),
            sessions: sessions.into_iter().map(session_entry).collect(),
            now,
            heartbeat_s,
            heartbeat_default_s,
            range,
            span,
            samples,
        })
    }

    fn alerts(&self) -> Vec<Alert> {
        self.backend.live.boards().alerts().list(self.backend.live.now().mono)
    }

    fn heartbeat_of(&self, kept: &FleetBoard) -> u16 {
        kept.heartbeat_s.unwrap_or_else(|| self.backend.live.boards().heartbeat_s())
    }

    fn wires_of(&self, board: &BoardId) -> Vec<BoardWire> {
        let shown = self.backend.memory.get();
        let wires = shown.building.wires.iter().filter(|wire| wire.board == *board);
        let floor = |booth| shown.building.booths.iter().find(|known| known.number == booth).map(|known| known.floor);
        wires
            .filter_map(|wire| Some(BoardWire { channel: wire.channel, booth: wire.booth, floor: floor(wire.booth)? }))
            .collect()
    }
}

fn entry(
    heartbeat_s: u16,
    kept: FleetBoard,
    live: Option<&Live>,
    trend: Option<&Trend>,
    alerts: &[Alert],
    now: UtcMs,
) -> BoardEntry {
    let report = live.map(|(report, _)| report);
    let vitals = report.and_then(|report| report.vitals.as_ref());
    let reported = vitals.and_then(|vitals| vitals.report);
    let seen_at = seen_at(&kept, report);
    let signs = BoardSigns { presence: presence(report, now), heard_at: seen_at, sleep: last_sleep(&kept) };
    let health = BoardHealth::of(signs, now);
    let session = kept.session.as_ref().map(|kept| &kept.session);
    let (sample, has_keys) = (kept.sample, !kept.keys.is_empty());
    let up_since =
        vitals.zip(reported).map(|(vitals, reported)| vitals.heard_at.minus(u64::from(reported.up_s) * 1_000));
    BoardEntry {
        expected_at: expected_at(health, seen_at, heartbeat_s).filter(|_| has_keys),
        suspicions: suspicions(&kept.id, report, alerts),
        booths: live.map(|(_, booths)| booths.clone()).unwrap_or_default(),
        battery_mv: reported.map(|reported| reported.battery_mv).or(sample.map(|sample| sample.battery_mv)),
        rssi_dbm: reported.map(|reported| reported.rssi_dbm).or(sample.and_then(|sample| sample.rssi_dbm)),
        firmware: vitals.map(|v| v.firmware.clone()).or_else(|| session.map(|s| s.firmware.clone())),
        reset_reason: vitals.map(|v| v.reset_reason.clone()).or_else(|| session.map(|s| s.reset_reason.clone())),
        up_since: up_since.filter(|_| health == BoardHealth::Online),
        outlook: trend.map_or(BatteryOutlook::TooEarly, |trend| trend.outlook),
        battery: trend.map(|trend| trend.battery.clone()).unwrap_or_default(),
        rssi: trend.map(|trend| trend.rssi.clone()).unwrap_or_default(),
        is_retired: kept.retired_at.is_some(),
        id: kept.id,
        label: kept.label,
        health,
        has_keys,
        seen_at,
    }
}

fn presence(report: Option<&BoardReport>, now: UtcMs) -> BoardPresence {
    match report.map(|report| (report.state, report.asleep_until)) {
        Some((BoardState::Online, _)) => BoardPresence::Here,
        Some((BoardState::Asleep, until_at)) => BoardPresence::Asleep { until_at: until_at.unwrap_or(now) },
        Some((BoardState::Quarantined, _)) => BoardPresence::Quarantined,
        Some((BoardState::Late | BoardState::Never, _)) | None => BoardPresence::Missing,
    }
}

/// When it was last heard, now or in an earlier run of the server.
fn seen_at(kept: &FleetBoard, report: Option<&BoardReport>) -> Option<UtcMs> {
    let session = kept.session.as_ref();
    let left_at = session.and_then(|kept| kept.end.as_ref()).filter(|end| end.asleep_until_at.is_some());
    [
        report.and_then(|report| report.vitals.as_ref()).map(|vitals| vitals.heard_at),
        session.map(|kept| kept.session.started_at),
        left_at.map(|end| end.ended_at),
        kept.sample.map(|sample| sample.at),
    ]
    .into_iter()
    .flatten()
    .max()
}

fn last_sleep(kept: &FleetBoard) -> Option<BoardSleep> {
    let end = kept.session.as_ref()?.end.as_ref()?;
    Some(BoardSleep { from_at: end.ended_at, until_at: end.asleep_until_at? })
}

fn expected_at(health: BoardHealth, seen_at: Option<UtcMs>, heartbeat_s: u16) -> Option<UtcMs> {
    match health {
        BoardHealth::Online => seen_at.map(|at| at.plus(u64::from(heartbeat_s) * 1_000)),
        BoardHealth::Asleep { until_at } => Some(until_at),
        _ => None,
    }
}

fn suspicions(id: &BoardId, report: Option<&BoardReport>, alerts: &[Alert]) -> Vec<Suspicion> {
    let of_alert = |alert: &Alert| match alert {
        Alert::BootWentBack { board } if board == id => Some(Suspicion::Restarted),
        Alert::KeyRevoked { board } if board == id => Some(Suspicion::RevokedKey),
        _ => None,
    };
    let is_copied =
        report.is_some_and(|report| report.state == BoardState::Quarantined || report.takeovers >= TAKEOVERS_STRANGE);
    let copy = is_copied.then_some(Suspicion::Copy);
    copy.into_iter().chain(alerts.iter().filter_map(of_alert)).collect()
}

fn is_problem(entry: &BoardEntry) -> bool {
    entry.health.is_problem() || !entry.suspicions.is_empty()
}

fn is_asked_for(entry: &BoardEntry, query: &FleetQuery) -> bool {
    let text = query.text.trim().to_lowercase();
    let names = [entry.id.to_string(), entry.label.to_string().to_lowercase()];
    let has_booth = || entry.booths.iter().any(|booth| booth.to_string() == text);
    let shown = match query.show {
        FleetShow::All => !entry.is_retired,
        FleetShow::Problems => !entry.is_retired && is_problem(entry),
        FleetShow::Retired => entry.is_retired,
    };
    shown && (text.is_empty() || names.iter().any(|name| name.contains(&text)) || has_booth())
}

fn order(a: &BoardEntry, b: &BoardEntry, sort: FleetSort) -> Ordering {
    match sort {
        // Times within a state do not count: it would jump about.
        FleetSort::State => {
            let rank = |entry: &BoardEntry| (Reverse(entry.suspicions.len().min(1)), severity(entry.health));
            rank(a).cmp(&rank(b))
        }
        FleetSort::Name => a.id.cmp(&b.id),
        FleetSort::Seen => a.seen_at.cmp(&b.seen_at),
        FleetSort::Battery => {
            last_if_none(a.battery_mv.and_then(battery_percent), b.battery_mv.and_then(battery_percent))
        }
        FleetSort::Signal => last_if_none(a.rssi_dbm, b.rssi_dbm),
        FleetSort::Firmware => last_if_none(a.firmware.as_ref(), b.firmware.as_ref()),
    }
}

fn severity(health: BoardHealth) -> BoardHealth {
    match health {
        BoardHealth::Offline { .. } => BoardHealth::Offline { since_at: UtcMs(0) },
        BoardHealth::Late { .. } => BoardHealth::Late { since_at: UtcMs(0) },
        BoardHealth::Asleep { .. } => BoardHealth::Asleep { until_at: UtcMs(0) },
        other => other,
    }
}

fn last_if_none<T: Ord + Copy>(a: Option<T>, b: Option<T>) -> Ordering {
    a.is_none().cmp(&b.is_none()).then_with(|| a.cmp(&b))
}

fn key_entry(key: &IssuedKey, used: Option<u8>) -> BoardKeyEntry {
    let IssuedKey { version, issued_at, revoked_at, .. } = *key;
    BoardKeyEntry { version, issued_at, revoked_at, is_used: used == Some(version) }
}

fn command_entry(kept: KeptCommand) -> CommandEntry {
    let KeptCommand { id, command, asked_by, asked_at, ended_at, state, .. } = kept;
    CommandEntry { id, command, asked_by, asked_at, state, ended_at }
}

fn session_entry(kept: KeptSession) -> SessionEntry {
    let KeptSession { session, end } = kept;
    SessionEntry {
        started_at: session.started_at,
        end: end.map(|end| (end.ended_at, end.reason)),
        firmware: session.firmware,
        reset_reason: session.reset_reason,
        peer: session.peer,
    }
}
