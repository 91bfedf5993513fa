//! Where a booth's sign, number and name stand in its rectangle, and from which zoom on: the number as soon as it can be
//! read, the name where it fits and once it can be.

use super::detail::readable_from;
use domain::{BoothNumber, Placement};

/// The height of a name, in parts of the booth's height; a long one is written smaller, down to the half.
const NAME_SIZE: f64 = 0.135;
const NAME_SIZE_MIN: f64 = NAME_SIZE / 2.0;
/// Smaller on the screen, in CSS pixels, nobody can read it.
const NAME_MIN_PX: f64 = 7.0;
const NUMBER_MIN_PX: f64 = 4.5;
/// Widths of characters in parts of the font size: digits, and a generous mean of letters.
const DIGIT_WIDTH: f64 = 0.66;
const LETTER_WIDTH: f64 = 0.56;
/// What stays free at the sides, in parts of the booth's width.
const MARGIN: f64 = 0.07;
/// The sign's width and the gap after it, in parts of the number's size.
const GLYPH_WIDTH: f64 = 0.72;
const GLYPH_GAP: f64 = 0.12;

/// Positions in plan units; texts are anchored as their names say, baselines in the middle. Sign and number stand in the
/// middle of the booth; the style sheet lifts them while the name is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Labels {
    /// Where the sign stands and how many units it has per unit of its 24, as an SVG transform.
    pub(super) glyph: String,
    pub(super) number_x: f64,
    pub(super) number_y: f64,
    pub(super) number_size: f64,
    /// Classes of sign and number: from which width of the plan on they are shown, and lifted.
    pub(super) figure_class: String,
    pub(super) name_class: String,
    pub(super) name_size: f64,
    pub(super) name_x: f64,
    /// Lines of the name with their heights.
    pub(super) name_lines: Vec<(f64, String)>,
}

impl Labels {
    /// For a booth on a plan that is so many units wide.
    pub(super) fn of(placement: Placement, number: BoothNumber, name: &str, plan_width: f64) -> Self {
        let Placement { x, y, width, height, .. } = placement;
        let digits = f64::from(u32::try_from(number.to_string().len()).unwrap_or(u32::MAX));
        let inner = width * (1.0 - 2.0 * MARGIN);
        let row_width_per_size = GLYPH_WIDTH + GLYPH_GAP + digits * DIGIT_WIDTH;
        let number_size = (inner / row_width_per_size).min(height * 0.42);
        let left = x + (width - number_size * row_width_per_size) / 2.0;
        let number_y = y + height * 0.5;
        let (name_size, lines) = fitted_name(name, inner, height);
        let name_from = readable_from(name_size, plan_width, NAME_MIN_PX);
        let lines = if name_from.is_some() { lines } else { Vec::new() };
        let first = y + height * if lines.len() == 1 { 0.77 } else { 0.7 };
        let heights = (0u32..).map(|line| tenths(first + f64::from(line) * name_size * 1.2));
        let glyph_y = number_y - number_size * GLYPH_WIDTH / 2.0;
        Self {
            glyph: format!("translate({left:.1} {glyph_y:.1}) scale({:.3})", number_size * GLYPH_WIDTH / 24.0),
            number_x: tenths(left + number_size * (GLYPH_WIDTH + GLYPH_GAP)),
            number_y: tenths(number_y),
            number_size: tenths(number_size),
            figure_class: classes(
                "booth-figure",
                [
                    ("at", readable_from(number_size, plan_width, NUMBER_MIN_PX)),
                    ("lift", name_from.filter(|_| !lines.is_empty())),
                ],
            ),
            name_class: classes("booth-name", [("at", name_from), ("at", None)]),
            name_size: tenths(name_size),
            name_x: tenths(x + width / 2.0),
            name_lines: heights.zip(lines).collect(),
        }
    }
}

/// Nobody sees less than a tenth of a unit, and thousands of booths are many digits.
fn tenths(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

fn classes(own: &str, widths: [(&str, Option<u32>); 2]) -> String {
    widths.into_iter().fold(own.to_owned(), |classes, (kind, width)| match width {
        Some(width) => format!("{classes} {kind}-{width}"),
        None => classes,
    })
}

/// The name in one or two lines, as large as it fits; no line where it would have to be too small.
fn fitted_name(name: &str, inner: f64, height: f64) -> (f64, Vec<String>) {
    let letters_max = |size: f64| inner / (size * LETTER_WIDTH);
    let size = height * NAME_SIZE;
    let lines = name_lines(name, letters_max(size));
    if !lines.is_empty() || name.is_empty() {
        return (size, lines);
    }
    // Two lines of the most even halves, or the one that there is.
    let lines = name_lines_in_two(name, f64::INFINITY).unwrap_or_else(|| vec![name.to_owned()]);
    let longest = lines.iter().map(|line| letters(line)).fold(1.0, f64::max);
    let size = inner / (longest * LETTER_WIDTH);
    if size >= height * NAME_SIZE_MIN { (size, lines) } else { (size, Vec::new()) }
}

/// The name in one or two lines of at most `letters_max`, broken between words; no line where it does not fit.
fn name_lines(name: &str, letters_max: f64) -> Vec<String> {
    if name.is_empty() {
        return Vec::new();
    }
    if letters(name) <= letters_max {
        return vec![name.to_owned()];
    }
    name_lines_in_two(name, letters_max).unwrap_or_default()
}

fn name_lines_in_two(name: &str, letters_max: f64) -> Option<Vec<String>> {
    let breaks = name.match_indices(' ').map(|(at, _)| (&name[..at], &name[at + 1..]));
    let fitting = breaks.filter(|(first, second)| letters(first).max(letters(second)) <= letters_max);
    let most_even = fitting.min_by_key(|(first, second)| first.chars().count().abs_diff(second.chars().count()));
    most_even.map(|(first, second)| vec![first.to_owned(), second.to_owned()])
}

fn letters(text: &str) -> f64 {
    f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX))
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
    fn long_names_are_smaller_and_appear_later() {
        let placement = Placement { x: 0.0, y: 0.0, width: 104.0, height: 96.0, rotation_deg: 0.0 };
        let cases = [
            ("Gandhi", 1, "booth-name at-813"),
            ("Donaudampfschifffahrt", 1, "booth-name at-1625"),
            ("Donaudampfschifffahrtsgesellschaftskapitän", 0, ""),
        ];
        for (name, lines, class) in cases {
            let labels = Labels::of(placement, BoothNumber(42), name, 1_500.0);
            assert_eq!(labels.name_lines.len(), lines, "{name}");
            if lines > 0 {
                assert_eq!(labels.name_class, class);
                assert_eq!(labels.figure_class, class.replace("booth-name at", "booth-figure at-256 lift"));
            } else {
                assert_eq!(labels.figure_class, "booth-figure at-256", "a number without a name stands in the middle");
            }
        }
    }

    #[test]
    fn everything_stays_inside() {
        for (width, height) in [(104.0, 96.0), (40.0, 96.0), (300.0, 50.0), (16.0, 12.0)] {
            for number in [1, 42, 4_242] {
                let placement = Placement { x: 10.0, y: 20.0, width, height, rotation_deg: 0.0 };
                for name in ["Mark Zuckerberg", "Donaudampfschifffahrt"] {
                    let labels = Labels::of(placement, BoothNumber(number), name, 1_500.0);
                    let digits = f64::from(number.ilog10() + 1);
                    let right = labels.number_x + digits * DIGIT_WIDTH * labels.number_size;
                    assert!(labels.number_x >= 10.0 && right <= 10.0 + width, "{width} {number}");
                    assert!(labels.number_y - labels.number_size / 2.0 >= 20.0);
                    for (y, line) in &labels.name_lines {
                        assert!(y + labels.name_size / 2.0 < 20.0 + height, "{line}");
                        assert!(letters(line) * LETTER_WIDTH * labels.name_size <= width, "{line}");
                    }
                }
            }
        }
    }
}
