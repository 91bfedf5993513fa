//! Where a booth's sign, number and name stand in its rectangle. The number always, the name where it fits.

use domain::{BoothNumber, Placement};

/// The height of a name, in parts of the booth's height.
const NAME_SIZE: f64 = 0.135;
/// Widths of characters in parts of the font size: digits, and a generous mean of letters.
const DIGIT_WIDTH: f64 = 0.66;
const LETTER_WIDTH: f64 = 0.56;
/// What stays free at the sides, in parts of the booth's width.
const MARGIN: f64 = 0.07;

/// Positions in plan units; texts are anchored as their names say, baselines in the middle.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Labels {
    pub(super) glyph_x: f64,
    pub(super) glyph_y: f64,
    /// Units of the plan per unit of the sign's 24.
    pub(super) glyph_scale: f64,
    pub(super) number_x: f64,
    pub(super) number_y: f64,
    pub(super) number_size: f64,
    pub(super) name_size: f64,
    pub(super) name_x: f64,
    /// Lines of the name with their heights.
    pub(super) name_lines: Vec<(f64, String)>,
}

impl Labels {
    pub(super) fn of(placement: Placement, number: BoothNumber, name: &str) -> Self {
        let Placement { x, y, width, height, .. } = placement;
        let digits = f64::from(u32::try_from(number.to_string().len()).unwrap_or(u32::MAX));
        let inner = width * (1.0 - 2.0 * MARGIN);
        // Sign and number share a row: the sign is as wide as 0.72 of the number's height, then a gap.
        let row_width_per_size = 0.72 + 0.12 + digits * DIGIT_WIDTH;
        let number_size = (inner / row_width_per_size).min(height * 0.42);
        let left = x + (width - number_size * row_width_per_size) / 2.0;
        let name_size = height * NAME_SIZE;
        let lines = name_lines(name, inner / (name_size * LETTER_WIDTH));
        let number_y = y + height * if lines.is_empty() { 0.5 } else { 0.36 };
        let first = y + height * if lines.len() == 1 { 0.77 } else { 0.7 };
        let heights = (0u32..).map(|line| first + f64::from(line) * name_size * 1.2);
        Self {
            glyph_x: left,
            glyph_y: number_y - number_size * 0.36,
            glyph_scale: number_size * 0.72 / 24.0,
            number_x: left + number_size * (0.72 + 0.12),
            number_y,
            number_size,
            name_size,
            name_x: x + width / 2.0,
            name_lines: heights.zip(lines).collect(),
        }
    }
}

/// The name in one or two lines of at most `letters_max`, broken between words; no line where it does not fit.
fn name_lines(name: &str, letters_max: f64) -> Vec<String> {
    let letters = |text: &str| f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
    if name.is_empty() {
        return Vec::new();
    }
    if letters(name) <= letters_max {
        return vec![name.to_owned()];
    }
    let breaks = name.match_indices(' ').map(|(at, _)| (&name[..at], &name[at + 1..]));
    let fitting = breaks.filter(|(first, second)| letters(first).max(letters(second)) <= letters_max);
    let most_even = fitting.min_by_key(|(first, second)| first.chars().count().abs_diff(second.chars().count()));
    most_even.map_or_else(Vec::new, |(first, second)| vec![first.to_owned(), second.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_break_between_words_or_stay_away() {
        let cases: [(&str, &[&str]); 6] = [
            ("", &[]),
            ("Gandhi", &["Gandhi"]),
            ("Steve Jobs", &["Steve Jobs"]),
            ("Mark Zuckerberg", &["Mark", "Zuckerberg"]),
            ("Salle de la Liberté", &["Salle de", "la Liberté"]),
            ("Donaudampfschifffahrt", &[]),
        ];
        for (name, expect) in cases {
            assert_eq!(name_lines(name, 12.0), expect, "{name}");
        }
    }

    #[test]
    fn everything_stays_inside() {
        for (width, height) in [(104.0, 96.0), (40.0, 96.0), (300.0, 50.0)] {
            for number in [1, 42, 4_242] {
                let placement = Placement { x: 10.0, y: 20.0, width, height, rotation_deg: 0.0 };
                let labels = Labels::of(placement, BoothNumber(number), "Mark Zuckerberg");
                let digits = f64::from(number.ilog10() + 1);
                let right = labels.number_x + digits * DIGIT_WIDTH * labels.number_size;
                assert!(labels.glyph_x >= 10.0 && right <= 10.0 + width, "{width} {number}");
                assert!(labels.glyph_y >= 20.0);
                assert!(labels.name_lines.iter().all(|(y, _)| *y < 20.0 + height));
            }
        }
    }
}
