//! Which channel of which board looks at which booth.

use domain::{BoardId, BoothNumber, Building, SensorId};
use std::collections::HashMap;

/// The wires of a building, found by board and by booth.
#[derive(Debug, Default)]
pub(crate) struct Wiring {
    by_board: HashMap<BoardId, Board>,
    by_booth: HashMap<BoothNumber, Vec<BoardId>>,
    /// The numbers of sensors, which stay theirs.
    sensors: HashMap<(BoardId, u8), SensorId>,
}

#[derive(Debug, Default, PartialEq)]
struct Board {
    /// The longest window among the rules of its booths, in samples.
    window_samples: u16,
    /// Channel, sensor, booth.
    wires: Vec<(u8, SensorId, BoothNumber)>,
}

/// Samples that a board takes in a second.
pub const SAMPLES_PER_S: u16 = 2;
const WINDOW_S_DEFAULT: u16 = 30;

impl Wiring {
    pub(crate) fn new(building: &Building) -> Self {
        Self::default().rewired(building)
    }

    /// The wires of a building that was rearranged.
    pub(crate) fn rewired(&self, building: &Building) -> Self {
        let rules: HashMap<_, _> = building.booths.iter().map(|booth| (booth.number, booth.presence_rule)).collect();
        let mut wiring = Self { sensors: self.sensors.clone(), ..Self::default() };
        for wire in &building.wires {
            let next = SensorId(u32::try_from(wiring.sensors.len()).unwrap_or(u32::MAX));
            let sensor = *wiring.sensors.entry((wire.board.clone(), wire.channel.0)).or_insert(next);
            let board = wiring.by_board.entry(wire.board.clone()).or_default();
            board.wires.push((wire.channel.0, sensor, wire.booth));
            let window = rules.get(&wire.booth).map_or(0, |rule| rule.window());
            board.window_samples = board.window_samples.max(window);
            wiring.by_booth.entry(wire.booth).or_default().push(wire.board.clone());
        }
        wiring
    }

    /// The window of a board in seconds, and what each of its channels looks at.
    pub(crate) fn sensors(&self, board: &BoardId, channels: u8) -> (u16, Vec<Vec<(SensorId, BoothNumber)>>) {
        let Some(board) = self.by_board.get(board) else {
            return (WINDOW_S_DEFAULT, vec![Vec::new(); usize::from(channels)]);
        };
        let of_channel = |channel| {
            let wires = board.wires.iter().filter(move |(of, ..)| *of == channel);
            wires.map(|(_, sensor, booth)| (*sensor, *booth)).collect()
        };
        (board.window_samples.div_ceil(SAMPLES_PER_S).max(1), (0..channels).map(of_channel).collect())
    }

    /// The window of a board, in samples.
    pub(crate) fn window_samples(&self, board: &BoardId) -> u16 {
        self.sensors(board, 0).0.saturating_mul(SAMPLES_PER_S)
    }

    /// Whether a board looks at the same booths, in the same way.
    pub(crate) fn is_same_for(&self, other: &Self, board: &BoardId) -> bool {
        self.by_board.get(board) == other.by_board.get(board)
    }

    /// The boards that look at a booth.
    pub(crate) fn boards_of(&self, booth: BoothNumber) -> impl Iterator<Item = &BoardId> {
        self.by_booth.get(&booth).into_iter().flatten()
    }
}
