use super::*;
use crate::testing::{at, sight, surroundings};

fn bounds(left: f64, top: f64, width: f64, height: f64) -> Bounds {
    Bounds { left, top, right: left + width, bottom: top + height }
}

/// Two booths in a row, 40 apart.
fn others() -> Vec<Bounds> {
    vec![bounds(100.0, 200.0, 100.0, 80.0), bounds(240.0, 200.0, 100.0, 80.0)]
}

fn snap(moved: Bounds, rules: SnapRules, px_per_unit: f64) -> Snapped {
    let surroundings = surroundings();
    let sight = Sight { px_per_unit, ..sight(&surroundings) };
    SnapField::new(others(), &rules, &sight).snap_moved(moved)
}

const BOOTHS: SnapRules = SnapRules { to_booths: true, ..SnapRules::NONE };
const GAPS: SnapRules = SnapRules { to_gaps: true, ..SnapRules::NONE };
const LINES: SnapRules = SnapRules { to_lines: true, ..SnapRules::NONE };
const GRID: SnapRules = SnapRules { grid: Some(10.0), ..SnapRules::NONE };

#[test]
fn what_is_near_on_the_screen() {
    let way = |moved, rules, zoom| {
        let snapped = snap(moved, rules, zoom);
        (snapped.x, snapped.y)
    };
    // Its left edge with that of the first booth, 5 units off: at half the size that is 2.5 px, at twice it is 10.
    let off = bounds(105.0, 600.0, 60.0, 60.0);
    assert_eq!(way(off, BOOTHS, 1.0), (-5.0, 0.0));
    assert_eq!(way(off, BOOTHS, 2.0), (0.0, 0.0));
    assert_eq!(way(bounds(111.0, 600.0, 60.0, 60.0), BOOTHS, 0.5), (9.0, 0.0));
    // Middles, and right edges; the nearest wins.
    assert_eq!(way(bounds(122.0, 600.0, 60.0, 60.0), BOOTHS, 1.0), (-2.0, 0.0));
    assert_eq!(way(bounds(138.0, 600.0, 60.0, 60.0), BOOTHS, 1.0), (2.0, 0.0));
    // The plan's middle and its lower edge.
    assert_eq!(way(bounds(717.0, 785.0, 60.0, 60.0), BOOTHS, 1.0), (3.0, -5.0));
    // A line of the plan at 512.
    assert_eq!(way(bounds(700.0, 449.0, 60.0, 60.0), LINES, 1.0), (0.0, 3.0));
    assert_eq!(way(bounds(700.0, 449.0, 60.0, 60.0), SnapRules::NONE, 1.0), (0.0, 0.0));
    // The grid is last: 3 units to it, but 4 to an edge.
    assert_eq!(way(bounds(703.0, 617.0, 61.0, 61.0), GRID, 1.0), (-3.0, 3.0));
    assert_eq!(way(bounds(104.0, 617.0, 61.0, 61.0), SnapRules { grid: Some(10.0), ..BOOTHS }, 1.0).0, -4.0);
}

#[test]
fn gaps_are_left_again() {
    let cases = [
        // Behind the second, before the first, in a row with both.
        (bounds(377.0, 210.0, 60.0, 60.0), 3.0),
        (bounds(2.0, 210.0, 60.0, 60.0), -2.0),
        // Too small a gap to stand in, or not in the row.
        (bounds(203.0, 210.0, 60.0, 60.0), 0.0),
        (bounds(377.0, 400.0, 60.0, 60.0), 0.0),
        // In the middle between the two: 10 on either side.
        (bounds(213.0, 210.0, 20.0, 60.0), -3.0),
    ];
    for (moved, expect) in cases {
        let snapped = snap(moved, GAPS, 1.0);
        assert_eq!(snapped.x, expect, "{moved:?}");
        let gaps: Vec<f64> = snapped
            .guides
            .iter()
            .map(|guide| match guide {
                Guide::Gap { axis: Axis::X, from, to, .. } => to - from,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(gaps.len(), if expect == 0.0 { 0 } else { 2 }, "{moved:?}");
        assert!(gaps.iter().all(|gap| (gap - gaps[0]).abs() < 1e-9), "{gaps:?}");
    }
}

#[test]
fn guides_reach_from_one_to_the_other() {
    let snapped = snap(bounds(105.0, 600.0, 100.0, 60.0), BOOTHS, 1.0);
    let guide = |at, kind| Guide::Line { axis: Axis::X, at, from: 200.0, to: 660.0, kind };
    let expect = [guide(100.0, GuideKind::Edge), guide(200.0, GuideKind::Edge), guide(150.0, GuideKind::Middle)];
    assert_eq!(snapped.guides, expect);
}

#[test]
fn the_grid_is_never_a_grey() {
    let rules = SnapRules::ALL;
    let cases = [(1.0, 10.0), (0.8, 10.0), (0.79, 20.0), (0.4, 20.0), (0.2, 50.0), (0.01, 1_000.0), (24.0, 10.0)];
    for (zoom, expect) in cases {
        assert_eq!(rules.grid_step(zoom), Some(expect), "{zoom}");
    }
    assert_eq!(SnapRules::NONE.grid_step(1.0), None);
    assert_eq!(rules.grid_step(0.0), None);
}

#[test]
fn a_point_snaps_along_the_axes_that_are_pulled() {
    let surroundings = surroundings();
    let field = SnapField::new(others(), &BOOTHS, &sight(&surroundings));
    let way = |axes| field.snap_point(at(203.0, 277.0), axes).by();
    assert_eq!(way([true, true]), at(-3.0, 3.0));
    assert_eq!(way([true, false]), at(-3.0, 0.0));
    assert_eq!(way([false, false]), at(0.0, 0.0));
}
