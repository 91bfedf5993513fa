//! A plausible day at the office: who sits in which booth when. Pure: a function of seed, booth and time.

use super::chance::Chance;

/// The office is used from 8 to 19; the nights between the days are left out.
pub const OPENS_H: u32 = 8;
/// See [`OPENS_H`].
pub const CLOSES_H: u32 = 19;
/// Where a day begins when the real clock is outside the hours: lively.
const LIVELY_H: u32 = 10;

const HOUR_S: u64 = 3_600;
const DAY_S: u64 = (CLOSES_H - OPENS_H) as u64 * HOUR_S;

/// How lively each hour from [`OPENS_H`] on is: peaks in the morning and in the afternoon, a dip at lunch.
const RUSH: [f64; (CLOSES_H - OPENS_H) as usize] = [0.3, 0.8, 1.0, 1.0, 0.35, 0.3, 0.9, 1.0, 0.9, 0.6, 0.3];
/// In the liveliest hour, somebody comes to the most popular booth that often, once it is free.
const ARRIVALS_PER_MINUTE: f64 = 1.0 / 12.0;
const CALL_MIN_S: f64 = 5.0 * 60.0;
const CALL_MAX_S: f64 = 50.0 * 60.0;
/// The least popular booth gets so much of the most popular one's visits.
const POPULARITY_MIN: f64 = 0.35;

/// Days of one seed, beginning at one hour.
#[derive(Debug, Clone)]
pub struct OfficeDays {
    seed: u64,
    starts_s: u64,
}

impl OfficeDays {
    /// The first day begins at `hour` (of the real clock), or at ten when nobody is in the office then.
    #[must_use]
    pub fn new(seed: u64, hour: u32) -> Self {
        let hour = if (OPENS_H..CLOSES_H).contains(&hour) { hour } else { LIVELY_H };
        Self { seed, starts_s: u64::from(hour - OPENS_H) * HOUR_S }
    }

    /// Whether somebody is in the booth, `office_s` seconds after the beginning.
    #[must_use]
    pub fn is_occupied(&self, booth: u8, office_s: u64) -> bool {
        let at_s = self.starts_s + office_s;
        let second = at_s % DAY_S;
        self.calls(booth, at_s / DAY_S).take_while(|call| call.0 <= second).any(|call| second < call.1)
    }

    /// The calls of one day in one booth: from and to, in seconds after the opening.
    fn calls(&self, booth: u8, day: u64) -> impl Iterator<Item = (u64, u64)> {
        let popularity = POPULARITY_MIN + (1.0 - POPULARITY_MIN) * Chance::new(self.seed, booth.into()).fraction();
        let mut chance = Chance::new(self.seed, (day + 1) << 8 | u64::from(booth));
        let mut minute = 0;
        std::iter::from_fn(move || {
            while minute * 60 < DAY_S {
                let at_s = minute * 60;
                minute += 1;
                let rush = RUSH.get(usize::try_from(at_s / HOUR_S).ok()?)?;
                if chance.happens(ARRIVALS_PER_MINUTE * rush * popularity) {
                    // Squared: most calls are short.
                    let length_s = CALL_MIN_S + (CALL_MAX_S - CALL_MIN_S) * chance.fraction().powi(2);
                    let to_s = at_s + length_s.round() as u64;
                    minute = to_s / 60 + 1;
                    return Some((at_s, to_s.min(DAY_S)));
                }
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The share of time that booths 41 to 68 are occupied between two hours, over 20 days.
    fn load(from_h: u32, to_h: u32) -> f64 {
        let days = OfficeDays::new(7, OPENS_H);
        let (mut occupied, mut all) = (0, 0);
        for booth in 41..=68 {
            for day in 0..20 {
                for minute in (from_h - OPENS_H) * 60..(to_h - OPENS_H) * 60 {
                    all += 1;
                    occupied += u32::from(days.is_occupied(booth, day * DAY_S + u64::from(minute) * 60));
                }
            }
        }
        f64::from(occupied) / f64::from(all)
    }

    #[test]
    fn peaks_and_a_dip() {
        let (early, morning, lunch, afternoon) = (load(8, 9), load(10, 12), load(13, 14), load(15, 17));
        assert!((0.35..0.75).contains(&morning), "{morning}");
        assert!((0.35..0.75).contains(&afternoon), "{afternoon}");
        assert!(lunch < 0.75 * morning && lunch < 0.75 * afternoon, "{lunch}");
        assert!(early < 0.6 * morning, "{early}");
    }

    #[test]
    fn calls_are_plausible() {
        let days = OfficeDays::new(1, 12);
        for day in 0..50 {
            let mut free_at_s = 0;
            for (from_s, to_s) in days.calls(42, day) {
                assert!(from_s >= free_at_s && to_s <= DAY_S);
                assert!(to_s - from_s <= 3_000 && (to_s - from_s >= 300 || to_s == DAY_S), "{from_s} {to_s}");
                free_at_s = to_s + 1;
            }
        }
    }

    #[test]
    fn a_seed_makes_a_day() {
        let day = |seed, booth| {
            (0..DAY_S).step_by(60).map(|at| OfficeDays::new(seed, 8).is_occupied(booth, at)).collect::<Vec<_>>()
        };
        assert_eq!(day(1, 42), day(1, 42));
        assert_ne!(day(1, 42), day(2, 42));
        assert_ne!(day(1, 42), day(1, 43));
    }

    #[test]
    fn the_first_hour() {
        for (hour, starts_h) in [(0, 2), (7, 2), (8, 0), (18, 10), (19, 2), (23, 2)] {
            assert_eq!(OfficeDays::new(1, hour).starts_s, starts_h * HOUR_S, "{hour} o'clock");
        }
    }
}
