//! The booth that an arrow key leads to.

use crate::geometry::Point;
use domain::Placement;

/// Where an arrow key points, y downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Left,
    Right,
    Up,
    Down,
}

impl Direction {
    /// Of the browser's name for a key.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        match key {
            "ArrowLeft" => Some(Self::Left),
            "ArrowRight" => Some(Self::Right),
            "ArrowUp" => Some(Self::Up),
            "ArrowDown" => Some(Self::Down),
            _ => None,
        }
    }

    /// One step that way.
    pub(super) const fn step(self) -> Point {
        match self {
            Self::Left => Point { x: -1.0, y: 0.0 },
            Self::Right => Point { x: 1.0, y: 0.0 },
            Self::Up => Point { x: 0.0, y: -1.0 },
            Self::Down => Point { x: 0.0, y: 1.0 },
        }
    }

    /// A length along x and y as one along the direction and one across it.
    fn turn(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Left => (-x, y),
            Self::Right => (x, y),
            Self::Up => (-y, x),
            Self::Down => (y, x),
        }
    }
}

/// The nearest booth that way, by its place in `booths`; none when all of them lie on the other side.
///
/// First choice is what lies ahead: beyond the booth's own edge, and rather ahead than aside. What lies more aside comes
/// next, so that no booth of that side is out of reach. What is aside counts double, as eyes do.
pub(super) fn neighbour(booths: &[Placement], from: usize, direction: Direction) -> Option<usize> {
    let start = Extent::of(*booths.get(from)?, direction);
    let ranked = booths.iter().enumerate().filter(|(index, _)| *index != from).filter_map(|(index, placement)| {
        let (rank, cost) = Extent::of(*placement, direction).rank_from(start)?;
        Some((index, rank, cost))
    });
    ranked.min_by(|a, b| a.1.cmp(&b.1).then(a.2.total_cmp(&b.2))).map(|(index, ..)| index)
}

/// A booth's middle and half of its length, along a direction and across it.
#[derive(Clone, Copy)]
struct Extent {
    along: f64,
    across: f64,
    half_along: f64,
    half_across: f64,
}

impl Extent {
    fn of(placement: Placement, direction: Direction) -> Self {
        let Placement { x, y, width, height, rotation_deg } = placement;
        let (sin, cos) = rotation_deg.to_radians().sin_cos();
        let half_width = (width * cos).abs().midpoint((height * sin).abs());
        let half_height = (width * sin).abs().midpoint((height * cos).abs());
        let (along, across) = direction.turn(x + width / 2.0, y + height / 2.0);
        let (half_along, half_across) = direction.turn(half_width, half_height);
        Self { along, across, half_along: half_along.abs(), half_across: half_across.abs() }
    }

    /// A class and, within it, a length: the smaller the nearer. None for what does not lie that way.
    fn rank_from(self, start: Self) -> Option<(u8, f64)> {
        let along = self.along - start.along;
        let across = (self.across - start.across).abs();
        if along <= f64::EPSILON {
            return None;
        }
        let gap_along = (along - start.half_along - self.half_along).max(0.0);
        let gap_across = (across - start.half_across - self.half_across).max(0.0);
        let is_beyond = along >= start.half_along;
        let rank = match (is_beyond, gap_across <= along) {
            (true, true) => 0,
            (true, false) => 1,
            (false, _) => 2,
        };
        // Of two that are as near, the one whose middle is.
        Some((rank, gap_along + 2.0 * gap_across + 0.1 * (along + 2.0 * across)))
    }
}

#[cfg(test)]
#[path = "neighbour_tests.rs"]
mod tests;
