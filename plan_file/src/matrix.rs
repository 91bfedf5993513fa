//! Transforms.

use domain::PlanPoint;

/// The six numbers of an SVG matrix: x' = a x + c y + e, y' = b x + d y + f.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Matrix(pub(crate) [f64; 6]);

impl Matrix {
    pub(crate) const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(crate) const fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    pub(crate) const fn scale(x: f64, y: f64) -> Self {
        Self([x, 0.0, 0.0, y, 0.0, 0.0])
    }

    fn turn(degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self([cos, sin, -sin, cos, 0.0, 0.0])
    }

    /// First `inner`, then this.
    pub(crate) fn of(self, inner: Self) -> Self {
        let Self([a, b, c, d, e, f]) = self;
        let Self([p, q, r, s, t, u]) = inner;
        Self([a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f])
    }

    pub(crate) fn place(self, point: PlanPoint) -> PlanPoint {
        let Self([a, b, c, d, e, f]) = self;
        PlanPoint { x: a * point.x + c * point.y + e, y: b * point.x + d * point.y + f }
    }

    pub(crate) fn is_finite(self) -> bool {
        self.0.iter().all(|number| number.is_finite())
    }

    /// Reads a list of transforms: nothing of what is not one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (mut rest, mut matrix) = (text.trim(), Self::SAME);
        while !rest.is_empty() {
            let (name, behind) = rest.split_once('(')?;
            let (numbers, behind) = behind.split_once(')')?;
            let numbers = crate::values::read_numbers(numbers)?;
            matrix = matrix.of(Self::read_one(name.trim(), &numbers)?);
            rest = behind.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        }
        matrix.is_finite().then_some(matrix)
    }

    fn read_one(name: &str, numbers: &[f64]) -> Option<Self> {
        Some(match (name, numbers) {
            ("matrix", [a, b, c, d, e, f]) => Self([*a, *b, *c, *d, *e, *f]),
            ("translate", [x]) => Self::shift(*x, 0.0),
            ("translate", [x, y]) => Self::shift(*x, *y),
            ("scale", [factor]) => Self::scale(*factor, *factor),
            ("scale", [x, y]) => Self::scale(*x, *y),
            ("rotate", [degrees]) => Self::turn(*degrees),
            ("rotate", [degrees, x, y]) => Self::shift(*x, *y).of(Self::turn(*degrees)).of(Self::shift(-x, -y)),
            ("skewX", [degrees]) => Self([1.0, 0.0, degrees.to_radians().tan(), 1.0, 0.0, 0.0]),
            ("skewY", [degrees]) => Self([1.0, degrees.to_radians().tan(), 0.0, 1.0, 0.0, 0.0]),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_transforms() {
        let check = |text: &str, x: f64, y: f64| {
            let point = Matrix::read(text).expect(text).place(PlanPoint { x: 10.0, y: 20.0 });
            assert!((point.x - x).abs() < 1e-9 && (point.y - y).abs() < 1e-9, "{text}: {point:?}");
        };
        check("", 10.0, 20.0);
        check("translate(5)", 15.0, 20.0);
        check("translate(5,6) scale(2)", 25.0, 46.0);
        check("scale(2) translate(5 6)", 30.0, 52.0);
        check("rotate(90)", -20.0, 10.0);
        check("rotate(90 10 20),translate(1)", 10.0, 21.0);
        check("matrix(1 0 0 1 -10-20)", 0.0, 0.0);
        check("skewX(45)", 30.0, 20.0);
        for text in ["translate(", "rotate(1 2)", "url(#a)", "scale(1e999)", "translate(a)", "rotate(1) x"] {
            assert_eq!(Matrix::read(text), None, "{text}");
        }
    }
}
