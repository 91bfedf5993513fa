//! The outlines of an SVG path, as far as plans use its grammar.

use serde::{Deserialize, Serialize};

/// A point of a plan, in its units, y downwards.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PlanPoint {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl PlanPoint {
    /// Both ways, one after the other.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }

    /// The way from `other` to here.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }

    /// The way, `factor` times as long.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { x: self.x * factor, y: self.y * factor }
    }

    /// How long the way from the origin is.
    #[must_use]
    pub fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    /// How far `other` is away.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        self.minus(other).length()
    }

    /// Above zero when both point the same way, more or less.
    #[must_use]
    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// Above zero when `other` is clockwise of this direction, as it is seen on a plan.
    #[must_use]
    pub fn cross(self, other: Self) -> f64 {
        self.x * other.y - self.y * other.x
    }
}

/// Why a text is no path that can be walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// A command that plans do not use; M, L, H, V, C and Z are understood, in both cases.
    #[error("byte {offset}: no command of M L H V C Z")]
    Command {
        /// Where it stands.
        offset: usize,
    },
    /// A number should stand here.
    #[error("byte {offset}: no number")]
    Number {
        /// Where it should stand.
        offset: usize,
    },
    /// The path does not begin with a move.
    #[error("the path does not begin with M")]
    Start,
}

/// Straight pieces that stand for a curve.
const PIECES: u8 = 8;

/// The outlines that a path draws, each closed; those of less than three points are left out.
pub(crate) fn decode_path(text: &str) -> Result<Vec<Vec<PlanPoint>>, PathError> {
    let mut reader = Reader { text, offset: 0 };
    let mut pen = Pen::default();
    while let Some(command) = reader.command()? {
        loop {
            pen.follow(command, &mut reader)?;
            // Numbers after the last argument repeat the command.
            if command.eq_ignore_ascii_case(&'z') || !reader.is_at_number() {
                break;
            }
        }
    }
    pen.outlines.retain(|outline| outline.len() >= 3);
    Ok(pen.outlines)
}

#[derive(Default)]
struct Pen {
    at: Option<PlanPoint>,
    outlines: Vec<Vec<PlanPoint>>,
}

impl Pen {
    fn follow(&mut self, command: char, reader: &mut Reader<'_>) -> Result<(), PathError> {
        let here =
            self.at.or_else(|| (command.eq_ignore_ascii_case(&'m')).then_some(ORIGIN)).ok_or(PathError::Start)?;
        let base = if command.is_ascii_lowercase() { here } else { ORIGIN };
        match command.to_ascii_lowercase() {
            'm' if self.is_begun(reader) => self.line_to(base.plus(reader.point()?)),
            'm' => self.begin(base.plus(reader.point()?)),
            'l' => self.line_to(base.plus(reader.point()?)),
            'h' => self.line_to(PlanPoint { x: base.x + reader.number()?, y: here.y }),
            'v' => self.line_to(PlanPoint { x: here.x, y: base.y + reader.number()? }),
            'c' => {
                let [first, second, end] = [reader.point()?, reader.point()?, reader.point()?].map(|p| base.plus(p));
                self.curve_to(here, first, second, end);
            }
            _ => self.at = self.outlines.last().and_then(|outline| outline.first().copied()),
        }
        Ok(())
    }

    /// Whether the numbers at hand are further pairs of a move, which draw lines.
    fn is_begun(&self, reader: &Reader<'_>) -> bool {
        self.at.is_some() && !reader.follows_command()
    }

    fn begin(&mut self, at: PlanPoint) {
        self.outlines.push(vec![at]);
        self.at = Some(at);
    }

    fn line_to(&mut self, to: PlanPoint) {
        if let Some(outline) = self.outlines.last_mut()
            && outline.last() != Some(&to)
        {
            outline.push(to);
        }
        self.at = Some(to);
    }

    fn curve_to(&mut self, from: PlanPoint, first: PlanPoint, second: PlanPoint, end: PlanPoint) {
        for piece in 1..=PIECES {
            let t = f64::from(piece) / f64::from(PIECES);
            let u = 1.0 - t;
            let ends = from.times(u * u * u).plus(end.times(t * t * t));
            self.line_to(ends.plus(first.times(3.0 * u * u * t)).plus(second.times(3.0 * u * t * t)));
        }
    }
}

const ORIGIN: PlanPoint = PlanPoint { x: 0.0, y: 0.0 };

struct Reader<'a> {
    text: &'a str,
    offset: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.offset..]
    }

    fn skip_separators(&mut self) {
        let rest = self.rest();
        self.offset += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', ',']).len();
    }

    fn command(&mut self) -> Result<Option<char>, PathError> {
        self.skip_separators();
        let Some(command) = self.rest().chars().next() else { return Ok(None) };
        if !"MmLlHhVvCcZz".contains(command) {
            return Err(PathError::Command { offset: self.offset });
        }
        self.offset += 1;
        Ok(Some(command))
    }

    fn follows_command(&self) -> bool {
        self.text[..self.offset].trim_end().ends_with(|c: char| c.is_ascii_alphabetic())
    }

    fn is_at_number(&mut self) -> bool {
        self.skip_separators();
        self.rest().starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
    }

    fn point(&mut self) -> Result<PlanPoint, PathError> {
        Ok(PlanPoint { x: self.number()?, y: self.number()? })
    }

    /// One number; it ends where another sign, another dot or anything else begins.
    fn number(&mut self) -> Result<f64, PathError> {
        self.skip_separators();
        let rest = self.rest();
        let (mut end, mut dotted, mut before) = (0, false, ' ');
        for c in rest.chars() {
            let belongs = match c {
                '0'..='9' => true,
                '+' | '-' => end == 0 || matches!(before, 'e' | 'E'),
                '.' => !std::mem::replace(&mut dotted, true),
                'e' | 'E' => end > 0 && !std::mem::replace(&mut dotted, true) || before.is_ascii_digit(),
                _ => false,
            };
            if !belongs {
                break;
            }
            (end, before) = (end + 1, c);
        }
        let number = rest[..end].parse::<f64>().ok().filter(|number| number.is_finite());
        let number = number.ok_or(PathError::Number { offset: self.offset })?;
        self.offset += end;
        Ok(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&[(f64, f64)]]) {
        let outlines = decode_path(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let found: Vec<Vec<_>> = outlines.iter().map(|o| o.iter().map(|p| (p.x, p.y)).collect()).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn outlines() {
        const SQUARE: &[(f64, f64)] = &[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];
        check("", &[]);
        check("M0 0L10 0L10 10L0 10Z", &[SQUARE]);
        check("M0,0 10,0 10,10 0,10", &[SQUARE]);
        check("M0 0H10V10H0Z", &[SQUARE]);
        check("m0 0h10v10h-10z", &[SQUARE]);
        check("M0 0l10 0 0 10-10 0z", &[SQUARE]);
        check("M0 0H10V10H0Z m2 2h1v1zM4 4", &[SQUARE, &[(2.0, 2.0), (3.0, 2.0), (3.0, 3.0)]]);
        check("M.5.5-1.5-2e1 3E-1,0z", &[&[(0.5, 0.5), (-1.5, -20.0), (0.3, 0.0)]]);
    }

    #[test]
    fn curves_are_cut_into_pieces() {
        let outlines = decode_path("M0 0C0 10 10 10 10 0Z").expect("a path");
        assert_eq!(outlines[0].len(), 1 + usize::from(PIECES));
        assert_eq!(outlines[0][4], PlanPoint { x: 5.0, y: 7.5 });
        assert_eq!(outlines[0][8], PlanPoint { x: 10.0, y: 0.0 });
        assert_eq!(decode_path("m5 5c0 10 10 10 10 0z").expect("a path")[0][8], PlanPoint { x: 15.0, y: 5.0 });
    }

    #[test]
    fn what_is_no_path() {
        let cases = [
            ("L1 1", PathError::Start),
            ("Z", PathError::Start),
            ("M0 0A1 1 0 0 0 2 2", PathError::Command { offset: 4 }),
            ("M0", PathError::Number { offset: 2 }),
            ("M0 0L1 x", PathError::Number { offset: 7 }),
            ("M0 é", PathError::Number { offset: 3 }),
            ("M0 0L- 1", PathError::Number { offset: 5 }),
            ("M1e999 0", PathError::Number { offset: 1 }),
        ];
        for (text, error) in cases {
            assert_eq!(decode_path(text), Err(error), "{text}");
        }
    }
}
