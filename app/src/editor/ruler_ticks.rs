//! The marks of a ruler.

/// A mark, in CSS pixels from where the ruler begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tick {
    pub(super) at_px: f64,
    /// What is written beside it, in plan units; small marks have nothing.
    pub(super) label: Option<i64>,
}

/// Numbers that are nearer would run into each other.
const LABEL_MIN_PX: f64 = 58.0;
/// No ruler is longer.
const TICKS_MAX: i64 = 2_000;

/// Distances of numbers, and into how many parts small marks divide each.
const STEPS: [(i64, i64); 13] = [
    (1, 5),
    (2, 4),
    (5, 5),
    (10, 5),
    (20, 4),
    (50, 5),
    (100, 5),
    (200, 4),
    (500, 5),
    (1_000, 5),
    (2_000, 4),
    (5_000, 5),
    (10_000, 5),
];

/// The marks of a ruler of this length: `scale` CSS pixels to a plan unit, with the plan's zero at `zero_px`.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
pub(super) fn list_ticks(scale: f64, zero_px: f64, length_px: f64) -> Vec<Tick> {
    let is_wide = |(step, _): &(i64, i64)| *step as f64 * scale >= LABEL_MIN_PX;
    let (step, parts) = STEPS.into_iter().find(is_wide).unwrap_or((100_000, 5));
    let part_px = step as f64 * scale / parts as f64;
    let first = (-zero_px / part_px).ceil() as i64;
    let last = ((length_px - zero_px) / part_px).floor() as i64;
    let tick = |index: i64| Tick {
        at_px: zero_px + index as f64 * part_px,
        label: (index.rem_euclid(parts) == 0).then(|| index.div_euclid(parts) * step),
    };
    (first..=last.min(first.saturating_add(TICKS_MAX))).map(tick).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: f64, zero_px: f64, length_px: f64) -> Vec<(f64, i64)> {
        let labelled = |tick: Tick| Some((tick.at_px, tick.label?));
        list_ticks(scale, zero_px, length_px).into_iter().filter_map(labelled).collect()
    }

    #[test]
    fn numbers_are_round_and_apart() {
        assert_eq!(labels(1.0, 0.0, 250.0), [(0.0, 0), (100.0, 100), (200.0, 200)]);
        assert_eq!(labels(0.5, -100.0, 210.0), [(0.0, 200), (100.0, 400), (200.0, 600)]);
        assert_eq!(labels(12.0, 60.0, 130.0), [(0.0, -5), (60.0, 0), (120.0, 5)]);
        for scale in [0.001, 0.02, 0.3, 0.77, 3.0, 50.0] {
            let labels = labels(scale, 13.0, 1_000.0);
            assert!(labels.windows(2).all(|pair| pair[1].0 - pair[0].0 >= LABEL_MIN_PX), "{scale}");
        }
    }

    #[test]
    fn small_marks_divide_evenly() {
        let ticks = list_ticks(1.0, 0.0, 100.0);
        assert_eq!(ticks.iter().map(|tick| tick.at_px).collect::<Vec<_>>(), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert!(list_ticks(1.0, 0.0, 1e9).len() <= 2_001);
    }
}
