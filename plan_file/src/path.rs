//! The data of paths: all of the grammar is checked, and straight parts are kept.

use crate::values::{skip_separators, take_number};
use domain::PlanPoint;

/// No path is longer.
pub(crate) const PATH_BYTES_MAX: usize = 200_000;

/// What a path draws.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct PathParts {
    pub(crate) parts: Vec<PathPart>,
}

/// One stroke of the pen.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct PathPart {
    /// Where it is straight, and where curves end.
    pub(crate) points: Vec<PlanPoint>,
    /// Which points are reached by a straight line.
    pub(crate) is_straight: Vec<bool>,
    /// Whether it comes back.
    pub(crate) is_closed: bool,
}

impl PathPart {
    /// Its straight lines.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (PlanPoint, PlanPoint)> + '_ {
        let closing = self.is_closed.then(|| self.points.last().copied().zip(self.points.first().copied())).flatten();
        let ends =
            self.points.iter().copied().zip(self.points.iter().copied().skip(1)).zip(self.is_straight.iter().skip(1));
        ends.filter(|(_, is_straight)| **is_straight).map(|(ends, _)| ends).chain(closing)
    }
}

/// Reads a path; none when any of it is wrong.
pub(crate) fn read_path(text: &str) -> Option<PathParts> {
    let (mut rest, mut pen) = (text.trim(), Pen::default());
    while let Some(command) = rest.chars().next() {
        rest = skip_separators(rest.strip_prefix(command)?);
        let mut command = command;
        loop {
            rest = skip_separators(pen.follow(command, rest)?);
            if command.eq_ignore_ascii_case(&'z')
                || rest.is_empty()
                || rest.starts_with(|c: char| c.is_ascii_alphabetic())
            {
                break;
            }
            // Pairs after a move are lines.
            command = match command {
                'M' => 'L',
                'm' => 'l',
                other => other,
            };
        }
    }
    Some(pen.drawn)
}

#[derive(Default)]
struct Pen {
    at: Option<PlanPoint>,
    drawn: PathParts,
}

impl Pen {
    fn follow<'a>(&mut self, command: char, text: &'a str) -> Option<&'a str> {
        let here = self.at.unwrap_or(PlanPoint { x: 0.0, y: 0.0 });
        let kind = command.to_ascii_lowercase();
        if self.at.is_none() && kind != 'm' {
            return None;
        }
        let base = if command.is_ascii_lowercase() { here } else { PlanPoint { x: 0.0, y: 0.0 } };
        let count = match kind {
            'z' => return self.close(text),
            'a' => return self.arc(base, text),
            'm' | 'l' | 't' => 2,
            'h' | 'v' => 1,
            's' | 'q' => 4,
            'c' => 6,
            _ => return None,
        };
        let mut numbers = [0.0; 6];
        let mut rest = text;
        for number in numbers.iter_mut().take(count) {
            (*number, rest) = take_number(skip_separators(rest))?;
        }
        let end = match kind {
            'h' => PlanPoint { x: base.x + numbers[0], y: here.y },
            'v' => PlanPoint { x: here.x, y: base.y + numbers[0] },
            _ => base.plus(PlanPoint { x: numbers[count - 2], y: numbers[count - 1] }),
        };
        match kind {
            'm' => self.begin(end),
            _ => self.go(end, matches!(kind, 'l' | 'h' | 'v')),
        }
        Some(rest)
    }

    fn arc<'a>(&mut self, base: PlanPoint, text: &'a str) -> Option<&'a str> {
        let mut rest = text;
        for _ in 0..3 {
            (_, rest) = take_number(skip_separators(rest))?;
        }
        // Flags need nothing between them.
        for _ in 0..2 {
            rest = skip_separators(rest);
            rest = rest.strip_prefix(['0', '1'])?;
        }
        let mut ends = [0.0; 2];
        for end in &mut ends {
            (*end, rest) = take_number(skip_separators(rest))?;
        }
        self.go(base.plus(PlanPoint { x: ends[0], y: ends[1] }), false);
        Some(rest)
    }

    fn begin(&mut self, at: PlanPoint) {
        self.drawn.parts.push(PathPart { points: vec![at], is_straight: vec![true], is_closed: false });
        self.at = Some(at);
    }

    fn go(&mut self, to: PlanPoint, is_straight: bool) {
        if self.drawn.parts.last().is_none_or(|part| part.is_closed) {
            // After closing, the pen goes on from the start.
            let from = self.at.unwrap_or(to);
            self.begin(from);
        }
        if let Some(part) = self.drawn.parts.last_mut() {
            part.points.push(to);
            part.is_straight.push(is_straight);
        }
        self.at = Some(to);
    }

    fn close<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let part = self.drawn.parts.last_mut()?;
        part.is_closed = true;
        self.at = part.points.first().copied();
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_grammar() {
        for text in [
            "M0 0L10 0 10 10zm5 5h1v1z",
            "m1,2 3,4-5-6.5.5.5",
            "M0 0C1 2 3 4 5 6S1 2 3 4Q1 2 3 4T5 6",
            "M0 0a1 1 0 00 5 5A1 1 0 1,0 5 5a.5.5 0 0110 10",
            "M0 0H1V2h-1v-2",
            "",
        ] {
            assert!(read_path(text).is_some(), "{text}");
        }
        for text in ["L1 1", "M0", "M0 0X1", "M0 0a1 1 0 2 0 5 5", "M0 0 url(x)", "M1e999 0", "M0 0L1 1;", "é"] {
            assert_eq!(read_path(text), None, "{text}");
        }
    }

    #[test]
    fn straight_lines() {
        let parts = read_path("M0 0H10q5 5 0 10H0z").expect("a path").parts;
        let lines: Vec<_> = parts[0].lines().map(|(a, b)| (a.x, a.y, b.x, b.y)).collect();
        assert_eq!(lines, [(0.0, 0.0, 10.0, 0.0), (10.0, 10.0, 0.0, 10.0), (0.0, 10.0, 0.0, 0.0)]);
    }
}
