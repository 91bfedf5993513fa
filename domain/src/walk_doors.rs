//! Where booths are entered.

use crate::Placement;
use crate::walk_area::WalkArea;
use crate::walk_path::PlanPoint;

/// A booth is entered from what is walkable within this distance of its edge, in plan units; there are walls between.
const GAP_MAX: f64 = 60.0;
/// Sides this much further from what is walkable than the nearest one are entered, too.
const GAP_SAME: f64 = 1.0;
/// A door in a booth's wall is drawn this close to the booth's edge.
const WALL_MAX: f64 = 12.0;

/// A way into a booth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Door {
    /// On the booth's edge.
    pub(crate) threshold: PlanPoint,
    /// Where one stands before it.
    pub(crate) before: PlanPoint,
}

/// A door as it is drawn: the two jambs.
pub(crate) type Opening = (PlanPoint, PlanPoint);

/// The openings of a path of doors, each of which is drawn from its hinge along its leaf and back to the other jamb.
pub(crate) fn list_openings(path: &str) -> Vec<Opening> {
    // Relative commands have no places to compare.
    let absolute = path.split('M').filter(|door| !door.contains(|c: char| c.is_ascii_lowercase() && c != 'e'));
    absolute.filter_map(decode_opening).collect()
}

fn decode_opening(door: &str) -> Option<Opening> {
    let numbers: Vec<f64> = door
        .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
        .filter_map(|number| number.parse().ok())
        .collect();
    match numbers[..] {
        [x, y, .., end_x, end_y] => Some((PlanPoint { x, y }, PlanPoint { x: end_x, y: end_y })),
        _ => None,
    }
}

/// The doors that are drawn in the booth's walls; where there are none, the middles of the sides that are nearest to what
/// is walkable; without walls, its centre.
pub(crate) fn find_doors(area: Option<&WalkArea>, openings: &[Opening], placement: Placement) -> Vec<Door> {
    let Placement { x, y, width, height, .. } = placement;
    let centre = PlanPoint { x: x + width / 2.0, y: y + height / 2.0 };
    let Some(area) = area else { return vec![Door { threshold: centre, before: centre }] };
    let sides = list_sides(placement);
    let enter = |threshold: PlanPoint, side: &Side| {
        let (gap, before) = area.enter(threshold, side.outwards)?;
        (gap <= GAP_MAX).then_some((gap, Door { threshold, before }))
    };
    let in_side = |side: &Side| openings.iter().filter_map(|opening| side.find_threshold(*opening)).next();
    let drawn: Vec<Door> = sides.iter().filter_map(|side| Some(enter(in_side(side)?, side)?.1)).collect();
    if !drawn.is_empty() {
        return drawn;
    }
    let doors: Vec<_> = sides.iter().filter_map(|side| enter(side.middle, side)).collect();
    let least = doors.iter().map(|(gap, _)| *gap).fold(f64::INFINITY, f64::min);
    doors.into_iter().filter(|(gap, _)| *gap <= least + GAP_SAME).map(|(_, door)| door).collect()
}

/// One side of a booth.
struct Side {
    middle: PlanPoint,
    /// Of length 1.
    outwards: PlanPoint,
    half_length: f64,
}

impl Side {
    /// The place on this side that an opening in its wall leads to.
    fn find_threshold(&self, (hinge, jamb): Opening) -> Option<PlanPoint> {
        let along = PlanPoint { x: -self.outwards.y, y: self.outwards.x };
        let is_in_wall = |point: PlanPoint| {
            let from_middle = point.minus(self.middle);
            (0.0..=WALL_MAX).contains(&from_middle.dot(self.outwards))
                && from_middle.dot(along).abs() <= self.half_length
        };
        let middle = hinge.plus(jamb).times(0.5).minus(self.middle);
        (is_in_wall(hinge) && is_in_wall(jamb)).then(|| self.middle.plus(along.times(middle.dot(along))))
    }
}

fn list_sides(placement: Placement) -> [Side; 4] {
    let Placement { x, y, width, height, rotation_deg } = placement;
    let centre = PlanPoint { x: x + width / 2.0, y: y + height / 2.0 };
    let (sin, cos) = rotation_deg.to_radians().sin_cos();
    let side = |dx: f64, dy: f64, depth: f64, length: f64| {
        let outwards = PlanPoint { x: dx * cos - dy * sin, y: dx * sin + dy * cos };
        Side { middle: centre.plus(outwards.times(depth / 2.0)), outwards, half_length: length / 2.0 }
    };
    [
        side(0.0, -1.0, height, width),
        side(0.0, 1.0, height, width),
        side(-1.0, 0.0, width, height),
        side(1.0, 0.0, width, height),
    ]
}
