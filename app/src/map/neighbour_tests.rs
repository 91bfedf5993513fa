use super::*;

const fn booth(x: f64, y: f64) -> Placement {
    Placement { x, y, width: 100.0, height: 90.0, rotation_deg: 0.0 }
}

/// What left, right, up and down lead to from each booth, `-` for nothing.
fn check(booths: &[Placement], expect: &[&str]) {
    for (from, expect) in expect.iter().enumerate() {
        let directions = [Direction::Left, Direction::Right, Direction::Up, Direction::Down];
        let led = directions.map(|direction| {
            neighbour(booths, from, direction).map_or_else(|| "-".to_owned(), |index| index.to_string())
        });
        assert_eq!(led.join(" "), *expect, "from {from}");
    }
}

#[test]
fn two_rows_across_a_corridor() {
    // 0 1 2 3 above, 4 5 6 below and a little to the right.
    let above = [0.0, 110.0, 220.0, 330.0].map(|x| booth(x, 0.0));
    let below = [20.0, 130.0, 240.0].map(|x| booth(x, 300.0));
    check(
        &[&above[..], &below[..]].concat(),
        &["- 1 - 4", "0 2 - 5", "1 3 - 6", "2 - - 6", "0 5 0 -", "4 6 1 -", "5 3 2 -"],
    );
}

#[test]
fn a_row_that_is_not_quite_straight_has_no_up_in_it() {
    // The middle one stands 8 units higher; the one above is far, and still what Up means.
    let booths = [booth(0.0, 500.0), booth(110.0, 492.0), booth(220.0, 500.0), booth(0.0, 0.0)];
    check(&booths, &["- 1 3 -", "0 2 3 0", "1 - 3 -", "- 1 - 0"]);
}

#[test]
fn staggered_rows_lead_to_the_nearer_one() {
    let booths = [booth(0.0, 0.0), booth(110.0, 0.0), booth(50.0, 100.0), booth(-60.0, 100.0), booth(0.0, 200.0)];
    check(&booths, &["3 1 - 2", "0 - - 2", "3 1 0 4", "- 2 0 4", "3 2 2 -"]);
}

#[test]
fn nothing_that_lies_that_way_is_out_of_reach() {
    // Far aside and only a little to the right: there is nothing better.
    let booths = [booth(0.0, 0.0), booth(10.0, 4_000.0)];
    check(&booths, &["- 1 - 1", "0 - 0 -"]);
}

#[test]
fn a_turned_booth_is_as_wide_as_it_looks() {
    // A long one, turned upright: it stands between, although its rectangle before the turn is wide.
    let turned = Placement { x: 60.0, y: -5.0, width: 200.0, height: 40.0, rotation_deg: 90.0 };
    let booths = [booth(0.0, 0.0), turned, booth(220.0, 0.0)];
    assert_eq!(neighbour(&booths, 0, Direction::Right), Some(1));
    assert_eq!(neighbour(&booths, 2, Direction::Left), Some(1));
    assert_eq!(neighbour(&booths, 1, Direction::Right), Some(2));
}

#[test]
fn every_booth_of_a_grid_is_reached() {
    let stagger = |row: u32| if row.is_multiple_of(2) { 0.0 } else { 55.0 };
    let grid: Vec<_> = (0..12u32)
        .flat_map(|row| {
            (0..9u32).map(move |column| booth(f64::from(column) * 110.0 + stagger(row), f64::from(row) * 120.0))
        })
        .collect();
    let mut reached = vec![false; grid.len()];
    let mut waiting = vec![40];
    while let Some(from) = waiting.pop() {
        if !std::mem::replace(&mut reached[from], true) {
            let all = [Direction::Left, Direction::Right, Direction::Up, Direction::Down];
            waiting.extend(all.into_iter().filter_map(|direction| neighbour(&grid, from, direction)));
        }
    }
    assert!(reached.iter().all(|reached| *reached), "{reached:?}");
}

#[test]
fn a_place_that_there_is_not_leads_nowhere() {
    assert_eq!(neighbour(&[], 0, Direction::Left), None);
    assert_eq!(neighbour(&[booth(0.0, 0.0)], 0, Direction::Left), None);
}
