use super::*;
use std::time::Instant;

const VIEW_BOX: ViewBox = ViewBox { x: 0.0, y: 0.0, width: 400.0, height: 400.0 };

fn plan(walkable: &str) -> FloorPlan {
    let drawing = format!("<g class='walls'><path d='M1 1'/></g><g class='walkable' {walkable}</g>");
    FloorPlan { view_box: VIEW_BOX, drawing }
}

fn booth(number: u32, x: f64, y: f64) -> (BoothNumber, Placement) {
    (BoothNumber(number), Placement { x, y, width: 20.0, height: 20.0, rotation_deg: 0.0 })
}

fn map(walkable: &str, booths: &[(BoothNumber, Placement)]) -> WalkMap {
    WalkMap::new(&plan(walkable), booths).expect("a plan")
}

/// Numbers of booths with whole plan units, nearest first.
#[allow(clippy::cast_possible_truncation)]
fn lengths(map: &WalkMap, start: WalkStart) -> Vec<(u32, i64)> {
    map.walks(start).iter().map(|walk| (walk.booth.0, walk.length.round() as i64)).collect()
}

#[test]
fn a_wall_is_walked_around() {
    // A room of 400 by 200, cut by a wall from above that leaves 40 units below.
    let room = "data-entrance='100 40'><path class='walkable' d='M0 0H198V160H202V0H400V200H0Z'/>";
    let booths = [booth(1, 90.0, -24.0), booth(2, 290.0, -24.0)];
    let walks = map(room, &booths).walks(WalkStart::Entrance);
    let [near, far] = &walks[..] else { panic!("{walks:?}") };
    assert_eq!((near.booth.0, near.points.len()), (1, 3));
    assert!((near.length - 44.0).abs() < 1e-9, "{near:?}");
    // Straight it would be 204; below the wall it is at least 2 * hypot(98, 120).
    assert_eq!(far.booth.0, 2);
    assert!((360.0..380.0).contains(&far.length), "{far:?}");
    assert!(far.points.iter().any(|point| point.y > 160.0), "{far:?}");
    assert!(far.to_path().starts_with("M100 40L"), "{}", far.to_path());
}

#[test]
fn out_of_a_u_and_into_another() {
    // Two rooms that are open to the left and right, back to back.
    let rooms = "data-entrance='100 100'>\
                 <path d='M-100 -100H500V300H-100Z M0 0H400V10H205V190H400V200H0V190H195V10H0Z'/>";
    let walks = map(rooms, &[booth(1, 290.0, 90.0)]).walks(WalkStart::Entrance);
    let walk = &walks[0];
    assert!(walk.length > 400.0, "{walk:?}");
    assert!(walk.points.iter().any(|point| point.y < 0.0 || point.y > 200.0), "{walk:?}");
}

#[test]
fn around_a_block_by_the_shorter_side() {
    let ring = "data-entrance='20 180'><path d='M0 0H400V400H0Z M50 50H350V350H50Z'/>";
    let walks = map(ring, &[booth(1, 330.0, 170.0)]).walks(WalkStart::Entrance);
    assert!(walks[0].points.iter().any(|point| point.y < 50.0), "above: {:?}", walks[0]);
    let walks = map(ring, &[booth(1, 330.0, 230.0)]).walks(WalkStart::Entrance);
    assert!(walks[0].points.iter().any(|point| point.y > 350.0), "below: {:?}", walks[0]);
}

#[test]
fn a_booth_behind_walls_is_not_reached() {
    let rooms = "data-entrance='50 50'><path d='M0 0H100V100H0Z M200 0H300V100H200Z'/>";
    let booths = [booth(1, 40.0, 104.0), booth(2, 240.0, 104.0), booth(3, 150.0, 300.0)];
    let map = map(rooms, &booths);
    assert_eq!(lengths(&map, WalkStart::Entrance), [(1, 54)]);
    // Who sits behind walls is told the ways from the entrance: there is somebody, so there is a door.
    assert_eq!(lengths(&map, WalkStart::Booth(BoothNumber(2))), [(1, 54)]);
    assert_eq!(lengths(&map, WalkStart::Booth(BoothNumber(3))), [(1, 54)]);
}

#[test]
fn from_booth_to_booth() {
    let hall = "data-entrance='10 50'><path d='M0 0H400V100H0Z'/>";
    let booths = [booth(1, 40.0, 104.0), booth(2, 140.0, 104.0), booth(3, 340.0, 104.0)];
    let map = map(hall, &booths);
    // 4 units of wall and 12 of clearance at both ends.
    assert_eq!(lengths(&map, WalkStart::Booth(BoothNumber(2))), [(1, 132), (3, 232)]);
    assert_eq!(lengths(&map, WalkStart::Booth(BoothNumber(99)))[0].0, 1);
}

#[test]
fn without_a_walkable_part_ways_are_straight() {
    let booths = [booth(1, 90.0, 90.0), booth(2, 240.0, 190.0)];
    let no_group = FloorPlan { view_box: VIEW_BOX, drawing: "<g class='ground'/>".into() };
    let map = WalkMap::new(&no_group, &booths).expect("a plan");
    assert_eq!(lengths(&map, WalkStart::Entrance), [(2, 50), (1, 141)]);
    assert_eq!(lengths(&map, WalkStart::Booth(BoothNumber(1))), [(2, 180)]);
    let empty = plan("><path d=''/>");
    assert_eq!(lengths(&WalkMap::new(&empty, &booths).expect("a plan"), WalkStart::Entrance)[0].0, 2);
}

#[test]
fn a_turned_booth_is_entered_by_the_side_that_is_nearest() {
    let hall = "data-entrance='10 50'><path d='M0 0H400V100H0Z'/>";
    let mut turned = booth(1, 190.0, 110.0);
    turned.1.rotation_deg = 90.0;
    let walks = map(hall, &[turned]).walks(WalkStart::Entrance);
    let end = walks[0].points.last().expect("points");
    assert!((end.x - 200.0).abs() < 1e-9 && (end.y - 110.0).abs() < 1e-9, "{end:?}");
}

#[test]
fn a_door_that_is_drawn_is_the_door() {
    // A booth in the middle of a hall, so that no side is nearer than another.
    let hall = "<g class='doors'><path d='M196 98L196 80A16 16 0 0 0 212 98M5 5L5 9A4 4 0 0 0 9 5'/></g>\
                <g class='walkable' data-entrance='210 300'><path d='M0 0H400V400H0ZM186 96H234V144H186Z'/></g>";
    let plan = FloorPlan { view_box: VIEW_BOX, drawing: hall.into() };
    let map = WalkMap::new(&plan, &[booth(1, 195.0, 100.0)]).expect("a plan");
    let walk = &map.walks(WalkStart::Entrance)[0];
    assert_eq!(walk.points.last(), Some(&PlanPoint { x: 204.0, y: 100.0 }), "{walk:?}");
    assert!(walk.length > 250.0, "{walk:?}");
}

#[test]
fn a_path_that_cannot_be_read_is_said() {
    let bad = plan("><path d='M0 0Q1 1 2 2Z'/>");
    assert_eq!(WalkMap::new(&bad, &[]).err(), Some(PathError::Command { offset: 4 }));
    assert_eq!(WalkMap::without_walls(&bad, &[booth(1, 0.0, 0.0)]).walks(WalkStart::Entrance).len(), 1);
}

#[test]
fn metres() {
    let walk = Walk { booth: BoothNumber(1), length: 1_424.9, points: Vec::new() };
    assert_eq!(walk.metres(), 28);
}

#[test]
fn the_plans_of_a_new_installation() {
    let placed = |first: u32, count: u32, y: f64| {
        (0..count).map(move |i| {
            let placement =
                Placement { x: 402.0 + 112.0 * f64::from(i), y, width: 104.0, height: 96.0, rotation_deg: 0.0 };
            (BoothNumber(first + i), placement)
        })
    };
    for (svg, nearest, booths) in [
        (
            include_str!("../../migration/default/floor-4.svg"),
            44,
            placed(41, 4, 242.0).chain(placed(45, 3, 512.0)).collect::<Vec<_>>(),
        ),
        (
            include_str!("../../migration/default/floor-6.svg"),
            68,
            placed(61, 4, 242.0).chain(placed(65, 4, 512.0)).collect(),
        ),
    ] {
        let view_box = ViewBox { x: 0.0, y: 0.0, width: 1500.0, height: 840.0 };
        let drawing = svg.replace("<g class='walkable'>", "<g class='walkable' data-entrance='888 400'>");
        let map = WalkMap::new(&FloorPlan { view_box, drawing }, &booths).expect("a plan");
        let walks = map.walks(WalkStart::Entrance);
        assert_eq!(walks.len(), booths.len());
        assert_eq!(walks[0].booth, BoothNumber(nearest), "from the landing: {walks:?}");
        for start in booths.iter().map(|(number, _)| *number) {
            let from_booth = map.walks(WalkStart::Booth(start));
            assert_eq!(from_booth.len(), booths.len() - 1, "from {start}");
        }
        // The booth across the cafeteria is not a few steps away: its door is on the other corridor.
        let across = map.walks(WalkStart::Booth(booths[0].0));
        let opposite = across.iter().find(|walk| walk.booth == booths[4].0).expect("reached");
        assert!(opposite.length > 400.0, "{opposite:?}");
    }
}

/// 200 booths in ten rows with walls between; run with `--release --nocapture` for the figure that counts.
#[test]
fn two_hundred_booths_are_quick() {
    let mut walls = String::from("M0 0H2000V1200H0Z");
    let mut booths = Vec::new();
    for row in 0..10_u32 {
        let y = 60.0 + 110.0 * f64::from(row);
        walls += &format!("M100 {y}H1900V{}H100Z", y + 50.0);
        booths.extend((0..20).map(|i| booth(row * 20 + i, 110.0 + 88.0 * f64::from(i), y + 2.0)));
    }
    let plan = plan(&format!("data-entrance='20 20'><path d='{walls}'/>"));
    let started = Instant::now();
    let map = WalkMap::new(&plan, &booths).expect("a plan");
    let built = started.elapsed();
    let walks = map.walks(WalkStart::Entrance);
    println!("200 booths: {built:?} once, {:?} a start", started.elapsed() - built);
    assert_eq!(walks.len(), 200);
    assert!(started.elapsed().as_millis() < 2_000, "even unoptimised on a busy machine");
}
