//! How long a battery still lasts, by how it has run down so far.

use super::battery::battery_permille;
use crate::UtcMs;

/// A battery's voltage at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatteryReading {
    /// When.
    pub at: UtcMs,
    /// Millivolts.
    pub battery_mv: u16,
}

/// What can be said of the days that are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatteryOutlook {
    /// It was not watched for long enough since it was last charged.
    TooEarly,
    /// It does not run down: it is being charged, or fed.
    Steady,
    /// So many whole days at the pace of late; 999 at most.
    Days(u16),
}

const DAY_MS: f64 = 86_400_000.0;
/// Readings and time that it takes to see a pace.
const READINGS_MIN: usize = 8;
const SPAN_MS_MIN: u64 = 24 * 3_600_000;
/// Each is compared with each, so more are thinned out.
const READINGS_MAX: usize = 120;
/// A battery that is fuller by so much than it was has been charged.
const CHARGED_PERMILLE: u16 = 100;
/// What runs down more slowly does not.
const PACE_PERMILLE_MIN: f64 = 1.0;
const DAYS_MAX: f64 = 999.0;

impl BatteryOutlook {
    /// By these readings, oldest first. The pace is the median of the paces between any two of them (Theil and Sen), since the last
    /// charge: nearly a third of them may be nonsense.
    #[must_use]
    pub fn of(readings: &[BatteryReading]) -> Self {
        let points = since_charged(&smoothed(readings));
        let span_ms = match (points.first(), points.last()) {
            (Some((first, _)), Some((last, _))) => last.since(*first),
            _ => 0,
        };
        if points.len() < READINGS_MIN || span_ms < SPAN_MS_MIN {
            return Self::TooEarly;
        }
        let points = thinned(&points);
        let pace = -median(slopes(&points));
        if pace < PACE_PERMILLE_MIN {
            return Self::Steady;
        }
        let newest = points.iter().rev().take(3).map(|(_, permille)| f64::from(*permille)).collect();
        Self::Days(whole_days(median(newest) / pace))
    }
}

type Point = (UtcMs, u16);

/// The middle one of each three: one that is far off beside two that agree is an error of measuring.
fn smoothed(readings: &[BatteryReading]) -> Vec<Point> {
    let measured: Vec<Point> =
        readings.iter().filter_map(|reading| Some((reading.at, battery_permille(reading.battery_mv)?))).collect();
    if measured.len() < 3 {
        return measured;
    }
    let middle = |three: &[Point]| {
        let mut values = [three[0].1, three[1].1, three[2].1];
        values.sort_unstable();
        (three[1].0, values[1])
    };
    measured.windows(3).map(middle).collect()
}

/// Those after the battery was last filled: seen from the newest, an older one that is clearly emptier ends them.
fn since_charged(points: &[Point]) -> Vec<Point> {
    let mut highest = 0;
    let newer = points.iter().rev().take_while(|(_, permille)| {
        highest = highest.max(*permille);
        permille + CHARGED_PERMILLE > highest
    });
    let mut kept: Vec<Point> = newer.copied().collect();
    kept.reverse();
    kept
}

fn thinned(points: &[Point]) -> Vec<Point> {
    let step = points.len().div_ceil(READINGS_MAX).max(1);
    // From the newest on, which counts most.
    let mut kept: Vec<Point> = points.iter().rev().step_by(step).copied().collect();
    kept.reverse();
    kept
}

/// Thousandths a day between each two.
fn slopes(points: &[Point]) -> Vec<f64> {
    let mut slopes = Vec::with_capacity(points.len() * points.len() / 2);
    for (at, (later, high)) in points.iter().enumerate() {
        for (earlier, low) in points.get(..at).unwrap_or_default() {
            let passed = later.since(*earlier);
            if passed > 0 {
                slopes.push((f64::from(*high) - f64::from(*low)) / days(passed));
            }
        }
    }
    slopes
}

/// Exact for all times that matter.
#[allow(clippy::cast_precision_loss)]
fn days(ms: u64) -> f64 {
    ms as f64 / DAY_MS
}

/// 0 of nothing.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Within 0 and 999, so nothing is cut off.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole_days(days: f64) -> u16 {
    days.clamp(0.0, DAYS_MAX) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR_MS: i64 = 3_600_000;

    /// Falls from 3,940 mV (70 %) to 3,830 mV (50 %) in so many days, a reading every four hours.
    fn falling(over_days: i64) -> Vec<BatteryReading> {
        let count = over_days * 6;
        let reading = |n: i64| {
            let battery_mv = u16::try_from(3_940 - 110 * n / count).expect("volts");
            BatteryReading { at: UtcMs(n * 4 * HOUR_MS), battery_mv }
        };
        (0..=count).map(reading).collect()
    }

    fn days_of(outlook: BatteryOutlook) -> u16 {
        let BatteryOutlook::Days(days) = outlook else { panic!("{outlook:?}") };
        days
    }

    #[test]
    fn days_left() {
        // 2 % a day, 50 % left; the pace between 60 and 70 % is a little slower than between 50 and 60 %.
        assert!(
            (22..=27).contains(&days_of(BatteryOutlook::of(&falling(10)))),
            "{:?}",
            BatteryOutlook::of(&falling(10))
        );
        assert!((11..=13).contains(&days_of(BatteryOutlook::of(&falling(5)))));
    }

    #[test]
    fn too_little_is_said_to_be_too_little() {
        assert_eq!(BatteryOutlook::of(&[]), BatteryOutlook::TooEarly);
        assert_eq!(BatteryOutlook::of(&falling(10)[..6]), BatteryOutlook::TooEarly);
        let unmeasured: Vec<_> =
            falling(10).into_iter().map(|reading| BatteryReading { battery_mv: 0, ..reading }).collect();
        assert_eq!(BatteryOutlook::of(&unmeasured), BatteryOutlook::TooEarly);
    }

    #[test]
    fn what_does_not_fall_lasts() {
        let fed: Vec<_> =
            falling(10).into_iter().map(|reading| BatteryReading { battery_mv: 4_190, ..reading }).collect();
        assert_eq!(BatteryOutlook::of(&fed), BatteryOutlook::Steady);
    }

    #[test]
    fn a_charge_begins_it_anew() {
        let mut readings = falling(10);
        let last = readings.last().expect("some").at;
        readings.extend(falling(10).iter().map(|reading| BatteryReading {
            at: UtcMs(last.0 + 4 * HOUR_MS + reading.at.0),
            battery_mv: reading.battery_mv,
        }));
        assert!((22..=27).contains(&days_of(BatteryOutlook::of(&readings))));
        let just_charged = &readings[..falling(10).len() + 4];
        assert_eq!(BatteryOutlook::of(just_charged), BatteryOutlook::TooEarly);
    }

    #[test]
    fn nonsense_between_is_passed_over() {
        let mut readings = falling(10);
        for (at, battery_mv) in [(5, 0), (12, 2_600), (19, 4_200), (26, 2_900), (33, u16::MAX), (40, 3_301)] {
            readings[at].battery_mv = battery_mv;
        }
        assert!((20..=29).contains(&days_of(BatteryOutlook::of(&readings))), "{:?}", BatteryOutlook::of(&readings));
    }

    proptest! {
        #[test]
        fn any_readings_have_an_outlook(readings in prop::collection::vec((0_i64..2_000_000_000, any::<u16>()), 0..200)) {
            let mut readings: Vec<_> =
                readings.into_iter().map(|(at, battery_mv)| BatteryReading { at: UtcMs(at), battery_mv }).collect();
            readings.sort_by_key(|reading| reading.at);
            if let BatteryOutlook::Days(days) = BatteryOutlook::of(&readings) {
                prop_assert!(days <= 999);
            }
        }

        #[test]
        fn the_faster_it_falls_the_sooner_it_ends(slow in 4_i64..30, faster_by in 1_i64..20) {
            let fast = (slow - faster_by).max(2);
            prop_assert!(days_of(BatteryOutlook::of(&falling(fast))) <= days_of(BatteryOutlook::of(&falling(slow))));
        }
    }
}
