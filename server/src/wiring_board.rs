//! Boards and their channels as somebody sees them who wires: what each watches, and what its detector says.

use crate::backend::MemoryBackend;
use app::admin::{RawSignal, SignalLight, WiringBoard, WiringChannel, draw_strip};
use domain::{BoardId, BoothNumber, Channel, FloorNumber, MonoMs};
use drafting::WiredChannel;
use ingest::{FRESH_FOR_MS, Signal};
use std::collections::{BTreeMap, HashMap};

/// A board has no more.
const CHANNELS_MAX: u8 = 8;
/// Of one that was never heard nobody knows how many it has: those of the first boards.
const CHANNELS_DEFAULT: usize = 4;

/// The boards and wires of one moment.
pub(crate) struct WiringTable<'a> {
    backend: &'a MemoryBackend,
    /// Where booths are.
    floors: HashMap<BoothNumber, FloorNumber>,
    /// What each board watches, by channel.
    wires: HashMap<BoardId, Vec<(u8, BoothNumber)>>,
    /// The boards, and whether each has a key.
    boards: BTreeMap<BoardId, bool>,
    now: MonoMs,
}

/// `board-1/0`.
pub(crate) fn split_channel(text: &str) -> Option<WiredChannel> {
    let (board, channel) = text.split_once('/')?;
    let channel: u8 = channel.parse().ok().filter(|channel| *channel < CHANNELS_MAX)?;
    Some(WiredChannel { board: board.parse().ok()?, channel: Channel(channel) })
}

impl<'a> WiringTable<'a> {
    pub(crate) fn new(backend: &'a MemoryBackend) -> Self {
        let shown = backend.memory.get();
        let now = backend.live.now().mono;
        let mut boards: BTreeMap<BoardId, bool> =
            shown.building.boards.iter().map(|board| (board.id.clone(), false)).collect();
        boards.extend(backend.live.boards().list(now).into_iter().map(|report| (report.id, true)));
        let floors = shown.building.booths.iter().map(|booth| (booth.number, booth.floor)).collect();
        let mut wires: HashMap<BoardId, Vec<(u8, BoothNumber)>> = HashMap::new();
        for wire in &shown.building.wires {
            wires.entry(wire.board.clone()).or_default().push((wire.channel.0, wire.booth));
        }
        Self { backend, floors, wires, boards, now }
    }

    /// Whether there is such a board.
    pub(crate) fn knows(&self, wired: &WiredChannel) -> bool {
        self.boards.contains_key(&wired.board)
    }

    /// All boards: those of this floor, those that watch nothing, the others.
    pub(crate) fn list_boards(&self, floor: FloorNumber) -> Vec<WiringBoard> {
        let mut boards: Vec<(u8, WiringBoard)> = self
            .boards
            .iter()
            .map(|(id, has_key)| {
                let floors: Vec<FloorNumber> =
                    self.wires_of(id).iter().filter_map(|(_, booth)| self.floors.get(booth).copied()).collect();
                let place = if floors.contains(&floor) { 0 } else { 1 + u8::from(!floors.is_empty()) };
                let channels = self.channels_of(id, *has_key);
                (place, WiringBoard { id: id.clone(), has_key: *has_key, is_elsewhere: place == 2, channels })
            })
            .collect();
        boards.sort_by_key(|(place, _)| *place);
        boards.into_iter().map(|(_, board)| board).collect()
    }

    /// All channels of the boards of this floor, and of those that watch nothing; or of all boards.
    pub(crate) fn list_channels(&self, floor: Option<FloorNumber>) -> Vec<(WiredChannel, WiringChannel)> {
        let is_wanted = |id: &BoardId| {
            let wires = self.wires_of(id);
            wires.is_empty()
                || floor.is_none()
                || wires.iter().any(|(_, booth)| self.floors.get(booth).copied() == floor)
        };
        let of_board = |(id, has_key): (&BoardId, &bool)| {
            let name = |known: WiringChannel| (WiredChannel { board: id.clone(), channel: known.channel }, known);
            self.channels_of(id, *has_key).into_iter().map(name).collect::<Vec<_>>()
        };
        self.boards.iter().filter(|(id, _)| is_wanted(id)).flat_map(of_board).collect()
    }

    fn channels_of(&self, id: &BoardId, has_key: bool) -> Vec<WiringChannel> {
        let heard = self.backend.live.boards().signals_of_board(id);
        let wires = self.wires_of(id);
        let wired = wires.iter().map(|(channel, _)| usize::from(*channel) + 1).max().unwrap_or(0);
        let count = if heard.is_empty() { wired.max(CHANNELS_DEFAULT) } else { wired.max(heard.len()) };
        let fresh_ms = u64::from(self.backend.live.boards().heartbeat_s()) * 2_500;
        (0..CHANNELS_MAX)
            .take(count)
            .map(|channel| {
                let booth = wires.iter().find(|(of, _)| *of == channel).map(|(_, booth)| *booth);
                let signal = match (has_key, booth) {
                    (true, _) => heard.get(usize::from(channel)).map(|signal| self.draw(signal, fresh_ms)),
                    // Boards of 2016 speak of booths.
                    (false, Some(booth)) => {
                        let signal = self.backend.live.boards().signal_of_booth(booth);
                        signal.map(|signal| self.draw(&signal, FRESH_FOR_MS))
                    }
                    (false, None) => None,
                };
                let silent = || RawSignal { light: SignalLight::Silent, strip: String::new() };
                WiringChannel { channel: Channel(channel), booth, signal: signal.unwrap_or_else(silent) }
            })
            .collect()
    }

    fn draw(&self, signal: &Signal, fresh_ms: u64) -> RawSignal {
        let is_fresh = signal.heard().is_some_and(|heard| self.now.since(heard) < fresh_ms);
        let light = match signal.is_high().filter(|_| is_fresh) {
            Some(true) => SignalLight::High,
            Some(false) => SignalLight::Low,
            None => SignalLight::Silent,
        };
        let mut changes: Vec<(u64, bool)> = signal.changes().map(|(at, high)| (self.now.since(at), high)).collect();
        if !is_fresh && let Some(heard) = signal.heard() {
            // What it said last does not hold until now.
            changes.push((self.now.since(heard), false));
        }
        RawSignal { light, strip: draw_strip(&changes) }
    }

    fn wires_of(&self, board: &BoardId) -> &[(u8, BoothNumber)] {
        self.wires.get(board).map_or(&[], Vec::as_slice)
    }
}
