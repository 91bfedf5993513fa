//! Layouts for tests.

use crate::layout::{BoothId, Layout, LayoutBooth, WiredChannel};
use crate::shape::Shape;
use crate::surroundings::{PlanLine, Sight, Surroundings};
use domain::{BoardId, BoothNumber, Channel, Placement, PlanPoint, ViewBox};
use proptest::prelude::*;
use std::collections::BTreeSet;

pub(crate) fn at(x: f64, y: f64) -> PlanPoint {
    PlanPoint { x, y }
}

pub(crate) fn wire(board: u8, channel: u8) -> WiredChannel {
    let board = BoardId::new(format!("board-{board}")).expect("a name");
    WiredChannel { board, channel: Channel(channel) }
}

pub(crate) fn add_wire(booth: &mut LayoutBooth, wire: WiredChannel) {
    booth.wires.insert(wire);
}

/// Booth 40 + id, 100 by 80, named after its number, wired to channel id of board 1.
pub(crate) fn booth(id: u64, x: f64, y: f64) -> LayoutBooth {
    let number = 40 + u32::try_from(id).expect("a small id");
    LayoutBooth {
        id: BoothId(id),
        number: BoothNumber(number),
        name: format!("Booth {number}"),
        shape: Shape::Rectangle(Placement { x, y, width: 100.0, height: 80.0, rotation_deg: 0.0 }),
        wires: BTreeSet::from([wire(1, u8::try_from(id).expect("a small id"))]),
        is_locked: false,
    }
}

pub(crate) fn layout(booths: impl IntoIterator<Item = LayoutBooth>) -> Layout {
    Layout::new(booths).expect("a layout")
}

/// Four in a row, 20 units apart: 1 at 100, 2 at 220, 3 at 340, 4 at 460; all of them 200 below the top.
pub(crate) fn row() -> Layout {
    layout([booth(1, 100.0, 200.0), booth(2, 220.0, 200.0), booth(3, 340.0, 200.0), booth(4, 460.0, 200.0)])
}

pub(crate) fn surroundings() -> Surroundings {
    Surroundings {
        view_box: ViewBox { x: 0.0, y: 0.0, width: 1500.0, height: 840.0 },
        lines: vec![PlanLine { from: at(0.0, 512.0), to: at(900.0, 512.0) }],
        numbers_elsewhere: BTreeSet::from([BoothNumber(45), BoothNumber(61)]),
        wires_elsewhere: BTreeSet::from([wire(9, 0)]),
    }
}

pub(crate) fn sight(surroundings: &Surroundings) -> Sight<'_> {
    Sight { px_per_unit: 1.0, middle: at(750.0, 420.0), surroundings }
}

/// Places on a coarse raster, so that things meet often.
pub(crate) fn any_place() -> impl Strategy<Value = PlanPoint> {
    (-20..170_i16, -20..100_i16).prop_map(|(x, y)| at(f64::from(x) * 9.7, f64::from(y) * 9.7))
}

fn any_shape() -> impl Strategy<Value = Shape> {
    let rectangle = (any_place(), 10..40_u8, 10..40_u8, 0..8_u16).prop_map(|(place, width, height, eighths)| {
        let (width, height) = (f64::from(width) * 5.0, f64::from(height) * 5.0);
        Shape::Rectangle(Placement { x: place.x, y: place.y, width, height, rotation_deg: f64::from(eighths) * 45.0 })
            .rounded()
    });
    let corner = any_place().prop_map(|place| {
        let corners = [(0.0, 0.0), (120.0, 0.0), (120.0, 50.0), (60.0, 50.0), (60.0, 110.0), (0.0, 110.0)];
        Shape::Polygon(corners.map(|(x, y)| place.plus(at(x, y))).to_vec()).rounded()
    });
    prop_oneof![4 => rectangle, 1 => corner]
}

/// A booth with one of few numbers, names and wires: two people often choose the same.
pub(crate) fn any_booth(id: u64) -> impl Strategy<Value = LayoutBooth> {
    let wires =
        proptest::collection::btree_set((1..3_u8, 0..3_u8).prop_map(|(board, channel)| wire(board, channel)), 0..3);
    (1..9_u32, "[ab]{0,1}", any_shape(), wires, any::<bool>()).prop_map(
        move |(number, name, shape, wires, is_locked)| LayoutBooth {
            id: BoothId(id),
            number: BoothNumber(number),
            name,
            shape,
            wires,
            is_locked,
        },
    )
}

/// Up to six booths with the identities 1 to 6.
pub(crate) fn any_layout() -> impl Strategy<Value = Layout> {
    let booths: Vec<_> = (1..=6).map(|id| proptest::option::of(any_booth(id))).collect();
    booths.prop_map(|booths| layout(booths.into_iter().flatten()))
}
