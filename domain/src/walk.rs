//! Ways through a floor: the shortest from one place to every booth, over what the plan says is walkable.
//!
//! The corners that ways can turn at, and which of them see each other, are found once per plan. A walk then looks only
//! from its start, and from each booth to the corners that could be on the shortest way, nearest first.

use crate::walk_area::WalkArea;
use crate::walk_doors::{Door, Opening, find_doors, list_openings};
use crate::walk_path::{PathError, PlanPoint, decode_path};
use crate::{BoothNumber, FloorPlan, Placement, ViewBox};
use std::collections::BTreeMap;

/// Metres of a unit of a plan.
pub const METRES_PER_UNIT: f64 = 0.02;

/// A floor as walkers see it.
#[derive(Debug, Clone)]
pub struct WalkMap {
    /// None where the plan does not say where people can walk: then ways are straight.
    area: Option<WalkArea>,
    entrance: PlanPoint,
    turns: Vec<PlanPoint>,
    /// From each turn, the turns that it sees, with their distances.
    links: Vec<Vec<(usize, f64)>>,
    booths: BTreeMap<BoothNumber, Vec<Door>>,
}

/// A way from a start to a booth.
#[derive(Debug, Clone, PartialEq)]
pub struct Walk {
    /// Where it leads.
    pub booth: BoothNumber,
    /// In plan units.
    pub length: f64,
    /// From the start to the booth's edge; at least two.
    pub points: Vec<PlanPoint>,
}

impl Walk {
    /// Its length in metres, rounded.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn metres(&self) -> u32 {
        // Saturates; a length is never negative.
        (self.length * METRES_PER_UNIT).round() as u32
    }

    /// The way as the `d` of an SVG path, in whole plan units.
    #[must_use]
    pub fn to_path(&self) -> String {
        let step = |(i, point): (usize, &PlanPoint)| {
            format!("{}{:.0} {:.0}", if i == 0 { 'M' } else { 'L' }, point.x, point.y)
        };
        self.points.iter().enumerate().map(step).collect()
    }
}

/// Where a walk starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WalkStart {
    /// The entrance of the floor.
    Entrance,
    /// The door of a booth of this floor; of another one, the entrance.
    Booth(BoothNumber),
}

impl WalkMap {
    /// Reads the group `walkable` of a plan: its path, and its `data-entrance`, two numbers. Without an entrance, walks
    /// start in the middle. The group `doors` tells which sides of booths have doors.
    ///
    /// # Errors
    /// When the path is none.
    pub fn new(plan: &FloorPlan, booths: &[(BoothNumber, Placement)]) -> Result<Self, PathError> {
        let group = find_group(&plan.drawing, "walkable");
        let outlines = decode_path(group.and_then(|group| find_attribute(group, "d")).unwrap_or_default())?;
        let area = WalkArea::new(outlines);
        let marked = group.and_then(|group| find_attribute(group, "data-entrance")).and_then(decode_point);
        let doors = find_group(&plan.drawing, "doors").and_then(|group| find_attribute(group, "d"));
        let openings = doors.map(list_openings).unwrap_or_default();
        Ok(Self::from_area(area, marked, plan.view_box, (booths, &openings)))
    }

    /// A floor without walls, for a plan that cannot be read.
    #[must_use]
    pub fn without_walls(plan: &FloorPlan, booths: &[(BoothNumber, Placement)]) -> Self {
        Self::from_area(None, None, plan.view_box, (booths, &[]))
    }

    fn from_area(
        area: Option<WalkArea>,
        marked: Option<PlanPoint>,
        view_box: ViewBox,
        (booths, openings): (&[(BoothNumber, Placement)], &[Opening]),
    ) -> Self {
        let middle = || PlanPoint { x: view_box.x + view_box.width / 2.0, y: view_box.y + view_box.height / 2.0 };
        let entrance = match &area {
            Some(area) => marked.map_or_else(|| area.middle(), |marked| area.nearest(marked)),
            None => marked.unwrap_or_else(middle),
        };
        let turns = area.as_ref().map(WalkArea::turning_points).unwrap_or_default();
        let links = area.as_ref().map(|area| link(area, &turns)).unwrap_or_default();
        let doors =
            |&(number, placement): &(BoothNumber, Placement)| (number, find_doors(area.as_ref(), openings, placement));
        let booths = booths.iter().map(doors).collect();
        Self { area, entrance, turns, links, booths }
    }

    /// The ways to all booths but the one that they start from, the shortest first. A booth that cannot be reached is not
    /// among them; a start that leads nowhere is replaced by the entrance.
    #[must_use]
    pub fn walks(&self, start: WalkStart) -> Vec<Walk> {
        let doors = match start {
            WalkStart::Booth(number) => self.booths.get(&number).map(Vec::as_slice).unwrap_or_default(),
            WalkStart::Entrance => &[],
        };
        let from_booth = doors.iter().flat_map(|door| self.walks_from(door.before, Some(door.threshold)));
        let mut best: BTreeMap<BoothNumber, Walk> = BTreeMap::new();
        for walk in from_booth.filter(|walk| WalkStart::Booth(walk.booth) != start) {
            keep_shorter(&mut best, walk);
        }
        if best.is_empty() {
            best = self.walks_from(self.entrance, None).map(|walk| (walk.booth, walk)).collect();
        }
        let mut walks: Vec<Walk> = best.into_values().collect();
        walks.sort_by(|a, b| a.length.total_cmp(&b.length));
        walks
    }

    fn walks_from(&self, start: PlanPoint, threshold: Option<PlanPoint>) -> impl Iterator<Item = Walk> + '_ {
        let reach = self.reach(start);
        let head: Vec<PlanPoint> = threshold.into_iter().chain([start]).collect();
        let before = threshold.map_or(0.0, |threshold| threshold.distance(start));
        let to_booth = move |(&booth, doors): (&BoothNumber, &Vec<Door>)| {
            let ways = doors.iter().filter_map(|door| self.way_to(&reach, start, *door));
            let (length, way) = ways.min_by(|a, b| a.0.total_cmp(&b.0))?;
            let points = head.iter().copied().chain(way).collect();
            Some(Walk { booth, length: before + length, points })
        };
        self.booths.iter().filter_map(to_booth)
    }

    /// How to get from a place to every turn: Dijkstra's way, without a heap, for turns are few.
    fn reach(&self, start: PlanPoint) -> Reach {
        let sees = |turn: &PlanPoint| self.is_clear(start, *turn).then(|| start.distance(*turn));
        let mut lengths: Vec<f64> = self.turns.iter().map(|turn| sees(turn).unwrap_or(f64::INFINITY)).collect();
        let mut via: Vec<Option<usize>> = vec![None; lengths.len()];
        let mut open: Vec<usize> = (0..lengths.len()).collect();
        let mut order = Vec::new();
        while let Some(at) = nearest(&open, &lengths) {
            let turn = open.swap_remove(at);
            order.push(turn);
            for &(next, distance) in &self.links[turn] {
                if lengths[turn] + distance < lengths[next] {
                    (lengths[next], via[next]) = (lengths[turn] + distance, Some(turn));
                }
            }
        }
        Reach { lengths, via, order }
    }

    /// The shortest way to a door, and its points after the start.
    fn way_to(&self, reach: &Reach, start: PlanPoint, door: Door) -> Option<(f64, Vec<PlanPoint>)> {
        let last = door.before.distance(door.threshold);
        if self.is_clear(start, door.before) {
            return Some((start.distance(door.before) + last, vec![door.before, door.threshold]));
        }
        let mut bounds: Vec<(f64, usize)> = reach
            .order
            .iter()
            .map(|&turn| (reach.lengths[turn] + self.turns[turn].distance(door.before), turn))
            .collect();
        bounds.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (length, turn) = bounds.into_iter().find(|(_, turn)| self.is_clear(self.turns[*turn], door.before))?;
        let mut points = vec![door.threshold, door.before];
        points.extend(std::iter::successors(Some(turn), |turn| reach.via[*turn]).map(|turn| self.turns[turn]));
        points.reverse();
        Some((length + last, points))
    }

    fn is_clear(&self, from: PlanPoint, to: PlanPoint) -> bool {
        self.area.as_ref().is_none_or(|area| area.is_clear(from, to))
    }
}

struct Reach {
    lengths: Vec<f64>,
    via: Vec<Option<usize>>,
    /// The turns that can be reached, nearest first.
    order: Vec<usize>,
}

/// The place in `open` of the nearest that can be reached.
fn nearest(open: &[usize], lengths: &[f64]) -> Option<usize> {
    let reached = open.iter().enumerate().filter(|(_, turn)| lengths[**turn].is_finite());
    reached.min_by(|a, b| lengths[*a.1].total_cmp(&lengths[*b.1])).map(|(at, _)| at)
}

fn keep_shorter(best: &mut BTreeMap<BoothNumber, Walk>, walk: Walk) {
    match best.get(&walk.booth) {
        Some(known) if known.length <= walk.length => {}
        _ => drop(best.insert(walk.booth, walk)),
    }
}

fn link(area: &WalkArea, turns: &[PlanPoint]) -> Vec<Vec<(usize, f64)>> {
    let mut links = vec![Vec::new(); turns.len()];
    for (i, a) in turns.iter().enumerate() {
        for (j, b) in turns.iter().enumerate().skip(i + 1) {
            if area.is_clear(*a, *b) {
                links[i].push((j, a.distance(*b)));
                links[j].push((i, a.distance(*b)));
            }
        }
    }
    links
}

/// The first group of a class, without its end.
fn find_group<'a>(drawing: &'a str, class: &str) -> Option<&'a str> {
    let groups = drawing.match_indices("<g ").map(|(at, _)| &drawing[at..]);
    let is_of_class = |group: &&str| {
        let tag = group.split('>').next().unwrap_or_default();
        find_attribute(tag, "class").is_some_and(|names| names.split(' ').any(|name| name == class))
    };
    groups.into_iter().find(is_of_class).and_then(|group| group.split("</g>").next())
}

/// The value of the first attribute of this name in a piece of a drawing.
fn find_attribute<'a>(piece: &'a str, name: &str) -> Option<&'a str> {
    let values = piece.match_indices(name).filter_map(|(at, _)| {
        let before = piece[..at].chars().next_back()?;
        let after = piece[at + name.len()..].strip_prefix('=')?;
        let quote = after.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
        before.is_ascii_whitespace().then(|| after[1..].split(quote).next())?
    });
    values.into_iter().next()
}

fn decode_point(text: &str) -> Option<PlanPoint> {
    let (x, y) = text.trim().split_once([' ', ','])?;
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    Some(PlanPoint { x: number(x)?, y: number(y)? })
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
