//! What a new installation starts with: the two floors whose booths DispoBox was made for.

/// A floor as it is first drawn.
pub(crate) struct FloorRow {
    pub(crate) number: i32,
    pub(crate) svg: &'static str,
    pub(crate) booths: &'static [BoothRow],
}

/// Number, name, and x, y, width, height in the units of the floor's plan.
pub(crate) type BoothRow = (i32, &'static str, f64, f64, f64, f64);

/// The floors, in the order of their tabs.
pub(crate) const FLOORS: [FloorRow; 2] = [
    FloorRow { number: 4, svg: include_str!("../default/floor-4.svg"), booths: &BOOTHS_OF_4 },
    FloorRow { number: 6, svg: include_str!("../default/floor-6.svg"), booths: &BOOTHS_OF_6 },
];

const BOOTHS_OF_4: [BoothRow; 7] = [
    (41, "Rafael Nadal", 402.0, 242.0, 104.0, 96.0),
    (42, "Mark Zuckerberg", 514.0, 242.0, 104.0, 96.0),
    (43, "Frida Kahlo", 626.0, 242.0, 104.0, 96.0),
    (44, "Gandhi", 738.0, 242.0, 104.0, 96.0),
    (45, "Thierry Marx", 402.0, 512.0, 104.0, 96.0),
    (46, "Beyonce", 514.0, 512.0, 104.0, 96.0),
    (47, "Steve Jobs", 626.0, 512.0, 104.0, 96.0),
];

const BOOTHS_OF_6: [BoothRow; 8] = [
    (61, "", 402.0, 242.0, 104.0, 96.0),
    (62, "", 514.0, 242.0, 104.0, 96.0),
    (63, "", 626.0, 242.0, 104.0, 96.0),
    (64, "", 738.0, 242.0, 104.0, 96.0),
    (65, "", 402.0, 512.0, 104.0, 96.0),
    (66, "", 514.0, 512.0, 104.0, 96.0),
    (67, "", 626.0, 512.0, 104.0, 96.0),
    (68, "", 738.0, 512.0, 104.0, 96.0),
];

/// The boards, and the booths that their channels watch, from channel 0.
pub(crate) const BOARDS: [(&str, &[i32]); 4] = [
    ("board-1", &[41, 42, 43, 44]),
    ("board-2", &[45, 46, 47]),
    ("board-3", &[61, 62, 63, 64]),
    ("board-4", &[65, 66, 67, 68]),
];
