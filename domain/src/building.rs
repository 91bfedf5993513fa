//! What does not change by itself: floors, their plans, the booths on them, boards and their wiring.

use crate::{BoardId, BoothNumber, Channel, FloorNumber, PresenceRule};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that administrators arrange, as read from storage at one time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Building {
    /// The floors, in the order of their tabs.
    pub floors: Vec<Floor>,
    /// The booths of all floors, by number.
    pub booths: Vec<Booth>,
    /// The boards.
    pub boards: Vec<Board>,
    /// Which channel of which board watches which booth.
    pub wires: Vec<Wire>,
}

impl Building {
    /// The booths that `board` watches, in the order of its channels.
    pub fn booths_of_board<'a>(&'a self, board: &'a BoardId) -> impl Iterator<Item = BoothNumber> + 'a {
        self.wires.iter().filter(move |wire| wire.board == *board).map(|wire| wire.booth)
    }

    /// The booths that other channels watch than in `before`, or that stand on another floor; those that are new, too.
    #[must_use]
    pub fn list_rewired_since(&self, before: &Self) -> BTreeSet<BoothNumber> {
        let (now, then) = (self.sensors(), before.sensors());
        now.iter().filter(|(number, sensors)| then.get(*number) != Some(*sensors)).map(|(number, _)| *number).collect()
    }

    fn sensors(&self) -> BTreeMap<BoothNumber, Sensors<'_>> {
        let mut sensors: BTreeMap<_, Sensors<'_>> =
            self.booths.iter().map(|booth| (booth.number, (booth.floor, Vec::new()))).collect();
        for wire in &self.wires {
            if let Some((_, of_booth)) = sensors.get_mut(&wire.booth) {
                of_booth.push((&wire.board, wire.channel));
            }
        }
        sensors
    }

    /// The board whose channels, in order, watch just these booths.
    #[must_use]
    pub fn find_board_by_booths(&self, booths: &[BoothNumber]) -> Option<&BoardId> {
        let watches = |board: &&Board| self.booths_of_board(&board.id).eq(booths.iter().copied());
        self.boards.iter().find(watches).map(|board| &board.id)
    }
}

/// The floor of a booth, and what watches it.
type Sensors<'a> = (FloorNumber, Vec<(&'a BoardId, Channel)>);

/// A floor of the building.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Floor {
    /// Its number, which names it in addresses.
    pub number: FloorNumber,
    /// Counts the publications of its layout.
    pub version: u32,
}

/// The drawing of a floor: what stands still under the booths.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FloorPlan {
    /// The user space that placements are measured in.
    pub view_box: ViewBox,
    /// SVG elements without their `<svg>` root, painted by class names alone.
    pub drawing: String,
}

/// A rectangle of SVG user space, y downwards.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ViewBox {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width, above zero.
    pub width: f64,
    /// Height, above zero.
    pub height: f64,
}

/// Where a booth is drawn: a rectangle in the user space of the floor's plan, y downwards.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Placement {
    /// Left edge before rotation.
    pub x: f64,
    /// Upper edge before rotation.
    pub y: f64,
    /// Width, above zero.
    pub width: f64,
    /// Height, above zero.
    pub height: f64,
    /// Clockwise about the centre, in degrees.
    pub rotation_deg: f64,
}

/// A small office box that somebody can sit in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Booth {
    /// The number on its door.
    pub number: BoothNumber,
    /// The floor it stands on.
    pub floor: FloorNumber,
    /// What people call it; may be empty.
    pub name: String,
    /// Where it is drawn.
    pub placement: Placement,
    /// How its samples become presence.
    pub presence_rule: PresenceRule,
}

/// A Huzzah board with its sensors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// Its name.
    pub id: BoardId,
}

/// One sensor: a channel of a board that watches a booth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wire {
    /// The board.
    pub board: BoardId,
    /// Its input.
    pub channel: Channel,
    /// What it looks at.
    pub booth: BoothNumber,
}
