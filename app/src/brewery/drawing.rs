//! The plant's drawing as tables, in units of its view box of 1294 by 924. Plain numbers, no browser.

use brewery::contract::Switch;
use brewery::plant::{HeaterId, Pipe, PumpId, ValveId, VesselId};

/// Where the drawing lies.
pub(super) const VIEW_BOX: &str = "0 0 1294 924";
/// Its height.
pub(super) const HEIGHT: i32 = 924;

/// Vessels, from here to there.
pub(super) const VESSEL_TOP: i32 = 277;
/// Where they stand.
pub(super) const VESSEL_BOTTOM: i32 = 523;
/// They are all as wide.
pub(super) const VESSEL_WIDTH: i32 = 242;
/// Between marks of their level.
pub(super) const LEVEL_STEP_DL: i32 = 100;

/// A vessel.
pub(super) struct VesselPlace {
    pub(super) id: VesselId,
    pub(super) left: i32,
    /// Where its name begins, beside the pipe that comes from above.
    pub(super) name_x: i32,
}

/// The vessels.
pub(super) const VESSELS: [VesselPlace; 3] = [
    VesselPlace { id: VesselId::HotTank, left: 84, name_x: 84 },
    VesselPlace { id: VesselId::Ebu, left: 538, name_x: 676 },
    VesselPlace { id: VesselId::Mashtun, left: 960, name_x: 960 },
];

/// The false bottom of the mash tun, and the grain on it.
pub(super) const FALSE_BOTTOM_Y: i32 = 437;
/// What 8 kg of grain fill.
pub(super) const GRAIN_HEIGHT: i32 = 58;

/// The coil in the boil kettle, from its lower port to its upper one.
pub(super) const COIL: &str =
    "M505 244H556V466H716a13 13 0 0 0 0-26H604a13 13 0 0 1 0-26H716a13 13 0 0 0 0-26H574V199H511";

/// A stretch of pipe.
pub(super) struct PipePlace {
    pub(super) id: Pipe,
    /// Drawn in its own direction.
    pub(super) path: &'static str,
    /// Where an arrow says which way the liquid runs, and how the arrow is turned, clockwise from the right.
    pub(super) arrow: (i32, i32, i32),
}

const fn pipe(id: Pipe, path: &'static str, arrow: (i32, i32, i32)) -> PipePlace {
    PipePlace { id, path, arrow }
}

/// All pipes but the coil, which is in its vessel.
pub(super) const PIPES: [PipePlace; 14] = [
    pipe(Pipe::HotTankTa, "M84 478H44V659H302", (105, 659, 0)),
    pipe(Pipe::TaPort, "M302 659V888", (302, 690, 90)),
    pipe(Pipe::TaTb, "M302 659H431", (366, 659, 0)),
    pipe(Pipe::TbCoil, "M431 659V244H505", (431, 400, 270)),
    pipe(Pipe::CoilTe, "M511 199H389", (430, 199, 180)),
    pipe(Pipe::TeTd, "M389 199V21H659", (530, 21, 0)),
    pipe(Pipe::TeTf, "M389 199H335V145H254", (296, 145, 180)),
    pipe(Pipe::TfHotTank, "M254 145V277", (254, 164, 90)),
    pipe(Pipe::TfWaste, "M254 145H111V36", (180, 145, 180)),
    pipe(Pipe::TbTc, "M431 659V843H859V659", (640, 843, 0)),
    pipe(Pipe::EbuTc, "M538 478H474V659H859", (560, 659, 0)),
    pipe(Pipe::TcMashtun, "M859 659V237H1081V277", (970, 237, 0)),
    pipe(Pipe::MashtunTd, "M960 478H923V659H1262V21H659", (1_262, 340, 270)),
    pipe(Pipe::TdEbu, "M659 21V277", (659, 75, 90)),
];

/// Something that can be switched, and the middle of its symbol.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartPlace {
    pub(super) switch: Switch,
    pub(super) x: i32,
    pub(super) y: i32,
}

const fn valve(id: ValveId, x: i32, y: i32) -> PartPlace {
    PartPlace { switch: Switch::Valve(id), x, y }
}

const fn pump(id: PumpId, x: i32) -> PartPlace {
    PartPlace { switch: Switch::Pump(id), x, y: 659 }
}

const fn heater(id: HeaterId, x: i32, y: i32) -> PartPlace {
    PartPlace { switch: Switch::Heater(id), x, y }
}

/// All of them, from left to right as the Tab key's arrows go.
pub(super) const PARTS: [PartPlace; 16] = [
    valve(ValveId::A, 44, 547),
    valve(ValveId::B, 254, 220),
    valve(ValveId::C, 111, 90),
    valve(ValveId::D, 302, 769),
    valve(ValveId::E, 431, 769),
    valve(ValveId::F, 474, 547),
    valve(ValveId::G, 659, 204),
    valve(ValveId::H, 389, 81),
    valve(ValveId::I, 859, 403),
    valve(ValveId::J, 923, 547),
    heater(HeaterId::R1, 180, 488),
    heater(HeaterId::B1, 659, 556),
    heater(HeaterId::B2, 1_081, 556),
    pump(PumpId::P1, 205),
    pump(PumpId::P2, 660),
    pump(PumpId::P3, 1_081),
];

/// Where an arrow key points.
pub(super) fn direction_of_key(key: &str) -> Option<(i32, i32)> {
    match key {
        "ArrowLeft" => Some((-1, 0)),
        "ArrowRight" => Some((1, 0)),
        "ArrowUp" => Some((0, -1)),
        "ArrowDown" => Some((0, 1)),
        _ => None,
    }
}

/// The part that lies nearest that way, by its place in [`PARTS`]. What is aside counts double, as eyes do.
pub(super) fn neighbour(from: usize, (dx, dy): (i32, i32)) -> Option<usize> {
    let start = PARTS.get(from)?;
    let cost = |part: &PartPlace| {
        let (x, y) = (part.x - start.x, part.y - start.y);
        let (along, across) = (x * dx + y * dy, (x * dy + y * dx).abs());
        (along > 0).then_some(along + 2 * across)
    };
    PARTS
        .iter()
        .enumerate()
        .filter_map(|(index, part)| Some((index, cost(part)?)))
        .min_by_key(|(_, cost)| *cost)
        .map(|(index, _)| index)
}

/// The top of the liquid.
pub(super) fn level_y(volume_dl: i32, volume_max_dl: i32) -> i32 {
    let full = volume_max_dl.max(1);
    VESSEL_BOTTOM - (VESSEL_BOTTOM - VESSEL_TOP) * volume_dl.clamp(0, full) / full
}

/// The thermometer's lowest and highest mark: 0 and 110 °C.
const COLD: (i32, i32) = (0, 505);
const HOT: (i32, i32) = (1_100, 297);

/// Where a temperature lies on the thermometer, from tenths of °C; what is beyond lies at its end.
pub(super) fn thermometer_y(tenths: i32) -> i32 {
    let up = (COLD.1 - HOT.1) * tenths.clamp(COLD.0, HOT.0);
    COLD.1 - (up + HOT.0 / 2) / HOT.0
}

/// The temperature at a place of the thermometer, in steps of half a degree.
pub(super) fn thermometer_tenths(y: i32) -> u16 {
    let (up, length) = ((COLD.1 - y.clamp(HOT.1, COLD.1)) * HOT.0, COLD.1 - HOT.1);
    let tenths = (up + length / 2) / length;
    u16::try_from((tenths + 2) / 5 * 5).unwrap_or_default()
}

/// How warm a liquid is drawn, from 0 to 9.
pub(super) fn warmth(tenths: i32) -> i32 {
    (tenths / 110).clamp(0, 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index_of(code: &str) -> usize {
        PARTS.iter().position(|part| part.switch.to_string() == code).expect("a part")
    }

    #[test]
    fn every_part_and_pipe_is_drawn_once() {
        for switch in Switch::all().filter(|switch| !matches!(switch, Switch::Pid(_))) {
            assert_eq!(PARTS.iter().filter(|part| part.switch == switch).count(), 1, "{switch}");
        }
        for pipe in Pipe::ALL.into_iter().filter(|pipe| *pipe != Pipe::Coil) {
            assert_eq!(PIPES.iter().filter(|place| place.id == pipe).count(), 1, "{pipe:?}");
        }
    }

    #[test]
    fn a_valve_sits_on_its_pipe() {
        for part in PARTS {
            let Switch::Valve(valve) = part.switch else { continue };
            let pipe = PIPES.iter().find(|place| place.id.valve() == Some(valve)).expect("a pipe");
            let vertical = format!("{} ", part.x);
            let has_x = pipe.path.starts_with(&format!("M{vertical}")) || pipe.path.contains(&format!("H{}V", part.x));
            assert!(has_x, "valve {} at {} is not on {}", valve.code(), part.x, pipe.path);
        }
    }

    #[test]
    fn arrow_keys_go_where_they_point() {
        let check = |from: &str, key: &str, expect: Option<&str>| {
            let found = neighbour(index_of(from), direction_of_key(key).expect("an arrow"));
            assert_eq!(found.map(|index| PARTS[index].switch.to_string()).as_deref(), expect, "{key} from {from}");
        };
        check("A", "ArrowRight", Some("R1"));
        check("A", "ArrowLeft", None);
        check("P1", "ArrowRight", Some("D"));
        check("D", "ArrowRight", Some("E"));
        check("C", "ArrowDown", Some("B"));
        check("B1", "ArrowDown", Some("P2"));
    }

    #[test]
    fn every_part_can_be_reached() {
        let mut seen = [false; PARTS.len()];
        let mut line = vec![0];
        while let Some(at) = line.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            line.extend([(-1, 0), (1, 0), (0, -1), (0, 1)].into_iter().filter_map(|way| neighbour(at, way)));
        }
        assert!(seen.iter().all(|seen| *seen), "{seen:?}");
    }

    #[test]
    fn levels_and_thermometers() {
        assert_eq!([0, 300, 600, 900, -5].map(|dl| level_y(dl, 600)), [523, 400, 277, 277, 523]);
        assert_eq!(level_y(5, 0), 277);
        assert_eq!([0, 550, 1_100, 8_500, -2_000].map(thermometer_y), [505, 401, 297, 297, 505]);
        for tenths in (0..=1_100).step_by(50) {
            assert_eq!(i32::from(thermometer_tenths(thermometer_y(tenths))), tenths);
        }
        assert_eq!([0, 150, 550, 999, 8_500, -20].map(warmth), [0, 1, 5, 9, 9, 0]);
    }
}
